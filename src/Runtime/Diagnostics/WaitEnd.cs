namespace LockAnalyzers.Runtime;

/// <summary>How a wait can end; the names, in lower case, are the values of the tag <c>lock.outcome</c>.</summary>
internal enum WaitEnd
{
    /// <summary>By an exception of what was called.</summary>
    Failed,
    Acquired,
    TimedOut,
    Cancelled,
}
