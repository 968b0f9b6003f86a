using System.Collections.Immutable;
using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;

namespace LockAnalyzers.WaitOptions;

/// <summary>Reads names: whether one is an option to wait, and whether names together speak of a lock.</summary>
internal sealed class Vocabulary
{
    private readonly ImmutableHashSet<string> _heads, _verbs, _tails, _noWait, _strong, _weak;

    private readonly ImmutableArray<string> _stems;

    public Vocabulary(WordLists words)
    {
        _heads = words.Of("wait-heads");
        _verbs = words.Of("wait-verbs");
        _tails = words.Of("wait-tails");
        _noWait = words.Of("no-wait");
        _stems = Stems(_verbs, _noWait);
        _strong = words.Of("lock-strong");
        _weak = words.Of("lock-weak");
    }

    /// <summary>
    /// What the option must be for the API to wait: true for <c>waitForLock</c>, false for <c>nonBlocking</c>, null for every name
    /// that is no such option. Asks for a letter sequence before it splits anything.
    /// </summary>
    public bool? WaitsWhen(string name)
    {
        if (!MayBeOption(name))
            return null;
        var words = Words.Of(name);
        if (_noWait.Contains(string.Join("-", words)))
            return false;
        var verb = words.Count > 1 && _heads.Contains(words[0]) ? 1 : 0;
        return _verbs.Contains(words[verb]) && words.Skip(verb + 1).All(_tails.Contains) ? true : null;
    }

    /// <summary>
    /// True when the names speak of a lock: one strong word, or two different weak ones, or a weak one on a call whose result
    /// must be disposed of (a store that is opened).
    /// </summary>
    public bool SpeakOfLock(IEnumerable<string?> names, bool givesDisposable)
    {
        var weak = new HashSet<string>(StringComparer.Ordinal);
        foreach (var name in names)
        {
            if (name is null)
                continue;
            foreach (var word in Words.Of(name))
            {
                if (_strong.Contains(word))
                    return true;
                if (_weak.Contains(word))
                    weak.Add(word);
            }
        }

        return weak.Count > (givesDisposable ? 0 : 1);
    }

    /// <summary>True for a name with a word that may speak of a lock.</summary>
    public bool HasLockWord(string name) => Words.Of(name).Any(word => _strong.Contains(word) || _weak.Contains(word));

    private bool MayBeOption(string name)
    {
        foreach (var stem in _stems)
        {
            if (name.IndexOf(stem, StringComparison.OrdinalIgnoreCase) >= 0)
                return true;
        }

        return false;
    }

    /// <summary>As few letter sequences as possible of which every option's name has one: those of the verbs, and the first words of the others.</summary>
    private static ImmutableArray<string> Stems(IEnumerable<string> verbs, IEnumerable<string> others)
    {
        var stems = ImmutableArray<string>.Empty;
        foreach (var word in verbs.OrderBy(verb => verb.Length).Concat(others))
        {
            if (!stems.Any(word.Contains))
                stems = stems.Add(word.Split('-')[0]);
        }

        return stems;
    }
}
