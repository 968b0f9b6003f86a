namespace LockAnalyzers.Runtime;

/// <summary>One wait under one deadline.</summary>
internal sealed class WaitSession
{
    private readonly RetryBudget _budget;
    private readonly long _started;

    public WaitSession(RetryBudget? budget, CancellationToken cancellationToken)
    {
        _budget = budget ?? RetryBudget.Default;
        CancellationToken = cancellationToken;
        _started = _budget.TimeProvider.GetTimestamp();
    }

    public CancellationToken CancellationToken { get; }

    /// <summary>The time left, in whole milliseconds rounded up, because waits cut fractions off; zero when none is.</summary>
    public TimeSpan Left
    {
        get
        {
            TimeSpan left = _budget.Deadline - Waited;
            return left > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)) : TimeSpan.Zero;
        }
    }

    private TimeSpan Waited => _budget.TimeProvider.GetElapsedTime(_started);

    /// <summary>A source that is cancelled at the deadline.</summary>
    public CancellationTokenSource Limit() =>
#if NET
        new(_budget.Deadline, _budget.TimeProvider);
#else
        _budget.TimeProvider.CreateCancellationTokenSource(_budget.Deadline);
#endif

    public LockTimeoutException TimedOut() => new(resource: null, Waited, attempts: 1, _budget);
}
