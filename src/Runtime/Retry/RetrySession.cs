namespace LockAnalyzers.Runtime;

/// <summary>One acquisition by attempts: the only place that decides whether, and after which pause, there is another one.</summary>
internal sealed class RetrySession : Acquisition
{
    private TimeSpan _delay;

    public RetrySession(RetryBudget? budget, CancellationToken cancellationToken, string? resource = null, WaitForm form = WaitForm.Retry)
        : base(form, resource, budget, cancellationToken)
        => _delay = Shorter(Budget.BaseDelay, Budget.MaxDelay);

    /// <summary>Counts a refusal and tells the pause before the next attempt, zero for none; false when the budget is spent.</summary>
    /// <param name="refusal">Why the attempt has not succeeded.</param>
    /// <param name="pause">How long to wait.</param>
    /// <param name="willBeWoken">No attempt can succeed before an event that will end the pause: it may last until the deadline, unless attempts are numbered.</param>
    /// <param name="stretch">Pauses may grow to so many times <see cref="RetryBudget.MaxDelay"/>, because something else is likely to end them early.</param>
    public bool TryGetPause(Refusal refusal, out TimeSpan pause, bool willBeWoken = false, int stretch = 1)
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

        TimeSpan left = WholeMilliseconds(Budget.Deadline - waited);
        pause = refusal.IsInterruption ? TimeSpan.Zero
            : willBeWoken && Budget.MaxAttempts is null ? left
            : Shorter(NextDelay(stretch), left);
        return true;
    }

    /// <summary>Whether nothing more is to be tried: the outcome is final, or the budget is spent. If not, after which pause.</summary>
    public bool IsOver<T>(Outcome<T> outcome, out TimeSpan pause)
    {
        pause = TimeSpan.Zero;
        if (outcome.IsFinal)
        {
            Succeeded();
            return true;
        }

        if (TryGetPause(outcome.Refusal, out pause))
        {
            return false;
        }

        GaveUp();
        return true;
    }

    private TimeSpan NextDelay(int stretch)
    {
        TimeSpan jittered = Jitter.Equal(_delay);
        _delay = Shorter(_delay + _delay, TimeSpan.FromTicks(Budget.MaxDelay.Ticks * stretch));
        return WholeMilliseconds(jittered);
    }

    /// <summary>Rounds up, to one at least: a timer cuts fractions off, and pauses of zero would be a busy loop.</summary>
    private static TimeSpan WholeMilliseconds(TimeSpan time) => TimeSpan.FromMilliseconds(Math.Max(1, Math.Ceiling(time.TotalMilliseconds)));

    private static TimeSpan Shorter(TimeSpan a, TimeSpan b) => a < b ? a : b;
}
