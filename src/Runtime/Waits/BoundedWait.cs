using System.Runtime.CompilerServices;

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
/// mutex then, though nothing says so where he has no handler for it. The forms that take a <see cref="Mutex"/> say it in a value.</para>
/// <para>A library that takes time-out and token, and answers with a handle or <see langword="null"/>, is given both: <c>BoundedWait.Acquire(@lock.TryAcquire)</c>
/// for DistributedLock.</para>
/// <para>Of the budget only <see cref="RetryBudget.Deadline"/> and <see cref="RetryBudget.TimeProvider"/> count. All members are thread safe.</para>
/// </remarks>
public static class BoundedWait
{
    /// <summary>Waits until <paramref name="wait"/> answers <see langword="true"/>, or throws.</summary>
    /// <param name="wait">A wait that takes the longest time it may last, and answers <see langword="false"/> when that was not enough.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait within 50 ms.</param>
    /// <param name="resource">What is waited for, as messages and diagnostics say it: by default the text of <paramref name="wait"/>. With the path of a file a timeout names who holds it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="wait"/> is <see langword="null"/>.</exception>
    /// <exception cref="LockTimeoutException">The deadline has passed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before it was over.</exception>
    public static void For(Func<TimeSpan, bool> wait, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(wait))] string? resource = null)
    {
        ThrowIfNull(wait);
        using WaitSession session = new(budget, cancellationToken, resource);
        if (!Run(wait, session))
        {
            throw session.TimedOut();
        }
    }

    /// <summary>Waits until <paramref name="wait"/> answers <see langword="true"/>, or the deadline has passed.</summary>
    /// <param name="wait">As for <see cref="For(Func{TimeSpan, bool}, RetryBudget?, CancellationToken, string?)"/>.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait within 50 ms.</param>
    /// <param name="resource">What is waited for, as messages and diagnostics say it: by default the text of <paramref name="wait"/>. With the path of a file a timeout names who holds it.</param>
    /// <returns><see langword="false"/> when the deadline has passed: nothing is owned then.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="wait"/> is <see langword="null"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before it was over.</exception>
    public static bool TryFor(Func<TimeSpan, bool> wait, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(wait))] string? resource = null)
    {
        ThrowIfNull(wait);
        using WaitSession session = new(budget, cancellationToken, resource);
        return Run(wait, session);
    }

    /// <summary>Awaits what a token can cancel, or throws.</summary>
    /// <param name="wait">An asynchronous wait that its token ends, and that owns nothing once it was cancelled: <c>semaphore.WaitAsync</c>, <c>process.WaitForExitAsync</c>.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <param name="resource">What is waited for, as messages and diagnostics say it: by default the text of <paramref name="wait"/>. With the path of a file a timeout names who holds it.</param>
    /// <returns>A task that ends with the wait.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="wait"/> is <see langword="null"/>.</exception>
    /// <exception cref="LockTimeoutException">The deadline has passed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before it was over.</exception>
    public static Task ForAsync(Func<CancellationToken, Task> wait, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(wait))] string? resource = null)
    {
        ThrowIfNull(wait);
        return Throwing();

        async Task Throwing()
        {
            using WaitSession session = new(budget, cancellationToken, resource);
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
    /// <param name="resource">What is waited for, as messages and diagnostics say it: by default the text of <paramref name="wait"/>. With the path of a file a timeout names who holds it.</param>
    /// <returns><see langword="false"/> when the deadline has passed: nothing is owned then.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="wait"/> is <see langword="null"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before it was over.</exception>
    public static Task<bool> TryForAsync(Func<CancellationToken, Task> wait, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(wait))] string? resource = null)
    {
        ThrowIfNull(wait);
        return Answering();

        async Task<bool> Answering()
        {
            using WaitSession session = new(budget, cancellationToken, resource);
            return await RunAsync(wait, session).ConfigureAwait(false);
        }
    }

    /// <summary>Waits until the calling thread owns a mutex, or throws.</summary>
    /// <param name="mutex">The mutex. It belongs to the thread: release it on the same one.</param>
    /// <param name="wasAbandoned">Whether its last owner has ended without releasing it: then what it guards may be half done. It is owned all the same.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait within 50 ms.</param>
    /// <param name="resource">What is waited for, as messages and diagnostics say it: by default the text of <paramref name="mutex"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="mutex"/> is <see langword="null"/>.</exception>
    /// <exception cref="LockTimeoutException">The deadline has passed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before it was over.</exception>
    public static void For(Mutex mutex, out bool wasAbandoned, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(mutex))] string? resource = null)
    {
        MutexWait wait = new(mutex ?? throw new ArgumentNullException(nameof(mutex)));
        For(wait.Owns, budget, cancellationToken, resource);
        wasAbandoned = wait.WasAbandoned;
    }

    /// <summary>Waits until the calling thread owns a mutex, or the deadline has passed.</summary>
    /// <param name="mutex">As for <see cref="For(Mutex, out bool, RetryBudget?, CancellationToken, string?)"/>.</param>
    /// <param name="wasAbandoned">As for <see cref="For(Mutex, out bool, RetryBudget?, CancellationToken, string?)"/>; false when it is not owned.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait within 50 ms.</param>
    /// <param name="resource">What is waited for, as diagnostics say it: by default the text of <paramref name="mutex"/>.</param>
    /// <returns><see langword="false"/> when the deadline has passed: it is not owned then.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="mutex"/> is <see langword="null"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before it was over.</exception>
    public static bool TryFor(Mutex mutex, out bool wasAbandoned, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(mutex))] string? resource = null)
    {
        MutexWait wait = new(mutex ?? throw new ArgumentNullException(nameof(mutex)));
        bool isOwned = TryFor(wait.Owns, budget, cancellationToken, resource);
        wasAbandoned = wait.WasAbandoned;
        return isOwned;
    }

    /// <summary>Asks for a handle once, with the whole deadline and the token, or throws.</summary>
    /// <typeparam name="T">The handle.</typeparam>
    /// <param name="wait">A wait that takes the longest time it may last and a token, and answers <see langword="null"/> when the time was not enough.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Handed on; how soon it ends the wait is up to <paramref name="wait"/>.</param>
    /// <param name="resource">What is waited for, as messages and diagnostics say it: by default the text of <paramref name="wait"/>. With the path of a file a timeout names who holds it.</param>
    /// <returns>The handle.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="wait"/> is <see langword="null"/>.</exception>
    /// <exception cref="LockTimeoutException">It answered <see langword="null"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before, or <paramref name="wait"/> has thrown it.</exception>
    public static T Acquire<T>(Func<TimeSpan, CancellationToken, T?> wait, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(wait))] string? resource = null)
        where T : class
    {
        ThrowIfNull(wait);
        using WaitSession session = new(budget, cancellationToken, resource);
        return session.Ask(wait) ?? throw session.TimedOut();
    }

    /// <summary>Asks for a handle once, with the whole deadline and the token.</summary>
    /// <typeparam name="T">The handle.</typeparam>
    /// <param name="wait">As for <see cref="Acquire"/>.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Handed on; how soon it ends the wait is up to <paramref name="wait"/>.</param>
    /// <param name="resource">What is waited for, as diagnostics say it: by default the text of <paramref name="wait"/>.</param>
    /// <returns>The handle; <see langword="null"/> when the time was not enough.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="wait"/> is <see langword="null"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before, or <paramref name="wait"/> has thrown it.</exception>
    public static T? TryAcquire<T>(Func<TimeSpan, CancellationToken, T?> wait, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(wait))] string? resource = null)
        where T : class
    {
        ThrowIfNull(wait);
        using WaitSession session = new(budget, cancellationToken, resource);
        return session.Ask(wait);
    }

    /// <inheritdoc cref="Acquire"/>
    public static Task<T> AcquireAsync<T>(Func<TimeSpan, CancellationToken, ValueTask<T?>> wait, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(wait))] string? resource = null)
        where T : class
    {
        ThrowIfNull(wait);
        return Throwing();

        async Task<T> Throwing()
        {
            using WaitSession session = new(budget, cancellationToken, resource);
            return await session.AskAsync(wait).ConfigureAwait(false) ?? throw session.TimedOut();
        }
    }

    /// <inheritdoc cref="TryAcquire"/>
    public static Task<T?> TryAcquireAsync<T>(Func<TimeSpan, CancellationToken, ValueTask<T?>> wait, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(wait))] string? resource = null)
        where T : class
    {
        ThrowIfNull(wait);
        return Answering();

        async Task<T?> Answering()
        {
            using WaitSession session = new(budget, cancellationToken, resource);
            return await session.AskAsync(wait).ConfigureAwait(false);
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
