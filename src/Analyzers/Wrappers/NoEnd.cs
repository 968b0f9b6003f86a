using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Wrappers;

/// <summary>Whether an argument may be no end to a wait, or a flag that makes one: asked of its text before anything is bound.</summary>
internal static class NoEnd
{
    /// <summary>False where no argument of the list can be one.</summary>
    public static bool MayBeIn(ArgumentListSyntax? arguments)
    {
        foreach (var argument in arguments?.Arguments ?? default)
        {
            if (MayBe(argument.Expression))
                return true;
        }

        return false;
    }

    /// <summary>
    /// A constant, a value that is made of one, or a member that may hold one. Of a variable (<c>timeout</c>) the name says that it is none that anybody
    /// wrote down as such: those are given on by far the most, and would have to be bound.
    /// </summary>
    public static bool MayBe(ExpressionSyntax value) => value switch
    {
        PrefixUnaryExpressionSyntax or DefaultExpressionSyntax or MemberAccessExpressionSyntax or BinaryExpressionSyntax => true,
        LiteralExpressionSyntax literal => literal.Kind() is SyntaxKind.DefaultLiteralExpression or SyntaxKind.NullLiteralExpression or SyntaxKind.NumericLiteralExpression,
        IdentifierNameSyntax { Identifier.ValueText: var name } => name.Length > 0 && (char.IsUpper(name[0]) || name[0] == '_'),
        ConditionalExpressionSyntax choice => MayBe(choice.WhenTrue) && MayBe(choice.WhenFalse),
        ParenthesizedExpressionSyntax { Expression: var inner } => MayBe(inner),
        CastExpressionSyntax { Expression: var inner } => MayBe(inner),
        InvocationExpressionSyntax { ArgumentList: var parts } => MayBeIn(parts),
        BaseObjectCreationExpressionSyntax { ArgumentList: var parts } => parts is null or { Arguments.Count: 0 } || MayBeIn(parts),
        _ => false,
    };

    /// <summary>True where an argument says so outright: <c>-1</c>, <c>Timeout.Infinite</c>.</summary>
    public static bool IsIn(ArgumentListSyntax? arguments)
    {
        foreach (var argument in arguments?.Arguments ?? default)
        {
            if (argument.Expression is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression }
                or MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Infinite" or "InfiniteTimeSpan" })
            {
                return true;
            }
        }

        return false;
    }
}
