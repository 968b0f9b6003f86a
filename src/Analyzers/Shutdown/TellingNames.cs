using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown;

/// <summary>Calls that tell people what happens, and change nothing.</summary>
internal static class TellingNames
{
    public static bool Tells(IMethodSymbol method, ResolvedCatalog catalog) =>
        Words.Of(method.Name) is { Count: > 0 } words && catalog.Words.Of("telling").Contains(words[0])
        && IsTeller(method.ContainingType, catalog);

    /// <summary>An event by which people hear of something: <c>LogLibraryAlert</c>.</summary>
    public static bool Tells(IOperation handler, ResolvedCatalog catalog) =>
        handler.Unwrapped() is IEventReferenceOperation { Event.Name: var name } && Words.Of(name).Exists(catalog.Words.Of("telling-event").Contains);

    /// <summary><c>FileLogger</c>, <c>LogEvent</c></summary>
    public static bool IsTeller(ITypeSymbol type, ResolvedCatalog catalog) => Words.Of(type.Name).Exists(catalog.Words.Of("telling-type").Contains);
}
