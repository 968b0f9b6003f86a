namespace LockAnalyzers.Runtime;

/// <summary>One acquisition under one budget: the only place that decides whether, and after which pause, there is another attempt.</summary>
/// <remarks>Used by one acquisition, hence by one thread at a time.</remarks>
internal sealed class RetrySession
{
    private readonly RetryBudget budget;
    private readonly string? resource;
    private readonly long started;
    private TimeSpan delay;
    private int attempts;

    public RetrySession(RetryBudget? budget, CancellationToken cancellationToken, string? resource = null)
    {
        this.budget = budget ?? RetryBudget.Default;
        this.resource = resource;
        CancellationToken = cancellationToken;
        delay = Shorter(this.budget.BaseDelay, this.budget.MaxDelay);
        started = TimeProvider.GetTimestamp();
    }

    public CancellationToken CancellationToken { get; }

    public TimeProvider TimeProvider => budget.TimeProvider;

    /// <summary>Counts a refusal and returns the pause before the next attempt, zero for none.</summary>
    /// <exception cref="LockTimeoutException">The budget is spent.</exception>
    public TimeSpan NextPause(Refusal refusal)
    {
        TimeSpan waited = TimeProvider.GetElapsedTime(started);
        if (!refusal.IsInterruption)
        {
            attempts++;
        }

        if (waited >= budget.Deadline || attempts >= budget.MaxAttempts)
        {
            throw new LockTimeoutException(resource, waited, attempts, budget, refusal.Reason);
        }

        return refusal.IsInterruption ? TimeSpan.Zero : Shorter(NextDelay(), WholeMilliseconds(budget.Deadline - waited));
    }

    private TimeSpan NextDelay()
    {
        TimeSpan jittered = Jitter.Equal(delay);
        delay = Shorter(delay + delay, budget.MaxDelay);
        return WholeMilliseconds(jittered);
    }

    /// <summary>Rounds up, to one at least: a timer cuts fractions off, and pauses of zero would be a busy loop.</summary>
    private static TimeSpan WholeMilliseconds(TimeSpan time) => TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(time.TotalMilliseconds)));

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
