using System.Collections.Concurrent;

namespace LockAnalyzers.Framework;

/// <summary>
/// What was said of a name is remembered: a few thousand names stand everywhere, and to split one into words, or to ask list after list for it, costs ten
/// times the look-up. Safe in concurrent actions.
/// </summary>
internal sealed class RememberedNames<TAnswer>
{
    private readonly ConcurrentDictionary<string, TAnswer> _known = new(StringComparer.Ordinal);
    private readonly Func<string, TAnswer> _ask;
    private int _count;

    public RememberedNames(Func<string, TAnswer> ask) => _ask = ask;

    /// <summary>About how many names are remembered.</summary>
    public int Count => _count;

    public TAnswer Of(string name)
    {
        if (_known.TryGetValue(name, out var answer))
            return answer;
        _count++; // Not exact, and need not be.
        return _known.GetOrAdd(name, _ask);
    }
}
