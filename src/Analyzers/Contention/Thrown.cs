using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Contention;

/// <summary>An exception that a held lock makes an attempt throw, told by its name and those of its bases.</summary>
internal sealed class Thrown
{
    private readonly string[] _chain;

    private Thrown(params string[] chain) => _chain = chain;

    /// <summary>What opening a held file throws: exactly an IOException, none of those derived from it (measured).</summary>
    public static Thrown HeldFile { get; } = new("IOException", "SystemException", "Exception", "Object");

    /// <summary>What the Runtime throws when its deadline has passed.</summary>
    public static Thrown Timeout { get; } = new("LockTimeoutException", "TimeoutException", "SystemException", "Exception", "Object");

    public bool IsExactly(ITypeSymbol type) => type.Name == _chain[0];

    public bool IsCaughtBy(ITypeSymbol? type) => type is null || Array.IndexOf(_chain, type.Name) >= 0;
}
