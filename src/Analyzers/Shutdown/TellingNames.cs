using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Shutdown;

/// <summary>Calls that tell people what happens, and change nothing.</summary>
internal static class TellingNames
{
    public static bool Tells(IMethodSymbol method, ResolvedCatalog catalog) =>
        Words.Of(method.Name) is { Count: > 0 } words && catalog.Words.Of("telling").Contains(words[0])
        && IsTeller(method.ContainingType, catalog);

    /// <summary><c>FileLogger</c>, <c>LogEvent</c></summary>
    public static bool IsTeller(ITypeSymbol type, ResolvedCatalog catalog) => Words.Of(type.Name).Exists(catalog.Words.Of("telling-type").Contains);
}
