using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>
/// The exceptions by which an API says "somebody else holds it": those of its own namespace whose names speak of it. Without
/// one, the Runtime's own test applies (an I/O error that means contention).
/// </summary>
internal static class ContentionException
{
    /// <summary>The body of a predicate on <c>exception</c>; null when the API has no such type.</summary>
    public static string? Predicate(IOperation call, FixSite site)
    {
        var type = call switch
        {
            IInvocationOperation invocation => invocation.TargetMethod.ContainingType,
            IObjectCreationOperation creation => creation.Constructor?.ContainingType,
            _ => null,
        };
        if (type?.ContainingNamespace is not { IsGlobalNamespace: false } space)
            return null;

        var words = site.Context.Catalog.Words.Of("contention");
        var names = space.GetTypeMembers()
            .Where(candidate => SymbolEqualityComparer.Default.Equals(candidate.ContainingAssembly, type.ContainingAssembly)
                && candidate.IsException()
                && Words.Of(candidate.Name).Exists(words.Contains)
                && site.Model.IsAccessible(site.Node.SpanStart, candidate))
            .OrderBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.ToMinimalDisplayString(site.Model, site.Node.SpanStart))
            .ToArray();
        return names.Length == 0 ? null : "exception is " + string.Join(" or ", names);
    }
}
