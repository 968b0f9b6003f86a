using System.Runtime.CompilerServices;
using LockAnalyzers.Catalog;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Framework;

/// <summary>What all rules know of one compilation. Made once and shared by them; immutable, so safe in concurrent actions.</summary>
internal sealed class LockContext
{
    private static readonly ConditionalWeakTable<Compilation, LockContext> Cache = new();

    private LockContext(Compilation compilation) => Catalog = new ResolvedCatalog(BuiltInCatalog.Instance, compilation);

    public ResolvedCatalog Catalog { get; }

    public static LockContext Of(Compilation compilation) => Cache.GetValue(compilation, static compilation => new(compilation));
}
