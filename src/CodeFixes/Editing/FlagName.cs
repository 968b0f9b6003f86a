using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>How the code at hand would write a flag: by the enum's member, or by the number.</summary>
internal static class FlagName
{
    public static ExpressionSyntax Find(ExpressionSyntax neighbour, ITypeSymbol type, long value)
    {
        var number = LiteralExpression(SyntaxKind.NumericLiteralExpression, ParseToken(value.ToString(CultureInfo.InvariantCulture)));
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Enum } enumeration)
            return number;

        foreach (var member in enumeration.GetMembers())
        {
            if (member is IFieldSymbol { HasConstantValue: true, ConstantValue: { } constant } && Convert.ToInt64(constant, CultureInfo.InvariantCulture) == value)
                return ParseExpression($"{EnumName(neighbour, enumeration)}.{member.Name}");
        }

        return CastExpression(ParseTypeName(EnumName(neighbour, enumeration)), number);
    }

    /// <summary>As the neighbouring flag writes it, so that no using is missed; else in full.</summary>
    private static string EnumName(ExpressionSyntax neighbour, INamedTypeSymbol enumeration) =>
        neighbour.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>()
            .Select(access => access.Expression.ToString())
            .FirstOrDefault(name => name == enumeration.Name || name.EndsWith("." + enumeration.Name, StringComparison.Ordinal))
        ?? enumeration.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
