using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Files;

/// <summary>
/// Tells a file that is opened to exclude others from one that is opened for its content. Most exclusive opens are the latter:
/// of 43 that were read in public repositories, 41.
/// </summary>
internal static class LockEvidence
{
    /// <summary>False for names made up for one use: there is nobody to exclude.</summary>
    public static bool IsContested(ExclusiveOpen open, ResolvedCatalog catalog) =>
        !FilePath.Read(open.Path, catalog).HasFlag(PathSigns.Fresh);

    public static bool IsLock(ExclusiveOpen open, ISymbol? place, ResolvedCatalog catalog)
    {
        var path = FilePath.Read(open.Path, catalog);
        if ((path & PathSigns.Fresh) != 0)
            return false;

        var stream = StreamUse.Of(open.Call, catalog);
        if (stream.Uses == StreamUses.None || (stream.Uses & StreamUses.Data) != 0)
            return false;

        var mayShare = open.MayUse(FileMode.OpenOrCreate, FileMode.CreateNew);
        if ((stream.Uses & StreamUses.Written) != 0)
            return (path & PathSigns.LockFile) != 0 || ((path & PathSigns.LockName) != 0 && mayShare);
        if ((path & (PathSigns.LockFile | PathSigns.LockName)) != 0)
            return (path & PathSigns.LockFile) != 0 || (path & PathSigns.DataFile) == 0;

        // The file itself says nothing. Then it must be kept like a lock: by name, or for no other reason that can be seen.
        if (mayShare && (stream.IsKeptAsLock || SpeaksOfLock(place, catalog)))
            return true;
        return stream.Uses == StreamUses.Held && (open.MayUse(FileMode.OpenOrCreate, FileMode.Open) || (mayShare && !open.DeletesOnClose));
    }

    /// <summary>The member that opens, or its type, is there for a lock.</summary>
    private static bool SpeaksOfLock(ISymbol? place, ResolvedCatalog catalog)
    {
        if (place is null)
            return false;
        var words = Words.Of(place is IMethodSymbol { AssociatedSymbol: { } property } ? property.Name : place.Name);
        return words.Contains("acquire") || LockWords.SpeaksOfLock(place.Name, catalog) || (place.ContainingType is { } type && LockWords.SpeaksOfLock(type.Name, catalog));
    }
}
