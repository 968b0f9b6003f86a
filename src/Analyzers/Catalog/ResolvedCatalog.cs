using System.Collections.Concurrent;
using System.Collections.Immutable;
using LockAnalyzers.Naming;
using LockAnalyzers.WaitOptions;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Catalog;

/// <summary>The catalog tied to one compilation: the only place that resolves types, once.</summary>
internal sealed class ResolvedCatalog
{
    private readonly CatalogEntries _entries;

    public ResolvedCatalog(CatalogEntries entries, Compilation compilation, TimeSpan? longestTimeout = null)
    {
        LongestTimeout = longestTimeout;
        _entries = entries;
        var types = new ConcurrentDictionary<string, INamedTypeSymbol?>(StringComparer.Ordinal);
        INamedTypeSymbol? Resolve(string name) => types.GetOrAdd(name, name => FindType(compilation, name));
        MemberIndex<TEntry> Index<TEntry>(MemberTable<TEntry> table)
            where TEntry : class => new(table, Resolve);

        ManagedWaits = new WaitIndex(Index(entries.ManagedWaits), compilation);
        NamedObjects = Index(entries.NamedObjects);
        WaitOptions = Index(entries.WaitOptions);
        FileOpens = Index(entries.FileOpens);
        RegionLocks = Index(entries.RegionLocks);
        FreshNames = Index(entries.FreshNames);
        Clocks = Index(entries.Clocks);
        SqlTimeouts = Index(entries.SqlTimeouts);
        SqlTexts = Index(entries.SqlTexts);
        SqlRuns = Index(entries.SqlRuns);
        Claims = Index(entries.Claims);
        HeldQuestions = Index(entries.HeldQuestions);
        Limits = Index(entries.Limits);
        Ticks = Index(entries.Ticks);
        RetryCounts = Index(entries.RetryCounts);
        ForeverRetries = Index(entries.ForeverRetries);
        Races = Index(entries.Races);
        Spawns = Index(entries.Spawns);
        ShutdownRoots = Index(entries.ShutdownRoots);
        ShutdownMembers = Index(entries.ShutdownMembers);
        Children = Index(entries.Children);
        ChildWaits = Index(entries.ChildWaits);
    }

    /// <summary>All types of that name, in the compilation and its references, accessible or not.</summary>
    public static ImmutableArray<INamedTypeSymbol> FindTypes(Compilation compilation, string name)
    {
#pragma warning disable RS0030 // The one place that the ban leaves open.
        return compilation.GetTypesByMetadataName(name);
#pragma warning restore RS0030
    }

    /// <summary>The type of that name as a catalog line writes it. For what is asked once per compilation; the rules ask the properties.</summary>
    public static INamedTypeSymbol? FindType(Compilation compilation, string name)
    {
#pragma warning disable RS0030 // The one place that the ban leaves open.
        return compilation.GetTypeByMetadataName(name);
#pragma warning restore RS0030
    }

    /// <summary>A time-out above it is no bound for the project; null when every finite one is.</summary>
    public TimeSpan? LongestTimeout { get; }

    /// <summary>By name of the entry point.</summary>
    public ImmutableDictionary<string, NativeWait> NativeWaits => _entries.NativeWaits;

    /// <summary>True for a class whose methods carry the names of native entry points.</summary>
    public bool IsNativeClass(INamedTypeSymbol type)
    {
        foreach (var name in _entries.NativeClasses)
        {
            if (name.Length > type.MetadataName.Length && name.EndsWith(type.MetadataName, StringComparison.Ordinal) && type.ToDisplayString() == name)
                return true;
        }

        return false;
    }

    public WaitIndex ManagedWaits { get; }

    public MemberIndex<NamedObject> NamedObjects { get; }

    public MemberIndex<WaitOptionEntry> WaitOptions { get; }

    public WordLists Words => _entries.Words;

    public Vocabulary Vocabulary => _entries.Senses.Vocabulary;

    /// <summary>True when the words of the name have one of the senses.</summary>
    public bool Says(string name, NameSense senses) => _entries.Senses.Has(name, senses);

    public MemberIndex<FileOpen> FileOpens { get; }

    public MemberIndex<PlainMember> RegionLocks { get; }

    public MemberIndex<PlainMember> FreshNames { get; }

    public ImmutableHashSet<string> DataFiles => _entries.DataFiles;

    public MemberIndex<PlainMember> Clocks { get; }

    public ImmutableArray<SqlFunction> SqlFunctions => _entries.SqlFunctions;

    public MemberIndex<PlainMember> SqlTimeouts { get; }

    public MemberIndex<PlainMember> SqlTexts { get; }

    public MemberIndex<PlainMember> SqlRuns { get; }

    public MemberIndex<PlainMember> Claims { get; }

    public MemberIndex<PlainMember> HeldQuestions { get; }

    public MemberIndex<PlainMember> Limits { get; }

    public MemberIndex<PlainMember> Ticks { get; }

    public MemberIndex<PlainMember> RetryCounts { get; }

    public MemberIndex<PlainMember> ForeverRetries { get; }

    public MemberIndex<PlainMember> Races { get; }

    public MemberIndex<PlainMember> Spawns { get; }

    public ImmutableDictionary<string, NativeTry> NativeTries => _entries.NativeTries;

    public MemberIndex<ShutdownRoot> ShutdownRoots { get; }

    /// <summary>Names of the events, calls and token callbacks by which a root is registered.</summary>
    public ImmutableHashSet<string> RegistrationNames => _entries.Names.Registrations;

    /// <summary>Names of the members that are roots by overriding or implementing something.</summary>
    public ImmutableHashSet<string> StopNames => _entries.Names.Stops;

    public MemberIndex<ShutdownMember> ShutdownMembers { get; }

    /// <summary>The role of a member, or null. The name is asked first, so almost every member costs one look-up.</summary>
    public ShutdownRole? Role(ISymbol member) => ShutdownMembers.Find(member)?.Role;

    public ImmutableHashSet<string> NativeGuards => _entries.NativeGuards;

    public ImmutableHashSet<string> NativeKills => _entries.NativeKills;

    public MemberIndex<ChildMember> Children { get; }

    /// <summary>Those of <see cref="Children"/> that wait for a child or for the end of what it writes.</summary>
    public MemberIndex<ChildMember> ChildWaits { get; }

    /// <summary>Words by which a guard is told where symbols cannot be had: types and entry points that arm one.</summary>
    public ImmutableHashSet<string> GuardWords => _entries.Names.Guards;

    /// <summary>The same for members and entry points that kill.</summary>
    public ImmutableHashSet<string> KillWords => _entries.Names.Kills;

    /// <summary>Those of <see cref="KillWords"/> that end whichever process they are called on.</summary>
    public ImmutableHashSet<string> TargetedKillWords => _entries.Names.TargetedKills;

    /// <summary>The same for members that ask the process to end.</summary>
    public ImmutableHashSet<string> ExitWords => _entries.Names.Exits;

    /// <summary>The same for members that tell which process this is.</summary>
    public ImmutableHashSet<string> OwnProcessWords => _entries.Names.OwnProcess;

    /// <summary>Names of members that let time pass.</summary>
    public ImmutableHashSet<string> PauseWords => _entries.Names.Pauses;

    /// <summary>Names of types of which a new object takes something: opens a file, claims a name.</summary>
    public ImmutableHashSet<string> CreatedWords => _entries.Names.Created;
}
