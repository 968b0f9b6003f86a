using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Shutdown;

/// <summary>Calls that tell people what happens, and change nothing.</summary>
internal static class TellingNames
{
    public static bool Tells(IMethodSymbol method, ResolvedCatalog catalog) =>
        Words.Of(method.Name) is { Count: > 0 } words && catalog.Words.Of("telling").Contains(words[0])
        && Words.Of(method.ContainingType.Name).Exists(catalog.Words.Of("telling-type").Contains);
}
