namespace LockAnalyzers.Runtime;

/// <summary>Waits that end: any wait that takes a time-out, ended by a deadline and by a token.</summary>
/// <remarks>
/// <para>Give it the bounded form of the wait: <c>BoundedWait.For(mutex.WaitOne)</c>, <c>BoundedWait.For(gate.TryEnterWriteLock)</c>,
/// <c>BoundedWait.For(time => Monitor.TryEnter(sync, time))</c>. It runs on the calling thread, so what belongs to a thread
/// (<see cref="Mutex"/>, <see cref="Monitor"/>, <see cref="ReaderWriterLockSlim"/>) is owned by the caller afterwards.</para>
/// <para>Without a token the wait is called once, for the whole deadline. With one it is called in slices of 50 ms, and the token is
/// looked at between them: on Unix nothing else ends a wait for a named <see cref="Mutex"/> (docs/runtime.md). A wait that counts
/// each call (<see cref="Barrier.SignalAndWait(TimeSpan)"/>) must therefore not be given a token here.</para>
/// <para>Exceptions of the wait reach the caller untouched. <see cref="AbandonedMutexException"/> is one of them: the caller owns the
/// mutex then, and what it guards may be half done.</para>
/// <para>Of the budget only <see cref="RetryBudget.Deadline"/> and <see cref="RetryBudget.TimeProvider"/> count. All members are thread safe.</para>
/// </remarks>
public static class BoundedWait
{
    /// <summary>Waits until <paramref name="wait"/> answers <see langword="true"/>, or throws.</summary>
    /// <param name="wait">A wait that takes the longest time it may last, and answers <see langword="false"/> when that was not enough.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait within 50 ms.</param>
    /// <exception cref="ArgumentNullException"><paramref name="wait"/> is <see langword="null"/>.</exception>
    /// <exception cref="LockTimeoutException">The deadline has passed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before it was over.</exception>
    public static void For(Func<TimeSpan, bool> wait, RetryBudget? budget = null, CancellationToken cancellationToken = default)
    {
        ThrowIfNull(wait);
        using WaitSession session = new(budget, cancellationToken);
        if (!Run(wait, session))
        {
            throw session.TimedOut();
        }
    }

    /// <summary>Waits until <paramref name="wait"/> answers <see langword="true"/>, or the deadline has passed.</summary>
    /// <param name="wait">As for <see cref="For"/>.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait within 50 ms.</param>
    /// <returns><see langword="false"/> when the deadline has passed: nothing is owned then.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="wait"/> is <see langword="null"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before it was over.</exception>
    public static bool TryFor(Func<TimeSpan, bool> wait, RetryBudget? budget = null, CancellationToken cancellationToken = default)
    {
        ThrowIfNull(wait);
        using WaitSession session = new(budget, cancellationToken);
        return Run(wait, session);
    }

    /// <summary>Awaits what a token can cancel, or throws.</summary>
    /// <param name="wait">An asynchronous wait that its token ends, and that owns nothing once it was cancelled: <c>semaphore.WaitAsync</c>, <c>process.WaitForExitAsync</c>.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>A task that ends with the wait.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="wait"/> is <see langword="null"/>.</exception>
    /// <exception cref="LockTimeoutException">The deadline has passed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before it was over.</exception>
    public static Task ForAsync(Func<CancellationToken, Task> wait, RetryBudget? budget = null, CancellationToken cancellationToken = default)
    {
        ThrowIfNull(wait);
        return Throwing();

        async Task Throwing()
        {
            using WaitSession session = new(budget, cancellationToken);
            if (!await RunAsync(wait, session).ConfigureAwait(false))
            {
                throw session.TimedOut();
            }
        }
    }

    /// <summary>Awaits what a token can cancel, or the deadline.</summary>
    /// <param name="wait">As for <see cref="ForAsync"/>.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns><see langword="false"/> when the deadline has passed: nothing is owned then.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="wait"/> is <see langword="null"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before it was over.</exception>
    public static Task<bool> TryForAsync(Func<CancellationToken, Task> wait, RetryBudget? budget = null, CancellationToken cancellationToken = default)
    {
        ThrowIfNull(wait);
        return Answering();

        async Task<bool> Answering()
        {
            using WaitSession session = new(budget, cancellationToken);
            return await RunAsync(wait, session).ConfigureAwait(false);
        }
    }

    private static bool Run(Func<TimeSpan, bool> wait, WaitSession session)
    {
        bool isOver = session.Wait(wait);
        session.Ended(isOver);
        return isOver;
    }

    private static async Task<bool> RunAsync(Func<CancellationToken, Task> wait, WaitSession session)
    {
        session.CancellationToken.ThrowIfCancellationRequested();
        session.BeginWait();
        using CancellationTokenSource limit = session.Limit();
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(session.CancellationToken, limit.Token);
        try
        {
            await wait(either.Token).ConfigureAwait(false);
            session.Ended(isOver: true);
            return true;
        }
        catch (OperationCanceledException) when (session.CancellationToken.IsCancellationRequested)
        {
            session.CancellationToken.ThrowIfCancellationRequested();
            throw;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            session.Ended(isOver: false);
            return false;
        }
    }

    private static void ThrowIfNull(object? wait)
    {
        if (wait is null)
        {
            throw new ArgumentNullException(nameof(wait));
        }
    }
}
