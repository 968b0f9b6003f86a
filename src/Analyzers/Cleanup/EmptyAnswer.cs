using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Naming;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Cleanup;

/// <summary>What cleanup says when it found a variable empty.</summary>
internal static class EmptyAnswer
{
    /// <summary>True for an exception, for false, and for words such as "pending" or "failed"; false for whatever sounds like "done".</summary>
    public static bool IsHonest(Look look, ResolvedCatalog catalog)
    {
        if (look.Place.FirstAncestorOrSelf<StatementSyntax>() is { } statement && WhenEmpty(look, statement) is { } answers)
            return answers.Any(answer => IsHonest(answer, catalog));
        return IsRefusal(look.Place);
    }

    /// <summary>True when a statement throws, answers false, or speaks of something left undone.</summary>
    public static bool IsHonest(SyntaxNode answer, ResolvedCatalog catalog)
    {
        foreach (var node in answer.DescendantNodesAndSelf())
        {
            switch (node)
            {
                case ThrowStatementSyntax or ThrowExpressionSyntax or ReturnStatementSyntax { Expression.RawKind: (int)SyntaxKind.FalseLiteralExpression }:
                case LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } text when Speaks(text.Token.ValueText):
                case InterpolatedStringTextSyntax part when Speaks(part.TextToken.ValueText):
                case InvocationExpressionSyntax call when CallActions.NameOf(call) is { } name && Speaks(name):
                case ReturnStatementSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: var answered } } when Speaks(answered):
                    return true;
            }
        }

        return false;

        bool Speaks(string text) => Words.Of(text).Exists(catalog.Words.Of("not-done").Contains);
    }

    /// <summary>The statements that run for an empty variable; null when the look is no condition of an <c>if</c>.</summary>
    private static IEnumerable<SyntaxNode>? WhenEmpty(Look look, StatementSyntax statement)
    {
        if (statement is not IfStatementSyntax branch || !branch.Condition.Span.Contains(look.Place.Span) || look.WhenEmpty is not { } whenEmpty)
            return null;
        if (whenEmpty)
            return new[] { branch.Statement };
        var rest = branch.Parent is BlockSyntax block ? block.Statements.Skip(block.Statements.IndexOf(branch) + 1).Where(next => next is ReturnStatementSyntax or ThrowStatementSyntax) : Enumerable.Empty<StatementSyntax>();
        return branch.Else is { } otherwise ? new SyntaxNode[] { otherwise } : rest;
    }

    /// <summary><c>return _handle != null &amp;&amp; …</c>, <c>return _handle?.Release() ?? false</c>, <c>== true</c>: false when there was nothing.</summary>
    private static bool IsRefusal(ExpressionSyntax place)
    {
        for (SyntaxNode node = place; node.Parent is { } parent and not StatementSyntax; node = parent)
        {
            switch (parent)
            {
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.CoalesceExpression, Right: var otherwise } when otherwise.IsKind(SyntaxKind.FalseLiteralExpression) || otherwise is ThrowExpressionSyntax:
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.EqualsExpression, Right.RawKind: (int)SyntaxKind.TrueLiteralExpression }:
                case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalAndExpression } and { Parent: ReturnStatementSyntax or ArrowExpressionClauseSyntax }:
                    return true;
                case ReturnStatementSyntax or ArrowExpressionClauseSyntax:
                    return node == place && place is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.NotEqualsExpression };
            }
        }

        return false;
    }
}
