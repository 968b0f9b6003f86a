using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Shutdown;

/// <summary>Members that stop an object and say so by their name alone.</summary>
internal static class StopNames
{
    /// <summary>What the catalog would say of them.</summary>
    public static ShutdownRoot Entry { get; } = new(default, RootForm.Member) { IsOfObject = true };

    /// <summary>Cheap, for every method declaration: nothing is allocated for a name that begins otherwise.</summary>
    public static bool MayBeStop(string name, ResolvedCatalog catalog)
    {
        if (catalog.Words.Of("stop-member-name").Contains(name))
            return true;
        foreach (var word in catalog.Words.Of("stop-member"))
        {
            if (name.StartsWith(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }

    /// <summary>A verb, and nothing that it hands back but whether or when it is done: <c>CloseConnection()</c>, not <c>CloseTag(text)</c> that gives a string.</summary>
    public static bool IsStop(IMethodSymbol method, ResolvedCatalog catalog) =>
        MayBeStop(method.Name, catalog)
        && (method.ReturnsVoid || method.ReturnType.SpecialType == SpecialType.System_Boolean || method.ReturnType.IsTask())
        && (catalog.Words.Of("stop-member-name").Contains(method.Name) || catalog.Words.Of("stop-member").Contains(Words.Of(method.Name)[0]));
}
