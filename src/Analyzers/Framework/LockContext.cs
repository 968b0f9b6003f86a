using System.Runtime.CompilerServices;
using LockAnalyzers.Catalog;
using LockAnalyzers.Shutdown;
using LockAnalyzers.Wrappers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Framework;

/// <summary>What all rules and fixes know of one compilation. Made once and shared by them; immutable, so safe in concurrent actions.</summary>
internal sealed class LockContext
{
    private static readonly ConditionalWeakTable<Compilation, List<LockContext>> Cache = new();

    private readonly CatalogEntries _entries;

    private LockContext(Compilation compilation, CatalogEntries entries, TimeSpan? longestTimeout)
    {
        _entries = entries;
        Catalog = new ResolvedCatalog(entries, compilation, longestTimeout);
        Wrappers = new WrapperCalls(compilation, Catalog);
        Files = new FileWalks(Catalog, Wrappers);
        Shutdown = new ShutdownFacts(compilation, Catalog, Files, Wrappers);
        Stops = new Stops(Shutdown);
    }

    public ResolvedCatalog Catalog { get; }

    /// <summary>The functions of the compilation that only pass on to a wait; gathered when a rule first asks.</summary>
    public WrapperCalls Wrappers { get; }

    public FileWalks Files { get; }

    public ShutdownFacts Shutdown { get; }

    /// <summary>What each file shows of the waits that its shutdown paths reach; thought out when a rule first asks.</summary>
    public Stops Stops { get; }

    /// <summary>The context of a compilation under a project's options: those of the analysis, or of the document's project for a fix.</summary>
    public static LockContext Of(Compilation compilation, AnalyzerOptions options, CancellationToken cancellation = default) =>
        Of(compilation, options, LockOptions.Of(compilation, options), cancellation);

    public static LockContext Of(Compilation compilation, AnalyzerOptions options, LockOptions settings, CancellationToken cancellation)
    {
        var entries = UserCatalog.EntriesOf(options.AdditionalFiles, CatalogTextOf(settings), cancellation);

        // One in all but rare cases: a compilation may be analyzed under several options.
        var contexts = Cache.GetValue(compilation, static _ => new List<LockContext>(1));
        lock (contexts)
        {
            foreach (var made in contexts)
            {
                if (ReferenceEquals(made._entries, entries) && made.Catalog.LongestTimeout == settings.LongestTimeout)
                    return made;
            }

            var context = new LockContext(compilation, entries, settings.LongestTimeout);
            contexts.Add(context);
            return context;
        }
    }

    /// <summary>The words of the settings, written as the lines of a list that adds them.</summary>
    private static string CatalogTextOf(LockOptions settings)
    {
        if (settings.WaitOptionWords.IsEmpty && settings.LockWords.IsEmpty)
            return "";
        var wait = string.Join(",", settings.WaitOptionWords);
        var locks = string.Join(",", settings.LockWords);
        return (wait.Length == 0 ? "" : $"words wait-verbs are={wait}\n")
            + (locks.Length == 0 ? "" : $"words lock-strong are={locks}\nwords lock-noun are={locks}\n");
    }
}
