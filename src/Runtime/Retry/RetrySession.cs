namespace LockAnalyzers.Runtime;

/// <summary>One acquisition under one budget: the only place that decides whether, and after which pause, there is another attempt.</summary>
/// <remarks>Used by one acquisition, hence by one thread at a time.</remarks>
internal sealed class RetrySession
{
    private readonly RetryBudget _budget;
    private readonly string? _resource;
    private readonly long _started;
    private TimeSpan _delay;
    private int _attempts;

    public RetrySession(RetryBudget? budget, CancellationToken cancellationToken, string? resource = null)
    {
        _budget = budget ?? RetryBudget.Default;
        _resource = resource;
        CancellationToken = cancellationToken;
        _delay = Shorter(_budget.BaseDelay, _budget.MaxDelay);
        _started = TimeProvider.GetTimestamp();
    }

    public CancellationToken CancellationToken { get; }

    public TimeProvider TimeProvider => _budget.TimeProvider;

    /// <summary>Counts a refusal and returns the pause before the next attempt, zero for none.</summary>
    /// <exception cref="LockTimeoutException">The budget is spent.</exception>
    public TimeSpan NextPause(Refusal refusal)
    {
        TimeSpan waited = TimeProvider.GetElapsedTime(_started);
        if (!refusal.IsInterruption)
        {
            _attempts++;
        }

        if (waited >= _budget.Deadline || _attempts >= _budget.MaxAttempts)
        {
            throw new LockTimeoutException(_resource, waited, _attempts, _budget, refusal.Reason);
        }

        return refusal.IsInterruption ? TimeSpan.Zero : Shorter(NextDelay(), WholeMilliseconds(_budget.Deadline - waited));
    }

    private TimeSpan NextDelay()
    {
        TimeSpan jittered = Jitter.Equal(_delay);
        _delay = Shorter(_delay + _delay, _budget.MaxDelay);
        return WholeMilliseconds(jittered);
    }

    /// <summary>Rounds up, to one at least: a timer cuts fractions off, and pauses of zero would be a busy loop.</summary>
    private static TimeSpan WholeMilliseconds(TimeSpan time) => TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(time.TotalMilliseconds)));

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
