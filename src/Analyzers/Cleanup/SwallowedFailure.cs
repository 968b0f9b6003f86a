using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Naming;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Cleanup;

/// <summary>Cleanup that swallows every exception of a release, and then says in so many words that it is done.</summary>
internal static class SwallowedFailure
{
    /// <summary>The catch clauses that swallow.</summary>
    public static IEnumerable<CatchClauseSyntax> In(SyntaxNode function, ResolvedCatalog catalog)
    {
        foreach (var node in function.OwnNodes())
        {
            if (node is not TryStatementSyntax attempt || attempt.Catches.FirstOrDefault(IsForAll) is not { } caught || !Swallows(caught, catalog)
                || !attempt.Block.DescendantNodes().Any(call => call is InvocationExpressionSyntax && CallActions.NameOf(call) is { } name && catalog.Words.Of("cleanup").Contains(Words.Of(name)[0]))
                || !Claim.Follows(attempt, catalog) || Claim.Rest(attempt).Any(next => EmptyAnswer.IsHonest(next, catalog)))
            {
                continue;
            }

            yield return caught;
        }
    }

    private static bool IsForAll(CatchClauseSyntax caught) =>
        caught.Filter is null && (caught.Declaration is null || CallActions.NameOf(caught.Declaration.Type) == nameof(Exception));

    /// <summary>Neither thrown on, nor told, nor remembered.</summary>
    private static bool Swallows(CatchClauseSyntax caught, ResolvedCatalog catalog) =>
        !EmptyAnswer.IsHonest(caught.Block, catalog)
        && !caught.Block.DescendantNodes().Any(node => node is ReturnStatementSyntax or AssignmentExpressionSyntax or GotoStatementSyntax or ContinueStatementSyntax
            || (node is IdentifierNameSyntax { Identifier.ValueText: var name } && name == caught.Declaration?.Identifier.ValueText));
}
