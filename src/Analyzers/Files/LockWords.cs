using LockAnalyzers.Naming;

namespace LockAnalyzers.Files;

/// <summary>Which names speak of a lock: of a file on disk, and of an identifier.</summary>
internal static class LockWords
{
    private static readonly HashSet<string> Extensions = new(StringComparer.OrdinalIgnoreCase) { "lock", "lck", "lk", "lockfile", "mutex", "pid", "pidfile" };

    private static readonly HashSet<string> Nouns = new(StringComparer.Ordinal)
    {
        "lock", "locks", "lck", "lockfile", "lockfiles", "mutex", "pid", "pidfile", "lease", "interlock",
    };

    /// <summary>Extensions of a file that holds nothing of interest; with any other one, <c>lock</c> is only part of a data file's name.</summary>
    private static readonly HashSet<string> EmptyExtensions = new(StringComparer.OrdinalIgnoreCase) { "", "tmp", "txt", "dat", "bin", "file" };

    private static readonly char[] Separators = { '/', '\\' };

    /// <summary>True when a text that ends a path names a lock file: by its extension, or by its name if that is all there is.</summary>
    public static bool EndsInLockFile(string text, ICollection<string> dataFiles)
    {
        var name = text.Substring(text.LastIndexOfAny(Separators) + 1);
        if (dataFiles.Contains(name))
            return false;

        var dot = name.LastIndexOf('.');
        var extension = name.Substring(dot + 1);
        if (dot >= 0 && Extensions.Contains(extension))
            return true;
        return EmptyExtensions.Contains(dot < 0 ? "" : extension) && SpeaksOfLock(dot < 0 ? name : name.Substring(0, dot));
    }

    /// <summary>True when one of the folders in a path is there for locks.</summary>
    public static bool HasLockFolder(string text)
    {
        var parts = text.Split(Separators);
        return Array.Exists(parts, part => part is "locks" or ".locks" or "Locks" or "LOCKS");
    }

    public static bool SpeaksOfLock(string identifier) => Words.Of(identifier).Exists(Nouns.Contains);
}
