using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Catalog;

/// <summary>
/// Which members wait: those that a catalog lists, and those that say so by an attribute. What a member says of itself goes before what a
/// catalog says of it. Names are asked first; attributes are read of members that share a name with a marked one, and only where something is
/// marked at all.
/// </summary>
internal sealed class WaitIndex
{
    private readonly MemberIndex<ManagedWait> _listed;
    private readonly Compilation _compilation;
    private readonly Lazy<ImmutableHashSet<string>> _markedNames;
    private readonly ConcurrentDictionary<ISymbol, Mark?> _marks = new(SymbolEqualityComparer.Default);

    public WaitIndex(MemberIndex<ManagedWait> listed, Compilation compilation)
    {
        _listed = listed;
        _compilation = compilation;
        _markedNames = new Lazy<ImmutableHashSet<string>>(() => MarkedNames.In(compilation));
    }

    /// <summary>True when a member of this name may be a wait.</summary>
    public bool HasName(string name) => _listed.HasName(name) || _markedNames.Value.Contains(name);

    /// <summary>What is known of the wait; null for a member that is none. See <see cref="MemberIndex{TEntry}.Find"/>.</summary>
    public ManagedWait? Find(ISymbol member, ITypeSymbol? receiver = null) =>
        MarkOf(member) is { } mark ? mark.Wait : _listed.Find(member, receiver);

    /// <summary>True for a member that says it does not wait.</summary>
    public bool IsNonBlocking(ISymbol member) => MarkOf(member) is { Wait: null };

    private Mark? MarkOf(ISymbol member) =>
        _markedNames.Value.Contains(member.Name)
            ? _marks.GetOrAdd((member is IMethodSymbol { ReducedFrom: { } reduced } ? reduced : member).OriginalDefinition, definition => Mark.Find(definition, _compilation.Assembly))
            : null;
}
