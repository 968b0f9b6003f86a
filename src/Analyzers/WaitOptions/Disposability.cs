using Microsoft.CodeAnalysis;

namespace LockAnalyzers.WaitOptions;

/// <summary>Whether a type must be disposed of, as a lock or an open store must.</summary>
internal static class Disposability
{
    public static bool Of(ITypeSymbol type) => IsDisposable(type) || type.AllInterfaces.Any(IsDisposable);

    private static bool IsDisposable(ITypeSymbol type) =>
        type is { Name: "IDisposable" or "IAsyncDisposable", ContainingNamespace.Name: "System" };
}
