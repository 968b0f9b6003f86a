using System.Collections.Immutable;
using LockAnalyzers.Naming;

namespace LockAnalyzers.Catalog;

/// <summary>All entries of a set of catalog texts, not yet tied to a compilation; immutable.</summary>
internal sealed class CatalogEntries
{
    private CatalogEntries(Builder builder)
    {
        NativeWaits = builder.NativeWaits.ToImmutable();
        NativeClasses = builder.NativeClasses.ToImmutable();
        ManagedWaits = Table(builder.ManagedWaits, static entry => entry.Name);
        NamedObjects = Table(builder.NamedObjects, static entry => entry.Member);
        Libraries = builder.Libraries.ToImmutable();
        SqlFunctions = builder.SqlFunctions.ToImmutable();
        SqlTimeouts = Plain("sql-timeout");
        SqlTexts = Plain("sql-text");
        SqlRuns = Plain("sql-run");
        WaitOptions = Table(builder.WaitOptions, static entry => entry.Name);
        Words = builder.Words.ToImmutableDictionary(list => list.Key, list => list.Value.ToImmutableHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        FileOpens = Table(builder.FileOpens, static entry => entry.Name);
        RegionLocks = Plain("region");
        FreshNames = Plain("fresh");
        DataFiles = builder.DataFiles.ToImmutable();
        Clocks = Plain("clock");
        Claims = Plain("claim");
        HeldQuestions = Plain("held");
        Limits = Plain("limit");
        Ticks = Plain("tick");
        RetryCounts = Plain("retry-count");
        ForeverRetries = Plain("forever");
        Races = Plain("race");
        Spawns = Plain("spawn");
        NativeTries = builder.NativeTries.ToImmutable();
        ShutdownRoots = Table(builder.ShutdownRoots, static entry => entry.Name);
        ShutdownMembers = Table(builder.ShutdownMembers, static entry => entry.Name);
        NativeGuards = builder.NativeGuards.ToImmutable();
        NativeKills = builder.NativeKills.ToImmutable();
        Children = Table(builder.Children, static entry => entry.Name);
        ChildWaits = Table(builder.Children.Where(static child => child.Waits), static entry => entry.Name);
        Names = new ShutdownNames(this);
        Senses = new NameSenses(Words);

        static MemberTable<TEntry> Table<TEntry>(IEnumerable<TEntry> entries, Func<TEntry, MemberName> name)
            where TEntry : class => new(entries, name);
        MemberTable<PlainMember> Plain(string kind) => new(builder.PlainMembers.TryGetValue(kind, out var members) ? members : Enumerable.Empty<PlainMember>(), static member => member.Name);
    }

    public ImmutableDictionary<string, NativeWait> NativeWaits { get; }

    /// <summary>Metadata names of classes whose methods carry the names of native entry points.</summary>
    public ImmutableHashSet<string> NativeClasses { get; }

    public MemberTable<ManagedWait> ManagedWaits { get; }

    /// <summary>Members that make what other processes share under a name.</summary>
    public MemberTable<NamedObject> NamedObjects { get; }

    /// <summary>The NuGet packages that waits come from.</summary>
    public ImmutableArray<Library> Libraries { get; }

    /// <summary>Functions of databases that wait for a lock.</summary>
    public ImmutableArray<SqlFunction> SqlFunctions { get; }

    /// <summary>Members that say how long a command of a database may take; 0 switches the limit off.</summary>
    public MemberTable<PlainMember> SqlTimeouts { get; }

    /// <summary>Members that hold the text of a command.</summary>
    public MemberTable<PlainMember> SqlTexts { get; }

    /// <summary>Members that run a command.</summary>
    public MemberTable<PlainMember> SqlRuns { get; }

    public MemberTable<WaitOptionEntry> WaitOptions { get; }

    /// <summary>Lists of words, by the name of the list.</summary>
    public WordLists Words { get; }

    /// <summary>What these words say of names.</summary>
    public NameSenses Senses { get; }

    public MemberTable<FileOpen> FileOpens { get; }

    /// <summary>Members that lock a range of an open file.</summary>
    public MemberTable<PlainMember> RegionLocks { get; }

    /// <summary>Members that make a name which nobody else has.</summary>
    public MemberTable<PlainMember> FreshNames { get; }

    /// <summary>Names of data files that only sound like lock files.</summary>
    public ImmutableHashSet<string> DataFiles { get; }

    /// <summary>Members that tell the time.</summary>
    public MemberTable<PlainMember> Clocks { get; }

    /// <summary>Members that say whether they were the first to take something.</summary>
    public MemberTable<PlainMember> Claims { get; }

    /// <summary>Members that say whether somebody holds something.</summary>
    public MemberTable<PlainMember> HeldQuestions { get; }

    /// <summary>Members that let one stop waiting for a task or thread without ending it.</summary>
    public MemberTable<PlainMember> Races { get; }

    /// <summary>Members that run a delegate elsewhere.</summary>
    public MemberTable<PlainMember> Spawns { get; }

    /// <summary>Members that make a retry without a limit.</summary>
    public MemberTable<PlainMember> ForeverRetries { get; }

    /// <summary>Options that say how often something is retried.</summary>
    public MemberTable<PlainMember> RetryCounts { get; }

    /// <summary>Members that let time pass and say to go on.</summary>
    public MemberTable<PlainMember> Ticks { get; }

    /// <summary>Members that give up on their own, by an exception.</summary>
    public MemberTable<PlainMember> Limits { get; }

    /// <summary>By name of the entry point.</summary>
    public ImmutableDictionary<string, NativeTry> NativeTries { get; }

    /// <summary>Where shutdown paths begin.</summary>
    public MemberTable<ShutdownRoot> ShutdownRoots { get; }

    /// <summary>Members that mean something to a shutdown path.</summary>
    public MemberTable<ShutdownMember> ShutdownMembers { get; }

    /// <summary>Entry points that arm a guard which ends the process.</summary>
    public ImmutableHashSet<string> NativeGuards { get; }

    /// <summary>Entry points that end a process without asking it.</summary>
    public ImmutableHashSet<string> NativeKills { get; }

    /// <summary>Members of processes that this one starts, and of what reads their streams.</summary>
    public MemberTable<ChildMember> Children { get; }

    /// <summary>Those of <see cref="Children"/> that wait for a child or for the end of what it writes.</summary>
    public MemberTable<ChildMember> ChildWaits { get; }

    /// <summary>Names by which the code of a shutdown is told where symbols cannot be had.</summary>
    public ShutdownNames Names { get; }

    /// <summary>All texts together; where two lines speak of the same member, the one in the earlier text counts.</summary>
    public static CatalogEntries Of(IEnumerable<CatalogText> texts)
    {
        var builder = new Builder();
        foreach (var text in texts)
        {
            foreach (var line in text.Lines)
                builder.Add(line);
        }

        return builder.ToEntries();
    }

    internal sealed class Builder
    {
        public ImmutableDictionary<string, NativeWait>.Builder NativeWaits { get; } =
            ImmutableDictionary.CreateBuilder<string, NativeWait>(StringComparer.Ordinal);

        public ImmutableHashSet<string>.Builder NativeClasses { get; } = ImmutableHashSet.CreateBuilder(StringComparer.Ordinal);

        public ImmutableArray<ManagedWait>.Builder ManagedWaits { get; } = ImmutableArray.CreateBuilder<ManagedWait>();

        public ImmutableArray<NamedObject>.Builder NamedObjects { get; } = ImmutableArray.CreateBuilder<NamedObject>();

        public ImmutableArray<Library>.Builder Libraries { get; } = ImmutableArray.CreateBuilder<Library>();

        public ImmutableArray<SqlFunction>.Builder SqlFunctions { get; } = ImmutableArray.CreateBuilder<SqlFunction>();

        public ImmutableArray<WaitOptionEntry>.Builder WaitOptions { get; } = ImmutableArray.CreateBuilder<WaitOptionEntry>();

        public Dictionary<string, HashSet<string>> Words { get; } = new(StringComparer.Ordinal);

        /// <summary>By kind of line.</summary>
        public Dictionary<string, List<PlainMember>> PlainMembers { get; } = new(StringComparer.Ordinal);

        public ImmutableArray<FileOpen>.Builder FileOpens { get; } = ImmutableArray.CreateBuilder<FileOpen>();

        public ImmutableHashSet<string>.Builder DataFiles { get; } = ImmutableHashSet.CreateBuilder(StringComparer.OrdinalIgnoreCase);

        public ImmutableDictionary<string, NativeTry>.Builder NativeTries { get; } =
            ImmutableDictionary.CreateBuilder<string, NativeTry>(StringComparer.Ordinal);

        public ImmutableArray<ShutdownRoot>.Builder ShutdownRoots { get; } = ImmutableArray.CreateBuilder<ShutdownRoot>();

        public ImmutableArray<ShutdownMember>.Builder ShutdownMembers { get; } = ImmutableArray.CreateBuilder<ShutdownMember>();

        public ImmutableHashSet<string>.Builder NativeGuards { get; } = ImmutableHashSet.CreateBuilder(StringComparer.Ordinal);

        public ImmutableHashSet<string>.Builder NativeKills { get; } = ImmutableHashSet.CreateBuilder(StringComparer.Ordinal);

        public ImmutableArray<ChildMember>.Builder Children { get; } = ImmutableArray.CreateBuilder<ChildMember>();

        public CatalogEntries ToEntries() => new(this);

        /// <exception cref="FormatException">The line means nothing; the message says why.</exception>
        public void Add(CatalogLine line)
        {
            switch (line.Kind)
            {
                case "native":
                    var native = NativeWait.Read(line);
                    if (!NativeWaits.ContainsKey(line.Target))
                        NativeWaits.Add(line.Target, native);
                    break;
                case "native-class":
                    NativeClasses.Add(line.Target);
                    break;
                case "wait":
                    ManagedWaits.Add(ManagedWait.Read(line));
                    break;
                case "named":
                    NamedObjects.Add(NamedObject.Read(line));
                    break;
                case "sql":
                    SqlFunctions.Add(SqlFunction.Read(line));
                    break;
                case "library":
                    Libraries.Add(Library.Read(line));
                    break;
                case "wait-option":
                    WaitOptions.Add(WaitOptionEntry.Read(line));
                    break;
                case "words":
                    if (!Words.TryGetValue(line.Target, out var words))
                        Words.Add(line.Target, words = new HashSet<string>(StringComparer.Ordinal));
                    words.UnionWith(WordList.Read(line));
                    break;
                case "open":
                    FileOpens.Add(FileOpen.Read(line));
                    break;
                case "data-file":
                    DataFiles.Add(line.Target);
                    break;
                case "sql-timeout" or "sql-text" or "sql-run" or "region" or "fresh" or "clock" or "claim"
                    or "held" or "race" or "spawn" or "forever" or "retry-count" or "tick" or "limit":
                    if (!PlainMembers.TryGetValue(line.Kind, out var members))
                        PlainMembers.Add(line.Kind, members = new List<PlainMember>());
                    members.Add(PlainMember.Read(line));
                    break;
                case "native-try":
                    NativeTries[line.Target] = NativeTry.Read(line);
                    break;
                case "root":
                    ShutdownRoots.Add(ShutdownRoot.Read(line));
                    break;
                case "child":
                    Children.Add(ChildMember.Read(line));
                    break;
                case "guard-native":
                    NativeGuards.Add(line.Target);
                    break;
                case "kill-native":
                    NativeKills.Add(line.Target);
                    break;
                case var _ when ShutdownMember.TryRead(line) is { } member:
                    ShutdownMembers.Add(member);
                    break;
                default:
                    throw new FormatException($"'{line.Kind}' is no kind of catalog line{NearMiss.Hint(line.Kind, CatalogKind.Names)}.");
            }
        }
    }
}
