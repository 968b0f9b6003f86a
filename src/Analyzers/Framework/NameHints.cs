using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;
using LockAnalyzers.Waits;

namespace LockAnalyzers.Framework;

/// <summary>What the name of a call, a created type, a member or an assigned property may stand for.</summary>
[Flags]
internal enum NameHint
{
    None = 0,

    /// <summary>A managed wait.</summary>
    Waits = 1,

    /// <summary>A wait behind a native entry point.</summary>
    WaitsNatively = 2,

    /// <summary>What a handler of a shutdown is registered with.</summary>
    Registers = 4,

    /// <summary>What ends a process.</summary>
    Ends = 8,

    /// <summary>A member that stops the process or an object.</summary>
    Stops = 16,

    /// <summary>A policy that retries without a limit.</summary>
    Policy = 32,

    /// <summary>How often a policy retries.</summary>
    Count = 64,

    /// <summary>Throws when somebody else holds what is asked for.</summary>
    Throws = 128,

    /// <summary>Answers whether it could take a lock, or whether one is held.</summary>
    Answers = 256,

    /// <summary>Lets time pass.</summary>
    Pauses = 512,

    /// <summary>A type of which a new object takes something.</summary>
    Takes = 1024,
}

/// <summary>Tells the <see cref="NameHint"/>s of a name, by one compilation's catalog. Safe in concurrent actions.</summary>
internal sealed class NameHints
{
    private readonly ResolvedCatalog _catalog;
    private readonly RememberedNames<NameHint> _hints;

    public NameHints(ResolvedCatalog catalog)
    {
        _catalog = catalog;
        _hints = new(name => OfShutdown(name) | OfRetry(name));
    }

    public NameHint Of(string name) => _hints.Of(name);

    private NameHint OfShutdown(string name) =>
        (_catalog.ManagedWaits.HasName(name) || TaskBlock.MayBe(name, _catalog) ? NameHint.Waits : 0)
        | (_catalog.NativeWaits.ContainsKey(name) ? NameHint.WaitsNatively : 0)
        | (_catalog.RegistrationNames.Contains(name) ? NameHint.Registers : 0)
        | (_catalog.ExitWords.Contains(name) || _catalog.KillWords.Contains(name) ? NameHint.Ends : 0)
        | (_catalog.StopNames.Contains(name) || _catalog.Says(name, NameSense.Stop) ? NameHint.Stops : 0);

    private NameHint OfRetry(string name) =>
        (_catalog.ForeverRetries.HasName(name) ? NameHint.Policy : 0)
        | (_catalog.RetryCounts.HasName(name) ? NameHint.Count : 0)
        | (_catalog.FileOpens.HasName(name) || _catalog.RegionLocks.HasName(name) ? NameHint.Throws : 0)
        | (MayAnswer(name) ? NameHint.Answers : 0)
        | (_catalog.PauseWords.Contains(name) ? NameHint.Pauses : 0)
        | (_catalog.CreatedWords.Contains(name) ? NameHint.Takes : 0);

    private bool MayAnswer(string name) =>
        _catalog.ManagedWaits.HasName(name) || _catalog.HeldQuestions.HasName(name)
        || _catalog.NativeWaits.ContainsKey(name) || _catalog.NativeTries.ContainsKey(name)
        || _catalog.Says(name, NameSense.Try | NameSense.HeldQuestion);
}
