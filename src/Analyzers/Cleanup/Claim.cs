using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Naming;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Cleanup;

/// <summary>Cleanup that says in so many words that it is done.</summary>
internal static class Claim
{
    /// <summary>The statements that run after one, out to the end of the function.</summary>
    public static IEnumerable<StatementSyntax> Rest(StatementSyntax statement)
    {
        for (SyntaxNode node = statement; node.Parent is { } parent && !node.IsFunction(); node = parent)
        {
            if (parent is not BlockSyntax block || node is not StatementSyntax inner)
                continue;
            foreach (var next in block.Statements.Skip(block.Statements.IndexOf(inner) + 1))
                yield return next;
        }
    }

    /// <summary><c>return true;</c>, <c>_released = true;</c>, <c>log.Info("stopped");</c></summary>
    public static bool Follows(StatementSyntax statement, ResolvedCatalog catalog) => In(Rest(statement), catalog);

    /// <summary>True when one of the statements says so.</summary>
    public static bool In(IEnumerable<StatementSyntax> statements, ResolvedCatalog catalog)
    {
        return statements.Any(next => next switch
        {
            ReturnStatementSyntax { Expression.RawKind: (int)SyntaxKind.TrueLiteralExpression } => true,
            ExpressionStatementSyntax { Expression: AssignmentExpressionSyntax { Right.RawKind: (int)SyntaxKind.TrueLiteralExpression } flag } => CallActions.NameOf(flag) is { } name && Speaks(name),
            ExpressionStatementSyntax { Expression: InvocationExpressionSyntax call } => Tells(call) && call.ArgumentList.DescendantNodes().Any(IsClaim),
            _ => false,
        });

        bool Tells(InvocationExpressionSyntax call) =>
            CallActions.NameOf(call) is { } name && Words.Of(name) is { Count: > 0 } words && catalog.Words.Of("telling").Contains(words[0]);
        bool IsClaim(SyntaxNode node) => node switch
        {
            LiteralExpressionSyntax { RawKind: (int)SyntaxKind.StringLiteralExpression } text => Speaks(text.Token.ValueText),
            InterpolatedStringTextSyntax text => Speaks(text.TextToken.ValueText),
            _ => false,
        };
        bool Speaks(string text) => Words.Of(text).Exists(catalog.Words.Of("all-done").Contains);
    }
}
