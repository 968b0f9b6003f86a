namespace LockAnalyzers.Runtime;

/// <summary>One wait under one deadline.</summary>
internal sealed class WaitSession : Acquisition
{
    /// <summary>How soon a token is noticed that nothing else can bring into a wait.</summary>
    private static readonly TimeSpan Slice = TimeSpan.FromMilliseconds(50);

    public WaitSession(RetryBudget? budget, CancellationToken cancellationToken, string? resource = null, WaitForm form = WaitForm.Wait)
        : base(form, resource, budget, cancellationToken)
    {
    }

    /// <summary>A source that is cancelled at the deadline.</summary>
    public CancellationTokenSource Limit() =>
#if NET
        new(Budget.Deadline, TimeProvider);
#else
        TimeProvider.CreateCancellationTokenSource(Budget.Deadline);
#endif

    /// <summary>Waits on this thread; false when the deadline has passed.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before it was over.</exception>
    public bool Wait(Func<TimeSpan, bool> wait)
    {
        while (true)
        {
            CancellationToken.ThrowIfCancellationRequested();
            BeginWait();
            TimeSpan left = Left;
            if (wait(CancellationToken.CanBeCanceled && left > Slice ? Slice : left))
            {
                return true; // Also when the token was cancelled meanwhile: what has been acquired must reach who can release it.
            }

            if (Left == TimeSpan.Zero)
            {
                return false;
            }
        }
    }

    /// <summary>Asks once for a handle; <see langword="null"/> when the deadline has passed.</summary>
    /// <exception cref="OperationCanceledException">The token was cancelled before, or the wait has thrown it.</exception>
    public T? Ask<T>(Func<TimeSpan, CancellationToken, T?> wait)
        where T : class
    {
        CancellationToken.ThrowIfCancellationRequested();
        BeginWait();
        T? handle = wait(Left, CancellationToken);
        Ended(isOver: handle is not null);
        return handle;
    }

    /// <inheritdoc cref="Ask"/>
    public async Task<T?> AskAsync<T>(Func<TimeSpan, CancellationToken, ValueTask<T?>> wait)
        where T : class
    {
        CancellationToken.ThrowIfCancellationRequested();
        BeginWait();
        T? handle = await wait(Left, CancellationToken).ConfigureAwait(false);
        Ended(isOver: handle is not null);
        return handle;
    }

    /// <summary>The wait is over, or the deadline has passed; a wait is one attempt.</summary>
    public void Ended(bool isOver)
    {
        if (isOver)
        {
            Succeeded();
        }
        else
        {
            Refused();
            GaveUp();
        }
    }
}
