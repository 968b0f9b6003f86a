using System.Runtime.CompilerServices;

namespace LockAnalyzers.Runtime;

/// <summary>Turns any try-lock into a wait with an end: retries, with pauses, within a <see cref="RetryBudget"/>.</summary>
/// <remarks>
/// <para>The attempt must not block; it is called at once, and again after each pause while the answer is "held by somebody else".
/// The first other answer is final: a result is returned, an exception reaches the caller untouched.</para>
/// <para>The token is read before each attempt and ends a pause at once. It is not read after an attempt: what was acquired is
/// returned even if the token was cancelled at that moment. The <see cref="OperationCanceledException"/> carries the caller's token.</para>
/// <para>All members are thread safe. The synchronous forms need no pool thread to end in time; the asynchronous ones resume on the
/// pool, so a full pool delays them, and they may end on another thread than they began: not for a lock that belongs to a thread,
/// such as <see cref="Mutex"/> or <see cref="Monitor"/>.</para>
/// </remarks>
public static partial class BoundedRetry
{
    /// <summary>Retries until the attempt answers <see langword="true"/>.</summary>
    /// <param name="attempt">A try-lock that does not block and says whether it got the lock.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <param name="resource">What is waited for, as messages and diagnostics say it: by default the text of <paramref name="attempt"/>. With the path of a file a timeout names who holds it.</param>
    /// <exception cref="ArgumentNullException"><paramref name="attempt"/> is <see langword="null"/>.</exception>
    /// <exception cref="LockTimeoutException">The budget is spent.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before an attempt or during a pause.</exception>
    public static void Until(Func<bool> attempt, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(attempt))] string? resource = null)
        => Until(attempt, IsTrue, budget, cancellationToken, resource);

    /// <summary>Retries until the attempt answers <see langword="true"/>, or the budget is spent.</summary>
    /// <param name="attempt">A try-lock that does not block and says whether it got the lock.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <param name="resource">What is waited for, as diagnostics say it: by default the text of <paramref name="attempt"/>.</param>
    /// <returns><see langword="false"/> when the budget is spent: nothing is owned then.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="attempt"/> is <see langword="null"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before an attempt or during a pause.</exception>
    public static bool TryUntil(Func<bool> attempt, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(attempt))] string? resource = null)
    {
        ThrowIfNull(attempt, nameof(attempt));
        return RetryLoop.TryRun(new RetrySession(budget, cancellationToken, resource), () => Attempt.ByValue(attempt, IsTrue)).IsFinal;
    }

    /// <summary>Retries until the attempt's result counts as acquired.</summary>
    /// <typeparam name="T">The attempt's result.</typeparam>
    /// <param name="attempt">A try-lock that does not block.</param>
    /// <param name="isAcquired">Whether a result means that the lock was obtained.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <param name="resource">What is waited for, as messages and diagnostics say it: by default the text of <paramref name="attempt"/>. With the path of a file a timeout names who holds it.</param>
    /// <returns>The first result that counts as acquired.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="attempt"/> or <paramref name="isAcquired"/> is <see langword="null"/>.</exception>
    /// <exception cref="LockTimeoutException">The budget is spent.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before an attempt or during a pause.</exception>
    public static T Until<T>(Func<T> attempt, Func<T, bool> isAcquired, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(attempt))] string? resource = null)
    {
        ThrowIfNull(attempt, nameof(attempt));
        ThrowIfNull(isAcquired, nameof(isAcquired));
        return RetryLoop.Run(new RetrySession(budget, cancellationToken, resource), () => Attempt.ByValue(attempt, isAcquired));
    }

    /// <summary>Retries until the attempt returns a handle; <see langword="null"/> means that somebody else holds the lock.</summary>
    /// <typeparam name="T">The handle.</typeparam>
    /// <param name="attempt">A try-lock that does not block.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <param name="resource">What is waited for, as messages and diagnostics say it: by default the text of <paramref name="attempt"/>. With the path of a file a timeout names who holds it.</param>
    /// <returns>The handle.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="attempt"/> is <see langword="null"/>.</exception>
    /// <exception cref="LockTimeoutException">The budget is spent.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before an attempt or during a pause.</exception>
    public static T Acquire<T>(Func<T?> attempt, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(attempt))] string? resource = null)
        where T : class
        => Until(attempt, IsNotNull, budget, cancellationToken, resource)!;

    /// <summary>Retries until the attempt returns a handle, or the budget is spent.</summary>
    /// <typeparam name="T">The handle.</typeparam>
    /// <param name="attempt">A try-lock that does not block; <see langword="null"/> means that somebody else holds the lock.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <param name="resource">What is waited for, as diagnostics say it: by default the text of <paramref name="attempt"/>.</param>
    /// <returns>The handle; <see langword="null"/> when the budget is spent.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="attempt"/> is <see langword="null"/>.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before an attempt or during a pause.</exception>
    public static T? TryAcquire<T>(Func<T?> attempt, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(attempt))] string? resource = null)
        where T : class
    {
        ThrowIfNull(attempt, nameof(attempt));
        return RetryLoop.TryRun(new RetrySession(budget, cancellationToken, resource), () => Attempt.ByValue(attempt, IsNotNull)).Value;
    }

    /// <summary>Retries while the attempt fails because somebody else holds a file, see <see cref="Contention.IsContention(Exception)"/>.</summary>
    /// <typeparam name="T">The attempt's result.</typeparam>
    /// <param name="attempt">A file operation that does not block.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <param name="resource">What is waited for, as messages and diagnostics say it: by default the text of <paramref name="attempt"/>. With the path of a file a timeout names who holds it.</param>
    /// <returns>The attempt's result.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="attempt"/> is <see langword="null"/>.</exception>
    /// <exception cref="LockTimeoutException">The budget is spent; the last refusal is the inner exception.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before an attempt or during a pause.</exception>
    public static T Invoke<T>(Func<T> attempt, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(attempt))] string? resource = null)
        => Invoke(attempt, Contention.IsContention, budget, cancellationToken, resource);

    /// <summary>Retries while the attempt fails with an exception that means contention.</summary>
    /// <typeparam name="T">The attempt's result.</typeparam>
    /// <param name="attempt">An operation that does not block.</param>
    /// <param name="isContention">Whether an exception means that somebody else holds the lock. It runs as an exception filter: if it throws, the attempt's exception counts as another error.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <param name="resource">What is waited for, as messages and diagnostics say it: by default the text of <paramref name="attempt"/>. With the path of a file a timeout names who holds it.</param>
    /// <returns>The attempt's result.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="attempt"/> or <paramref name="isContention"/> is <see langword="null"/>.</exception>
    /// <exception cref="LockTimeoutException">The budget is spent; the last refusal is the inner exception.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before an attempt or during a pause.</exception>
    public static T Invoke<T>(Func<T> attempt, Func<Exception, bool> isContention, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(attempt))] string? resource = null)
    {
        ThrowIfNull(attempt, nameof(attempt));
        ThrowIfNull(isContention, nameof(isContention));
        return RetryLoop.Run(new RetrySession(budget, cancellationToken, resource), () => Attempt.ByException(attempt, isContention));
    }

    /// <inheritdoc cref="Invoke{T}(Func{T}, RetryBudget?, CancellationToken, string?)" path="/*[not(self::typeparam) and not(self::returns)]"/>
    public static void Invoke(Action attempt, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(attempt))] string? resource = null)
        => Invoke(attempt, Contention.IsContention, budget, cancellationToken, resource);

    /// <inheritdoc cref="Invoke{T}(Func{T}, Func{Exception, bool}, RetryBudget?, CancellationToken, string?)" path="/*[not(self::typeparam) and not(self::returns)]"/>
    public static void Invoke(Action attempt, Func<Exception, bool> isContention, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(attempt))] string? resource = null)
    {
        ThrowIfNull(attempt, nameof(attempt));
        _ = Invoke(
            () =>
            {
                attempt();
                return true;
            },
            isContention,
            budget,
            cancellationToken,
            resource);
    }

    /// <summary>Retries a non-blocking system call while it says that somebody else holds the lock.</summary>
    /// <param name="attempt">A call in the POSIX manner, such as <c>() => flock(fd, LOCK_EX | LOCK_NB)</c>: -1 and errno on failure.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <param name="resource">What is waited for, as messages and diagnostics say it: by default the text of <paramref name="attempt"/>. With the path of a file a timeout names who holds it.</param>
    /// <returns>
    /// The call's result. It is -1 for an error that is no contention; the error number is then that of
    /// <c>Marshal.GetLastPInvokeError()</c> (netstandard2.0: <c>Marshal.GetLastWin32Error()</c>).
    /// </returns>
    /// <remarks>
    /// <para>Contention is EWOULDBLOCK = EAGAIN, and EACCES, which POSIX allows for <c>fcntl(F_SETLK)</c>. EINTR is retried without a
    /// pause and without counting as an attempt, still within the deadline.</para>
    /// <para>The import should have <c>SetLastError = true</c>; for netstandard2.0 it must. Without it, the net8.0 build reads the
    /// system's own error number right after the call, which the runtime may have changed by then; a changed number ends the wait
    /// early with -1, it never makes it unbounded.</para>
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="attempt"/> is <see langword="null"/>.</exception>
    /// <exception cref="LockTimeoutException">The budget is spent; the inner exception names the error number.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before an attempt or during a pause.</exception>
    public static int Native(Func<int> attempt, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(attempt))] string? resource = null)
    {
        ThrowIfNull(attempt, nameof(attempt));
        return RetryLoop.Run(new RetrySession(budget, cancellationToken, resource), () => Attempt.ByErrno(attempt));
    }

    private static bool IsTrue(bool answer) => answer;

    private static bool IsNotNull<T>(T? handle)
        where T : class
        => handle is not null;

    private static void ThrowIfNull(object? argument, string name)
    {
        if (argument is null)
        {
            throw new ArgumentNullException(name);
        }
    }
}
