namespace LockAnalyzers.Runtime;

/// <summary>What a cleanup has found. The value of a variable that nobody has set is not a success.</summary>
public enum CleanupResult
{
    /// <summary>The acquisition has not ended: the lock may be taken later.</summary>
    StillPending,

    /// <summary>Nothing was acquired, and nothing will be.</summary>
    NothingHeld,

    /// <summary>What was acquired has been given back.</summary>
    Released,
}
