using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Naming;
using LockAnalyzers.Waits;

namespace LockAnalyzers.Shutdown;

/// <summary>What a name may stand for in a shutdown.</summary>
[Flags]
internal enum ShutdownHint
{
    None = 0,

    /// <summary>A managed wait.</summary>
    Waits = 1,

    /// <summary>A wait behind a native entry point.</summary>
    WaitsNatively = 2,

    /// <summary>What a handler is registered with.</summary>
    Registers = 4,

    /// <summary>What ends a process.</summary>
    Ends = 8,

    /// <summary>A member that stops the process or an object.</summary>
    Stops = 16,
}

/// <summary>Tells the <see cref="ShutdownHint"/>s of a name.</summary>
internal sealed class ShutdownHints
{
    private readonly RememberedNames<ShutdownHint> _hints;

    public ShutdownHints(ResolvedCatalog catalog) => _hints = new(name =>
        (catalog.ManagedWaits.HasName(name) || TaskBlock.MayBe(name, catalog) ? ShutdownHint.Waits : 0)
        | (catalog.NativeWaits.ContainsKey(name) ? ShutdownHint.WaitsNatively : 0)
        | (catalog.RegistrationNames.Contains(name) ? ShutdownHint.Registers : 0)
        | (catalog.ExitWords.Contains(name) || catalog.KillWords.Contains(name) ? ShutdownHint.Ends : 0)
        | (catalog.StopNames.Contains(name) || catalog.Says(name, NameSense.Stop) ? ShutdownHint.Stops : 0));

    public ShutdownHint Of(string name) => _hints.Of(name);
}
