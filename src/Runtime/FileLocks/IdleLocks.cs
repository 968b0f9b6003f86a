namespace LockAnalyzers.Runtime;

/// <summary>Closes the files of locks that nobody has taken again for a moment.</summary>
/// <remarks>A file that stays open makes the next acquisition cheaper, but must not keep a disk from being unmounted.</remarks>
internal static class IdleLocks
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(100);
    private static readonly Timer Sweeper = NewTimer();
    private static int _running;

    /// <summary>There is something to close later. Called when it is visible to others.</summary>
    public static void Notice()
    {
        if (Interlocked.CompareExchange(ref _running, 1, 0) == 0)
        {
            Sweeper.Change(Moment, Timeout.InfiniteTimeSpan);
        }
    }

    private static void Sweep()
    {
        // First, so that what becomes idle while we look starts the timer again.
        Interlocked.Exchange(ref _running, 0);
        if (PathLock.CloseIdle(Moment))
        {
            Notice();
        }
    }

    /// <summary>A timer without the context of whoever happens to be the first.</summary>
    private static Timer NewTimer()
    {
        bool flows = !ExecutionContext.IsFlowSuppressed();
        if (flows)
        {
            ExecutionContext.SuppressFlow();
        }

        try
        {
            return new Timer(static _ => Sweep(), null, Timeout.Infinite, Timeout.Infinite);
        }
        finally
        {
            if (flows)
            {
                ExecutionContext.RestoreFlow();
            }
        }
    }
}
