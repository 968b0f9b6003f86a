namespace LockAnalyzers.Runtime;

/// <summary>With whom a <see cref="FileLock"/> is shared. The value of a variable that nobody has set shares with nobody.</summary>
public enum FileLockMode
{
    /// <summary>One holder, and nobody else: <c>LOCK_EX</c>, <see cref="FileShare.None"/>.</summary>
    Exclusive,

    /// <summary>Any number of holders that all ask for this mode: <c>LOCK_SH</c>, <see cref="FileShare.Read"/>.</summary>
    Shared,
}
