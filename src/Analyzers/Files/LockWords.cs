using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;

namespace LockAnalyzers.Files;

/// <summary>Which names speak of a lock: of a file on disk, and of an identifier. The words are data (files.txt).</summary>
internal static class LockWords
{
    private static readonly char[] Separators = { '/', '\\' };

    /// <summary>True when a text that ends a path names a lock file: by its extension, or by its name if that is all there is.</summary>
    public static bool EndsInLockFile(string text, ResolvedCatalog catalog)
    {
        var name = text.Substring(text.LastIndexOfAny(Separators) + 1);
        if (catalog.DataFiles.Contains(name))
            return false;

        var dot = name.LastIndexOf('.');
        if (dot < 0)
            return SpeaksOfLock(name, catalog);
        var extension = name.Substring(dot + 1).ToLowerInvariant();
        return catalog.Words.Of("lock-extension").Contains(extension)
            || (catalog.Words.Of("plain-extension").Contains(extension) && SpeaksOfLock(name.Substring(0, dot), catalog));
    }

    /// <summary>True when one of the folders in a path is there for locks.</summary>
    public static bool HasLockFolder(string text)
    {
        var parts = text.Split(Separators);
        return Array.Exists(parts, part => part.TrimStart('.').Equals("locks", StringComparison.OrdinalIgnoreCase));
    }

    public static bool SpeaksOfLock(string identifier, ResolvedCatalog catalog) =>
        Words.Of(identifier).Exists(catalog.Words.Of("lock-noun").Contains);
}
