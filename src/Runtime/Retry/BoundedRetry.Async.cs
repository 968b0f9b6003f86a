namespace LockAnalyzers.Runtime;

// The asynchronous twins: the same answers, pauses that hold no thread. An overload takes an attempt without a task only where
// a lambda that returns a task cannot be mistaken for it.
public static partial class BoundedRetry
{
    /// <inheritdoc cref="Until(Func{bool}, RetryBudget?, CancellationToken)"/>
    /// <returns>A task that ends when the lock is obtained.</returns>
    public static Task UntilAsync(Func<bool> attempt, RetryBudget? budget = null, CancellationToken cancellationToken = default)
        => UntilAsync(attempt, IsTrue, budget, cancellationToken);

    /// <inheritdoc cref="UntilAsync(Func{bool}, RetryBudget?, CancellationToken)"/>
    public static Task UntilAsync(Func<CancellationToken, Task<bool>> attempt, RetryBudget? budget = null, CancellationToken cancellationToken = default)
        => UntilAsync(attempt, IsTrue, budget, cancellationToken);

    /// <inheritdoc cref="Until{T}(Func{T}, Func{T, bool}, RetryBudget?, CancellationToken)"/>
    public static Task<T> UntilAsync<T>(Func<T> attempt, Func<T, bool> isAcquired, RetryBudget? budget = null, CancellationToken cancellationToken = default)
    {
        ThrowIfNull(attempt, nameof(attempt));
        ThrowIfNull(isAcquired, nameof(isAcquired));
        return RetryLoop.RunAsync(new RetrySession(budget, cancellationToken), () => Attempt.ByValue(attempt, isAcquired));
    }

    /// <inheritdoc cref="Until{T}(Func{T}, Func{T, bool}, RetryBudget?, CancellationToken)"/>
    public static Task<T> UntilAsync<T>(Func<CancellationToken, Task<T>> attempt, Func<T, bool> isAcquired, RetryBudget? budget = null, CancellationToken cancellationToken = default)
    {
        ThrowIfNull(attempt, nameof(attempt));
        ThrowIfNull(isAcquired, nameof(isAcquired));
        return RetryLoop.RunAsync(new RetrySession(budget, cancellationToken), token => Attempt.ByValueAsync(attempt, isAcquired, token));
    }

    /// <inheritdoc cref="Acquire{T}(Func{T}, RetryBudget?, CancellationToken)"/>
    public static Task<T> AcquireAsync<T>(Func<CancellationToken, Task<T?>> attempt, RetryBudget? budget = null, CancellationToken cancellationToken = default)
        where T : class
        => UntilAsync(attempt, IsNotNull, budget, cancellationToken)!;

    /// <inheritdoc cref="Invoke{T}(Func{T}, RetryBudget?, CancellationToken)"/>
    public static Task<T> InvokeAsync<T>(Func<CancellationToken, Task<T>> attempt, RetryBudget? budget = null, CancellationToken cancellationToken = default)
        => InvokeAsync(attempt, Contention.IsContention, budget, cancellationToken);

    /// <inheritdoc cref="Invoke{T}(Func{T}, Func{Exception, bool}, RetryBudget?, CancellationToken)"/>
    public static Task<T> InvokeAsync<T>(Func<CancellationToken, Task<T>> attempt, Func<Exception, bool> isContention, RetryBudget? budget = null, CancellationToken cancellationToken = default)
    {
        ThrowIfNull(attempt, nameof(attempt));
        ThrowIfNull(isContention, nameof(isContention));
        return RetryLoop.RunAsync(new RetrySession(budget, cancellationToken), token => Attempt.ByExceptionAsync(attempt, isContention, token));
    }

    /// <inheritdoc cref="Invoke(Action, RetryBudget?, CancellationToken)"/>
    /// <returns>A task that ends with the first attempt that succeeds.</returns>
    public static Task InvokeAsync(Func<CancellationToken, Task> attempt, RetryBudget? budget = null, CancellationToken cancellationToken = default)
        => InvokeAsync(attempt, Contention.IsContention, budget, cancellationToken);

    /// <inheritdoc cref="Invoke(Action, Func{Exception, bool}, RetryBudget?, CancellationToken)"/>
    /// <returns>A task that ends with the first attempt that succeeds.</returns>
    public static Task InvokeAsync(Func<CancellationToken, Task> attempt, Func<Exception, bool> isContention, RetryBudget? budget = null, CancellationToken cancellationToken = default)
    {
        ThrowIfNull(attempt, nameof(attempt));
        return InvokeAsync(
            async token =>
            {
                await attempt(token).ConfigureAwait(false);
                return true;
            },
            isContention,
            budget,
            cancellationToken);
    }

    /// <inheritdoc cref="Native(Func{int}, RetryBudget?, CancellationToken)" path="/*[not(self::returns)]"/>
    /// <returns>
    /// The call's result, -1 for an error that is no contention. The error number belongs to the thread that made the last attempt,
    /// which after a pause need not be the thread that awaits: read it inside <paramref name="attempt"/> where it matters.
    /// </returns>
    public static Task<int> NativeAsync(Func<int> attempt, RetryBudget? budget = null, CancellationToken cancellationToken = default)
    {
        ThrowIfNull(attempt, nameof(attempt));
        return RetryLoop.RunAsync(new RetrySession(budget, cancellationToken), () => Attempt.ByErrno(attempt));
    }
}
