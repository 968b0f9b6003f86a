using LockAnalyzers.Catalog;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Native;

/// <summary>Finds the native entry point behind a method, whatever its C# name.</summary>
internal static class NativeMethod
{
    /// <summary>What the catalog knows of the entry point that the method calls; null for every method that calls none.</summary>
    public static NativeWait? Find(IMethodSymbol method, ResolvedCatalog catalog) =>
        method.IsStatic && EntryPoint(method, catalog) is { } name && catalog.NativeWaits.TryGetValue(name, out var wait)
            && !catalog.ManagedWaits.IsNonBlocking(method) ? wait : null;

    /// <summary>
    /// The name of the entry point: a class that is known to carry native names (it may import them under others), DllImport, or
    /// LibraryImport (attribute on the declaration; the generated part only carries it out). Cheap questions first: almost every
    /// method is none of these.
    /// </summary>
    public static string? EntryPoint(IMethodSymbol method, ResolvedCatalog catalog)
    {
        if (catalog.IsNativeClass(method.ContainingType))
            return method.Name;
        if (method.IsExtern)
            return method.GetDllImportData() is { } import ? import.EntryPointName ?? method.Name : null;
        return MayBeLibraryImport(method, catalog) ? LibraryImportName(method) : null;
    }

    /// <summary>A partial method in source; from metadata, where parts are one, only under a name that the catalog knows.</summary>
    private static bool MayBeLibraryImport(IMethodSymbol method, ResolvedCatalog catalog) =>
        method.IsPartialDefinition || method.PartialDefinitionPart is not null
        || (method.DeclaringSyntaxReferences.IsEmpty && catalog.NativeWaits.ContainsKey(method.Name));

    private static string? LibraryImportName(IMethodSymbol method)
    {
        foreach (var attribute in method.GetAttributes())
        {
            if (attribute.AttributeClass?.Name != "LibraryImportAttribute")
                continue;
            foreach (var argument in attribute.NamedArguments)
            {
                if (argument.Key == "EntryPoint" && argument.Value.Value is string name)
                    return name;
            }

            return method.Name;
        }

        return null;
    }
}
