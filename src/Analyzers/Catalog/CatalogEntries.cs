using System.Collections.Immutable;

namespace LockAnalyzers.Catalog;

/// <summary>All entries of a set of catalog texts, not yet tied to a compilation; immutable.</summary>
internal sealed class CatalogEntries
{
    private CatalogEntries(Builder builder)
    {
        NativeWaits = builder.NativeWaits.ToImmutable();
        NativeClasses = builder.NativeClasses.ToImmutable();
        ManagedWaits = builder.ManagedWaits.ToImmutable();
        WaitOptions = builder.WaitOptions.ToImmutable();
        Words = builder.Words.ToImmutableDictionary(list => list.Key, list => list.Value.ToImmutableHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        Problems = builder.Problems.ToImmutableArray();
    }

    public ImmutableDictionary<string, NativeWait> NativeWaits { get; }

    /// <summary>Metadata names of classes whose methods carry the names of native entry points.</summary>
    public ImmutableHashSet<string> NativeClasses { get; }

    public ImmutableArray<ManagedWait> ManagedWaits { get; }

    public ImmutableArray<WaitOptionEntry> WaitOptions { get; }

    /// <summary>Lists of words, by the name of the list.</summary>
    public ImmutableDictionary<string, ImmutableHashSet<string>> Words { get; }

    /// <summary>Lines that could not be read; the rest counts all the same.</summary>
    public ImmutableArray<CatalogProblem> Problems { get; }

    internal sealed class Builder
    {
        public ImmutableDictionary<string, NativeWait>.Builder NativeWaits { get; } =
            ImmutableDictionary.CreateBuilder<string, NativeWait>(StringComparer.Ordinal);

        public ImmutableHashSet<string>.Builder NativeClasses { get; } = ImmutableHashSet.CreateBuilder(StringComparer.Ordinal);

        public ImmutableArray<ManagedWait>.Builder ManagedWaits { get; } = ImmutableArray.CreateBuilder<ManagedWait>();

        public ImmutableArray<WaitOptionEntry>.Builder WaitOptions { get; } = ImmutableArray.CreateBuilder<WaitOptionEntry>();

        public Dictionary<string, HashSet<string>> Words { get; } = new(StringComparer.Ordinal);

        public List<CatalogProblem> Problems { get; } = new();

        public void Add(string source, string text)
        {
            foreach (var line in CatalogParser.Parse(source, text, Problems))
            {
                try
                {
                    Add(line);
                }
                catch (FormatException problem)
                {
                    Problems.Add(new CatalogProblem(line.Source, line.Number, problem.Message));
                }
            }
        }

        public CatalogEntries ToEntries() => new(this);

        private void Add(CatalogLine line)
        {
            switch (line.Kind)
            {
                case "native":
                    NativeWaits[line.Target] = NativeWait.Read(line);
                    break;
                case "native-class":
                    NativeClasses.Add(line.Target);
                    break;
                case "wait":
                    ManagedWaits.Add(ManagedWait.Read(line));
                    break;
                case "wait-option":
                    WaitOptions.Add(WaitOptionEntry.Read(line));
                    break;
                case "words":
                    if (!Words.TryGetValue(line.Target, out var words))
                        Words.Add(line.Target, words = new HashSet<string>(StringComparer.Ordinal));
                    words.UnionWith(WordList.Read(line));
                    break;
                default:
                    throw new FormatException($"'{line.Kind}' is no kind of catalog line.");
            }
        }
    }
}
