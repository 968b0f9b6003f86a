using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Naming;

namespace LockAnalyzers.Attempts;

/// <summary>What the name of a call, a created type or an assigned property may stand for in a retry.</summary>
[Flags]
internal enum RetryHint
{
    None = 0,

    /// <summary>A policy that retries without a limit.</summary>
    Policy = 1,

    /// <summary>How often a policy retries.</summary>
    Count = 2,

    /// <summary>Throws when somebody else holds what is asked for.</summary>
    Throws = 4,

    /// <summary>Answers whether it could take a lock, or whether one is held.</summary>
    Answers = 8,

    /// <summary>Lets time pass.</summary>
    Pauses = 16,

    /// <summary>A type of which a new object takes something.</summary>
    Takes = 32,
}

/// <summary>Tells the <see cref="RetryHint"/>s of a name.</summary>
internal sealed class RetryHints
{
    private readonly RememberedNames<RetryHint> _hints;

    public RetryHints(ResolvedCatalog catalog) => _hints = new(name =>
        (catalog.ForeverRetries.HasName(name) ? RetryHint.Policy : 0)
        | (catalog.RetryCounts.HasName(name) ? RetryHint.Count : 0)
        | (catalog.FileOpens.HasName(name) || catalog.RegionLocks.HasName(name) ? RetryHint.Throws : 0)
        | (MayAnswer(name, catalog) ? RetryHint.Answers : 0)
        | (catalog.PauseWords.Contains(name) ? RetryHint.Pauses : 0)
        | (catalog.CreatedWords.Contains(name) ? RetryHint.Takes : 0));

    public RetryHint Of(string name) => _hints.Of(name);

    private static bool MayAnswer(string name, ResolvedCatalog catalog) =>
        catalog.ManagedWaits.HasName(name) || catalog.HeldQuestions.HasName(name)
        || catalog.NativeWaits.ContainsKey(name) || catalog.NativeTries.ContainsKey(name)
        || catalog.Says(name, NameSense.Try | NameSense.HeldQuestion);
}
