using System.Collections;
using System.Collections.Immutable;

namespace LockAnalyzers.Catalog;

/// <summary>The entries of one kind by the name of the member that they are about. Made once for a set of lists, whatever number of compilations it serves; immutable.</summary>
internal sealed class MemberTable<TEntry> : IReadOnlyCollection<TEntry>
    where TEntry : class
{
    private static readonly (string Type, TEntry Entry)[] None = Array.Empty<(string, TEntry)>();

    private readonly ImmutableArray<TEntry> _entries;
    private readonly Dictionary<string, (string Type, TEntry Entry)[]> _byMember;

    public MemberTable(IEnumerable<TEntry> entries, Func<TEntry, MemberName> name)
    {
        _entries = entries.ToImmutableArray();
        _byMember = _entries.GroupBy(entry => name(entry).Member, entry => (name(entry).Type, entry), StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToArray(), StringComparer.Ordinal);
    }

    public int Count => _entries.Length;

    /// <summary>The entries about members of the name, each with the metadata name of its type; none for most names.</summary>
    public (string Type, TEntry Entry)[] this[string member] => _byMember.TryGetValue(member, out var entries) ? entries : None;

    public IEnumerator<TEntry> GetEnumerator() => ((IEnumerable<TEntry>)_entries).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
