using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>How the code at hand would write a flag: by the enum's member, by a constant that stands beside the one used, or by the number.</summary>
internal static class FlagName
{
    public static ExpressionSyntax Find(ExpressionSyntax neighbour, ITypeSymbol type, long value, SemanticModel model)
    {
        var number = LiteralExpression(SyntaxKind.NumericLiteralExpression, ParseToken(value.ToString(CultureInfo.InvariantCulture)));
        if (type is not INamedTypeSymbol { TypeKind: TypeKind.Enum } enumeration)
            return Constant(neighbour, value, model) ?? number;

        foreach (var member in enumeration.GetMembers())
        {
            if (member is IFieldSymbol { HasConstantValue: true, ConstantValue: { } constant } && Convert.ToInt64(constant, CultureInfo.InvariantCulture) == value)
                return ParseExpression($"{EnumName(neighbour, enumeration)}.{member.Name}");
        }

        return CastExpression(ParseTypeName(EnumName(neighbour, enumeration)), number);
    }

    /// <summary>A constant with that value in the class of a constant that is used here, of the same family: LOCK_NB beside LOCK_EX.</summary>
    private static ExpressionSyntax? Constant(ExpressionSyntax neighbour, long value, SemanticModel model)
    {
        foreach (var name in neighbour.DescendantNodesAndSelf().OfType<SimpleNameSyntax>())
        {
            if (model.GetSymbolInfo(name).Symbol is not IFieldSymbol { IsConst: true } used)
                continue;
            foreach (var member in used.ContainingType.GetMembers().OfType<IFieldSymbol>())
            {
                if (member is { IsConst: true, ConstantValue: { } constant } && constant is not string and not double and not float and not decimal
                    && Convert.ToInt64(constant, CultureInfo.InvariantCulture) == value
                    && Family(member.Name) == Family(used.Name))
                {
                    return name.Parent is MemberAccessExpressionSyntax access && access.Name == name
                        ? access.WithName(IdentifierName(member.Name)).WithoutTrivia()
                        : IdentifierName(member.Name);
                }
            }
        }

        return null;
    }

    private static string Family(string name) => name.IndexOf('_') is > 0 and var end ? name.Substring(0, end) : name;

    /// <summary>As the neighbouring flag writes it, so that no using is missed; else in full.</summary>
    private static string EnumName(ExpressionSyntax neighbour, INamedTypeSymbol enumeration) =>
        neighbour.DescendantNodesAndSelf().OfType<MemberAccessExpressionSyntax>()
            .Select(access => access.Expression.ToString())
            .FirstOrDefault(name => name == enumeration.Name || name.EndsWith("." + enumeration.Name, StringComparison.Ordinal))
        ?? enumeration.ToDisplayString(SymbolDisplayFormat.FullyQualifiedFormat);
}
