using System.Runtime.CompilerServices;
using LockAnalyzers.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Framework;

/// <summary>What all rules and fixes know of one compilation. Made once and shared by them; immutable, so safe in concurrent actions.</summary>
internal sealed class LockContext
{
    private static readonly ConditionalWeakTable<Compilation, List<LockContext>> Cache = new();

    private readonly CatalogEntries _entries;

    private LockContext(Compilation compilation, CatalogEntries entries)
    {
        _entries = entries;
        Catalog = new ResolvedCatalog(entries, compilation);
    }

    public ResolvedCatalog Catalog { get; }

    /// <summary>The context of a compilation under a project's options: those of the analysis, or of the document's project for a fix.</summary>
    public static LockContext Of(Compilation compilation, AnalyzerOptions options, CancellationToken cancellation = default)
    {
        var entries = UserCatalog.EntriesOf(options.AdditionalFiles, cancellation);

        // One in all but rare cases: a compilation may be analyzed under several options.
        var contexts = Cache.GetValue(compilation, static _ => new List<LockContext>(1));
        lock (contexts)
        {
            foreach (var made in contexts)
            {
                if (ReferenceEquals(made._entries, entries))
                    return made;
            }

            var context = new LockContext(compilation, entries);
            contexts.Add(context);
            return context;
        }
    }
}
