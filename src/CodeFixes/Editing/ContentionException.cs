using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>
/// The exceptions by which an API says "somebody else holds it": those of its own namespace whose names speak of it. Without
/// one, the Runtime's own test applies (an I/O error that means contention).
/// </summary>
internal static class ContentionException
{
    private static readonly HashSet<string> Words = new(StringComparer.Ordinal)
    {
        "lock", "locked", "busy", "contention", "contended", "held", "taken", "unavailable", "conflict",
    };

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

        var names = space.GetTypeMembers()
            .Where(candidate => SymbolEqualityComparer.Default.Equals(candidate.ContainingAssembly, type.ContainingAssembly)
                && IsException(candidate)
                && Naming.Words.Of(candidate.Name).Exists(Words.Contains)
                && site.Model.IsAccessible(site.Node.SpanStart, candidate))
            .OrderBy(candidate => candidate.Name, StringComparer.Ordinal)
            .Select(candidate => candidate.ToMinimalDisplayString(site.Model, site.Node.SpanStart))
            .ToArray();
        return names.Length == 0 ? null : "exception is " + string.Join(" or ", names);
    }

    private static bool IsException(INamedTypeSymbol type)
    {
        for (var current = type.BaseType; current is not null; current = current.BaseType)
        {
            if (current is { Name: "Exception", ContainingNamespace.Name: "System" })
                return true;
        }

        return false;
    }
}
