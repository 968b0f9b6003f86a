namespace LockAnalyzers.Runtime;

/// <summary>By which tool is waited; the names, in lower case, are the values of the tag <c>lock.form</c>.</summary>
internal enum WaitForm
{
    /// <summary><see cref="BoundedFile"/> and whatever else waits for the lock on a file.</summary>
    File,

    /// <summary><see cref="BoundedRetry"/>.</summary>
    Retry,

    /// <summary><see cref="BoundedWait"/>.</summary>
    Wait,

    /// <summary><see cref="BoundedProcess"/>.</summary>
    Process,
}
