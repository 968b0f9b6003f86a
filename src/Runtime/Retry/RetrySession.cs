namespace LockAnalyzers.Runtime;

/// <summary>One acquisition by attempts: the only place that decides whether, and after which pause, there is another one.</summary>
internal sealed class RetrySession : Acquisition
{
    private TimeSpan _delay;

    public RetrySession(RetryBudget? budget, CancellationToken cancellationToken, string? resource = null, WaitForm form = WaitForm.Retry)
        : base(form, resource, budget, cancellationToken)
        => _delay = Shorter(Budget.BaseDelay, Budget.MaxDelay);

    /// <summary>Counts a refusal and tells the pause before the next attempt, zero for none; false when the budget is spent.</summary>
    public bool TryGetPause(Refusal refusal, out TimeSpan pause)
    {
        TimeSpan waited = Elapsed;
        if (!refusal.IsInterruption)
        {
            Refused();
        }

        if (waited >= Budget.Deadline || Attempts >= Budget.MaxAttempts)
        {
            pause = TimeSpan.Zero;
            return false;
        }

        pause = refusal.IsInterruption ? TimeSpan.Zero : Shorter(NextDelay(), WholeMilliseconds(Budget.Deadline - waited));
        return true;
    }

    private TimeSpan NextDelay()
    {
        TimeSpan jittered = Jitter.Equal(_delay);
        _delay = Shorter(_delay + _delay, Budget.MaxDelay);
        return WholeMilliseconds(jittered);
    }

    /// <summary>Rounds up, to one at least: a timer cuts fractions off, and pauses of zero would be a busy loop.</summary>
    private static TimeSpan WholeMilliseconds(TimeSpan time) => TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(time.TotalMilliseconds)));

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
