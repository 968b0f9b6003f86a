using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>The cancellation token that a rewritten wait should listen to.</summary>
internal static class CallerToken
{
    /// <summary>
    /// The name of a token parameter or local in scope; null when there is none, and in cleanup code, where the caller's token
    /// may already be cancelled and a deadline of its own is right.
    /// </summary>
    public static string? Find(FixSite site, SyntaxNode place)
    {
        if (CleanupCode.Contains(place, site.Context.Catalog.Words.Of("cleanup")))
            return null;

        ISymbol? best = null;
        foreach (var symbol in site.Model.LookupSymbols(place.SpanStart))
        {
            var type = symbol switch
            {
                IParameterSymbol { RefKind: RefKind.None } parameter => parameter.Type,
                ILocalSymbol { RefKind: RefKind.None } local when IsDeclaredBefore(local, place) => local.Type,
                _ => null,
            };
            if (type.IsToken() && IsNearer(symbol, best))
            {
                best = symbol;
            }
        }

        return best?.Name;
    }

    private static bool IsDeclaredBefore(ILocalSymbol local, SyntaxNode place) =>
        local.DeclaringSyntaxReferences is { IsEmpty: false } declarations
        && declarations[0].GetSyntax() is VariableDeclaratorSyntax { Initializer: not null } declarator
        && declarator.Span.End < place.SpanStart;

    /// <summary>A linked token made here knows more than the parameter it was made from; else the one declared last.</summary>
    private static bool IsNearer(ISymbol symbol, ISymbol? best) =>
        best is null || symbol.DeclaringSyntaxReferences[0].Span.Start > best.DeclaringSyntaxReferences[0].Span.Start;
}
