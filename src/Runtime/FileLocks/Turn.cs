namespace LockAnalyzers.Runtime;

/// <summary>What came of one attempt.</summary>
internal enum Turn
{
    /// <summary>Somebody in this process holds the lock or is first in the queue: we are woken when that changes, and only then can we have it.</summary>
    Later,

    /// <summary>Another process holds the lock.</summary>
    Refused,

    /// <summary>The lock is ours.</summary>
    Taken,
}
