using System.Collections.Immutable;

namespace LockAnalyzers.Catalog;

/// <summary>Names that the entries speak of, as plain text: what syntax is asked for before anything is bound, and where symbols cannot be had.</summary>
internal sealed class ShutdownNames
{
    public ShutdownNames(CatalogEntries entries)
    {
        Registrations = Set(entries.ShutdownRoots.Where(root => root.Form is RootForm.Event or RootForm.Call).Select(root => root.Name.Member).Concat(Members(ShutdownRole.Register)));
        Stops = Set(entries.ShutdownRoots.Where(root => root.Form == RootForm.Member).Select(root => root.Name.Member));
        Guards = entries.NativeGuards.Union(Of(ShutdownRole.Guard).Select(SimpleType));
        Kills = entries.NativeKills.Union(Members(ShutdownRole.Kill));
        var own = Set(Of(ShutdownRole.OwnProcess).Select(name => name.Type));
        TargetedKills = Set(Of(ShutdownRole.Kill).Where(name => own.Contains(name.Type)).Select(name => name.Member));
        Exits = Set(Members(ShutdownRole.Exit));
        OwnProcess = Set(Members(ShutdownRole.OwnProcess));
        Pauses = Set(Members(ShutdownRole.Pause).Concat(Members(ShutdownRole.Delay)).Concat(entries.Ticks.Select(tick => tick.Name.Member)));
        Created = Set(entries.FileOpens.Select(open => open.Name).Concat(entries.Claims.Select(claim => claim.Name)).Where(name => name.Member == ".ctor").Select(SimpleType));

        IEnumerable<MemberName> Of(ShutdownRole role) => entries.ShutdownMembers.Where(member => member.Role == role).Select(member => member.Name);
        IEnumerable<string> Members(ShutdownRole role) => Of(role).Select(name => name.Member);
        static string SimpleType(MemberName name) => name.Type.Substring(name.Type.LastIndexOf('.') + 1);
        static ImmutableHashSet<string> Set(IEnumerable<string> names) => names.ToImmutableHashSet(StringComparer.Ordinal);
    }

    /// <summary>Events, calls and token callbacks by which a root is registered.</summary>
    public ImmutableHashSet<string> Registrations { get; }

    /// <summary>Members that are roots by overriding or implementing something.</summary>
    public ImmutableHashSet<string> Stops { get; }

    /// <summary>Types and entry points that arm a guard.</summary>
    public ImmutableHashSet<string> Guards { get; }

    /// <summary>Members and entry points that kill a process.</summary>
    public ImmutableHashSet<string> Kills { get; }

    /// <summary>Those that end whichever process they are called on.</summary>
    public ImmutableHashSet<string> TargetedKills { get; }

    /// <summary>Members that ask the process to end.</summary>
    public ImmutableHashSet<string> Exits { get; }

    /// <summary>Members that tell which process this is.</summary>
    public ImmutableHashSet<string> OwnProcess { get; }

    /// <summary>Members that let time pass.</summary>
    public ImmutableHashSet<string> Pauses { get; }

    /// <summary>Types of which a new object takes something: opens a file, claims a name.</summary>
    public ImmutableHashSet<string> Created { get; }
}
