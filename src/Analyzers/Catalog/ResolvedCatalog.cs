using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Catalog;

/// <summary>The catalog tied to one compilation: the only place that resolves types, once.</summary>
internal sealed class ResolvedCatalog
{
    public ResolvedCatalog(CatalogEntries entries, Compilation compilation, TimeSpan? longestTimeout = null)
    {
        LongestTimeout = longestTimeout;
        var types = new Dictionary<string, INamedTypeSymbol?>(StringComparer.Ordinal);

        NativeWaits = entries.NativeWaits;
        NativeClasses = entries.NativeClasses.Select(Resolve).OfType<ISymbol>().ToImmutableHashSet(SymbolEqualityComparer.Default);
        ManagedWaits = new WaitIndex(new MemberIndex<ManagedWait>(entries.ManagedWaits.Select(wait => (wait.Name, wait)), Resolve), compilation);
        NamedObjects = new MemberIndex<NamedObject>(entries.NamedObjects.Select(named => (named.Member, named)), Resolve);
        WaitOptions = new MemberIndex<WaitOptionEntry>(entries.WaitOptions.Select(option => (option.Name, option)), Resolve);
        Words = entries.Words;
        FileOpens = new MemberIndex<FileOpen>(entries.FileOpens.Select(open => (open.Name, open)), Resolve);
        RegionLocks = Index(entries.RegionLocks);
        FreshNames = Index(entries.FreshNames);
        DataFiles = entries.DataFiles;
        Clocks = Index(entries.Clocks);
        SqlFunctions = entries.SqlFunctions;
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
        NativeTries = entries.NativeTries;

        MemberIndex<PlainMember> Index(ImmutableArray<PlainMember> members) => new(members.Select(member => (member.Name, member)), Resolve);
        RegistrationNames = entries.ShutdownRoots.Where(root => root.Form is RootForm.Event or RootForm.Call).Select(root => root.Name.Member)
            .Concat(NamesOf(ShutdownRole.Register, name => name.Member)).ToImmutableHashSet(StringComparer.Ordinal);
        StopNames = entries.ShutdownRoots.Where(root => root.Form == RootForm.Member).Select(root => root.Name.Member).ToImmutableHashSet(StringComparer.Ordinal);
        ShutdownRoots = new MemberIndex<ShutdownRoot>(entries.ShutdownRoots.Select(root => (root.Name, root)), Resolve);
        ShutdownMembers = new MemberIndex<ShutdownMember>(entries.ShutdownMembers.Select(member => (member.Name, member)), Resolve);
        NativeGuards = entries.NativeGuards;
        NativeKills = entries.NativeKills;
        Children = new MemberIndex<ChildMember>(entries.Children.Select(child => (child.Name, child)), Resolve);
        ChildWaits = new MemberIndex<ChildMember>(entries.Children.Where(child => child.Waits).Select(child => (child.Name, child)), Resolve);
        GuardWords = entries.NativeGuards.Union(NamesOf(ShutdownRole.Guard, name => name.Type.Substring(name.Type.LastIndexOf('.') + 1)));
        KillWords = entries.NativeKills.Union(NamesOf(ShutdownRole.Kill, name => name.Member));
        TargetedKillWords = entries.ShutdownMembers
            .Where(member => member.Role == ShutdownRole.Kill && entries.ShutdownMembers.Any(other => other.Role == ShutdownRole.OwnProcess && other.Name.Type == member.Name.Type))
            .Select(member => member.Name.Member).ToImmutableHashSet(StringComparer.Ordinal);
        ExitWords = NamesOf(ShutdownRole.Exit, name => name.Member).ToImmutableHashSet(StringComparer.Ordinal);
        OwnProcessWords = NamesOf(ShutdownRole.OwnProcess, name => name.Member).ToImmutableHashSet(StringComparer.Ordinal);

        PauseWords = NamesOf(ShutdownRole.Pause, name => name.Member).Union(NamesOf(ShutdownRole.Delay, name => name.Member)).Concat(entries.Ticks.Select(tick => tick.Name.Member)).ToImmutableHashSet(StringComparer.Ordinal);
        CreatedWords = entries.FileOpens.Select(open => open.Name).Concat(entries.Claims.Select(claim => claim.Name))
            .Where(name => name.Member == ".ctor").Select(name => name.Type.Substring(name.Type.LastIndexOf('.') + 1)).ToImmutableHashSet(StringComparer.Ordinal);

        IEnumerable<string> NamesOf(ShutdownRole role, Func<MemberName, string> text) =>
            entries.ShutdownMembers.Where(member => member.Role == role).Select(member => text(member.Name));

        INamedTypeSymbol? Resolve(string name)
        {
            if (!types.TryGetValue(name, out var type))
                types[name] = type = FindType(compilation, name);

            return type;
        }
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
    public ImmutableDictionary<string, NativeWait> NativeWaits { get; }

    public ImmutableHashSet<ISymbol> NativeClasses { get; }

    public WaitIndex ManagedWaits { get; }

    public MemberIndex<NamedObject> NamedObjects { get; }

    public MemberIndex<WaitOptionEntry> WaitOptions { get; }

    public ImmutableDictionary<string, ImmutableHashSet<string>> Words { get; }

    public MemberIndex<FileOpen> FileOpens { get; }

    public MemberIndex<PlainMember> RegionLocks { get; }

    public MemberIndex<PlainMember> FreshNames { get; }

    public ImmutableHashSet<string> DataFiles { get; }

    public MemberIndex<PlainMember> Clocks { get; }

    public ImmutableArray<SqlFunction> SqlFunctions { get; }

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

    public ImmutableDictionary<string, NativeTry> NativeTries { get; }

    public MemberIndex<ShutdownRoot> ShutdownRoots { get; }

    /// <summary>Names of the events, calls and token callbacks by which a root is registered.</summary>
    public ImmutableHashSet<string> RegistrationNames { get; }

    /// <summary>Names of the members that are roots by overriding or implementing something.</summary>
    public ImmutableHashSet<string> StopNames { get; }

    public MemberIndex<ShutdownMember> ShutdownMembers { get; }

    /// <summary>The role of a member, or null. The name is asked first, so almost every member costs one look-up.</summary>
    public ShutdownRole? Role(ISymbol member) => ShutdownMembers.Find(member)?.Role;

    public ImmutableHashSet<string> NativeGuards { get; }

    public ImmutableHashSet<string> NativeKills { get; }

    public MemberIndex<ChildMember> Children { get; }

    /// <summary>Those of <see cref="Children"/> that wait for a child or for the end of what it writes.</summary>
    public MemberIndex<ChildMember> ChildWaits { get; }

    /// <summary>Words by which a guard is told where symbols cannot be had: types and entry points that arm one.</summary>
    public ImmutableHashSet<string> GuardWords { get; }

    /// <summary>The same for members and entry points that kill.</summary>
    public ImmutableHashSet<string> KillWords { get; }

    /// <summary>Those of <see cref="KillWords"/> that end whichever process they are called on.</summary>
    public ImmutableHashSet<string> TargetedKillWords { get; }

    /// <summary>The same for members that ask the process to end.</summary>
    public ImmutableHashSet<string> ExitWords { get; }

    /// <summary>The same for members that tell which process this is.</summary>
    public ImmutableHashSet<string> OwnProcessWords { get; }

    /// <summary>Names of members that let time pass.</summary>
    public ImmutableHashSet<string> PauseWords { get; }

    /// <summary>Names of types of which a new object takes something: opens a file, claims a name.</summary>
    public ImmutableHashSet<string> CreatedWords { get; }
}
