namespace LockAnalyzers.Runtime;

/// <summary>One acquisition under one budget: the one place where every wait of this library begins and ends, and is told of.</summary>
/// <remarks>
/// <para>Used by one acquisition, hence by one thread at a time; only what <see cref="PendingWait"/> reads is read by others. As long as nothing has
/// been refused (<see cref="BeginWait"/>), it is no more than a stopwatch.</para>
/// <para>Dispose of it in every case: the end is <see cref="WaitEnd.Acquired"/> or <see cref="WaitEnd.TimedOut"/> if one of the members said so before,
/// otherwise an exception is on its way.</para>
/// </remarks>
internal class Acquisition : IDisposable
{
    private readonly string? _resource;
    private readonly long _started;
    private WaitEnd? _end;
    private ITimer? _notice;

    public Acquisition(WaitForm form, string? resource, RetryBudget? budget, CancellationToken cancellationToken)
    {
        Form = form;
        _resource = resource;
        Budget = budget ?? RetryBudget.Default;
        CancellationToken = cancellationToken;
        _started = TimeProvider.GetTimestamp();
    }

    public WaitForm Form { get; }

    /// <summary>A path as it is; what a delegate waits for, made fit for a message only when it is told.</summary>
    public string? Resource => Form is WaitForm.Retry or WaitForm.Wait ? Written.Name(_resource) : _resource;

    public RetryBudget Budget { get; }

    public CancellationToken CancellationToken { get; }

    public TimeProvider TimeProvider => Budget.TimeProvider;

    /// <summary>The number of refused attempts.</summary>
    public int Attempts { get; protected set; }

    /// <summary>The time since the first attempt.</summary>
    public TimeSpan Elapsed => TimeProvider.GetElapsedTime(_started);

    /// <summary>The time left, in whole milliseconds rounded up, because waits cut fractions off; zero when none is.</summary>
    public TimeSpan Left
    {
        get
        {
            TimeSpan left = Budget.Deadline - Elapsed;
            return left > TimeSpan.Zero ? TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)) : TimeSpan.Zero;
        }
    }

    /// <summary>Tells the wait from others in events; zero before it has begun.</summary>
    public long Id { get; private set; }

    /// <summary>The neighbours in <see cref="PendingWaits"/>, which alone may touch them.</summary>
    internal Acquisition? Older { get; set; }

    /// <inheritdoc cref="Older"/>
    internal Acquisition? Younger { get; set; }

#if NET
    /// <summary>The wait as a span, while somebody listens to it.</summary>
    internal System.Diagnostics.Activity? Activity { get; set; }
#endif

    /// <summary>What was asked for is not to be had at once: from here on it is a wait. May be called again.</summary>
    public void BeginWait()
    {
        if (Id != 0)
        {
            return;
        }

        bool isHeard = Telling.HearsNotices; // Before it is listed: the question may let in a listener, who is told of all that is.
        Id = Telling.NextId();
        PendingWaits.Add(this);
        Telling.WaitBegan(this);
        if (isHeard && LockDiagnostics.StillWaitingAfter is var after && after < Budget.Deadline)
        {
            _notice = TimeProvider.CreateTimer(static wait => Telling.StillWaiting((Acquisition)wait!), this, after, Timeout.InfiniteTimeSpan);
        }
    }

    /// <summary>Counts an attempt that was refused.</summary>
    public void Refused()
    {
        Attempts++;
        BeginWait();
    }

    public void Succeeded() => _end = WaitEnd.Acquired;

    /// <summary>The budget is spent, and the answer of the caller is no exception.</summary>
    public void GaveUp() => _end = WaitEnd.TimedOut;

    /// <summary>The budget is spent: says all that can be found out about why.</summary>
    /// <param name="reason">The last refusal, if it was an exception.</param>
    public LockTimeoutException TimedOut(Exception? reason = null)
    {
        GaveUp();
        TimeSpan waited = Elapsed;
        IReadOnlyList<LockHolder> holders = HolderSearch.Find(Resource);
        var timeout = new LockTimeoutException(Resource, waited, Attempts, Budget, reason, holders);
        Telling.TimedOut(this, timeout);
        return timeout;
    }

    public void Dispose()
    {
        if (Id == 0)
        {
            return;
        }

        _notice?.Dispose();
        PendingWaits.Remove(this);
        Telling.WaitEnded(this, _end ?? (CancellationToken.IsCancellationRequested ? WaitEnd.Cancelled : WaitEnd.Failed));
    }
}
