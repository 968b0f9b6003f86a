using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;

namespace LockAnalyzers.Attempts;

/// <summary>Which names speak of a try to take a lock, and which ask whether one is held. The words are data (loops.txt).</summary>
internal static class TryNames
{
    /// <summary><c>TryAcquire</c>, <c>TryEnterWriteLock</c>, <c>LockTake</c>, <c>ObtainLease</c>; not <c>TryTake</c>, which may take anything.</summary>
    public static bool IsTry(string name, WordLists lists)
    {
        var words = Words.Of(name);
        if (words.Count == 0 || IsOther(words, lists))
            return false;
        var noun = words.Exists(lists.Of("lock-noun").Contains);
        if (words[0] is "try" or "attempt")
            return words.Count > 1 && (noun ? words.Skip(1).Any(IsVerb) || IsNoun(words[1]) : IsStrong(words[1]) && !words.Skip(2).Any(lists.Of("each-turn").Contains));
        return noun && words.Exists(IsVerb);

        bool IsVerb(string word) => IsStrong(word) || lists.Of("try-verb").Contains(word);
        bool IsStrong(string word) => lists.Of("acquire-verb").Contains(word);
        bool IsNoun(string word) => lists.Of("lock-noun").Contains(word);
    }

    /// <summary><c>IsFileLocked</c>, <c>LockExists</c>, <c>IsLockHeld</c>.</summary>
    public static bool AsksWhetherHeld(string name, WordLists lists)
    {
        var words = Words.Of(name);
        return words.Contains("locked")
            ? words[0] is "is" or "still"
            : words.Exists(lists.Of("lock-noun").Contains) && words.Exists(word => word is "exists" or "held" or "taken" or "busy") && !IsOther(words, lists);
    }

    /// <summary>A member that is there to wait for a lock: <c>AcquireDatabaseLock</c>, <c>waitForLock</c>.</summary>
    public static bool IsAcquisition(string name, WordLists lists)
    {
        var words = Words.Of(name);
        return words.Exists(lists.Of("lock-noun").Contains)
            && words.Exists(word => word == "wait" || lists.Of("acquire-verb").Contains(word) || lists.Of("try-verb").Contains(word))
            && !IsOther(words, lists);
    }

    /// <summary>A member that gives a lock back or keeps it.</summary>
    public static bool IsEnd(string name, WordLists lists) => Words.Of(name).Exists(lists.Of("lock-end").Contains);

    private static bool IsOther(List<string> words, WordLists lists) =>
        words.Exists(lists.Of("no-try").Contains) || words.Exists(lists.Of("lock-end").Contains);
}
