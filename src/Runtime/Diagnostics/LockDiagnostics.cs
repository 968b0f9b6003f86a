namespace LockAnalyzers.Runtime;

/// <summary>What can be seen of this library from outside: its waits, their ends, and its watchdogs.</summary>
/// <remarks>
/// <para>An <c>EventSource</c>, and in the net8.0 build a <c>Meter</c> and an <c>ActivitySource</c>, all under <see cref="SourceName"/>; docs/diagnostics.md lists
/// events, instruments and tags. Nothing is made or measured for a channel that nobody listens to.</para>
/// <para>All members are thread safe.</para>
/// </remarks>
public static class LockDiagnostics
{
    /// <summary>The name of the <c>EventSource</c>, of the <c>Meter</c> and of the <c>ActivitySource</c>: <c>LockAnalyzers.Runtime</c>.</summary>
    public const string SourceName = "LockAnalyzers.Runtime";

    private static long _stillWaitingAfter = TimeSpan.FromSeconds(3).Ticks;

    /// <summary>How long a wait lasts before it is told of by the event <c>StillWaiting</c>, once. Default: 3 s.</summary>
    /// <value>More than zero and at most <see cref="int.MaxValue"/> milliseconds. Counts for waits that begin after it was set.</value>
    /// <remarks>A timer of the wait's <see cref="RetryBudget.TimeProvider"/> tells it, hence on the pool for the system's clock: a full pool delays it. Only
    /// while somebody listens is there a timer.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public static TimeSpan StillWaitingAfter
    {
        get => TimeSpan.FromTicks(Interlocked.Read(ref _stillWaitingAfter));
        set => Interlocked.Exchange(ref _stillWaitingAfter, WaitTime.InRange(value).Ticks);
    }

    /// <summary>The waits of this process that have begun and not ended, the oldest first: for a post-mortem, a health check, a debugger.</summary>
    /// <returns>A copy of the moment; empty when nobody waits. What is obtained at the first attempt never waits.</returns>
    public static IReadOnlyList<PendingWait> GetPendingWaits() => [.. PendingWaits.Snapshot().Select(static wait => new PendingWait(wait))];
}
