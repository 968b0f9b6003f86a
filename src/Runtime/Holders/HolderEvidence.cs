namespace LockAnalyzers.Runtime;

/// <summary>What is known of a <see cref="LockHolder"/>.</summary>
public enum HolderEvidence
{
    /// <summary>It has the file open. Windows and macOS tell no more: on macOS it may be another one that waits.</summary>
    OpenFile,

    /// <summary>The kernel lists the lock as its own (Linux).</summary>
    Lock,
}
