using System.Runtime.CompilerServices;

namespace LockAnalyzers.Runtime;

// The asynchronous twins: the same answers, pauses that hold no thread. An overload takes an attempt without a task only where
// a lambda that returns a task cannot be mistaken for it.
public static partial class BoundedRetry
{
    /// <inheritdoc cref="Until(Func{bool}, RetryBudget?, CancellationToken, string?)"/>
    /// <returns>A task that ends when the lock is obtained.</returns>
    public static Task UntilAsync(Func<bool> attempt, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(attempt))] string? resource = null)
        => UntilAsync(attempt, IsTrue, budget, cancellationToken, resource);

    /// <inheritdoc cref="UntilAsync(Func{bool}, RetryBudget?, CancellationToken, string?)"/>
    public static Task UntilAsync(Func<CancellationToken, Task<bool>> attempt, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(attempt))] string? resource = null)
        => UntilAsync(attempt, IsTrue, budget, cancellationToken, resource);

    /// <inheritdoc cref="TryUntil(Func{bool}, RetryBudget?, CancellationToken, string?)"/>
    public static Task<bool> TryUntilAsync(Func<bool> attempt, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(attempt))] string? resource = null)
    {
        ThrowIfNull(attempt, nameof(attempt));
        return TryUntilAsync(_ => Task.FromResult(attempt()), budget, cancellationToken, resource);
    }

    /// <inheritdoc cref="TryUntil(Func{bool}, RetryBudget?, CancellationToken, string?)"/>
    public static Task<bool> TryUntilAsync(Func<CancellationToken, Task<bool>> attempt, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(attempt))] string? resource = null)
    {
        ThrowIfNull(attempt, nameof(attempt));
        return Answering();

        async Task<bool> Answering()
        {
            var session = new RetrySession(budget, cancellationToken, resource);
            return (await RetryLoop.TryRunAsync(session, token => Attempt.ByValueAsync(attempt, IsTrue, token)).ConfigureAwait(false)).IsFinal;
        }
    }

    /// <inheritdoc cref="Until{T}(Func{T}, Func{T, bool}, RetryBudget?, CancellationToken, string?)"/>
    public static Task<T> UntilAsync<T>(Func<T> attempt, Func<T, bool> isAcquired, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(attempt))] string? resource = null)
    {
        ThrowIfNull(attempt, nameof(attempt));
        ThrowIfNull(isAcquired, nameof(isAcquired));
        return RetryLoop.RunAsync(new RetrySession(budget, cancellationToken, resource), () => Attempt.ByValue(attempt, isAcquired));
    }

    /// <inheritdoc cref="Until{T}(Func{T}, Func{T, bool}, RetryBudget?, CancellationToken, string?)"/>
    public static Task<T> UntilAsync<T>(Func<CancellationToken, Task<T>> attempt, Func<T, bool> isAcquired, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(attempt))] string? resource = null)
    {
        ThrowIfNull(attempt, nameof(attempt));
        ThrowIfNull(isAcquired, nameof(isAcquired));
        return RetryLoop.RunAsync(new RetrySession(budget, cancellationToken, resource), token => Attempt.ByValueAsync(attempt, isAcquired, token));
    }

    /// <inheritdoc cref="Acquire{T}(Func{T}, RetryBudget?, CancellationToken, string?)"/>
    public static Task<T> AcquireAsync<T>(Func<CancellationToken, Task<T?>> attempt, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(attempt))] string? resource = null)
        where T : class
        => UntilAsync(attempt, IsNotNull, budget, cancellationToken, resource)!;

    /// <inheritdoc cref="TryAcquire{T}(Func{T}, RetryBudget?, CancellationToken, string?)"/>
    public static Task<T?> TryAcquireAsync<T>(Func<CancellationToken, Task<T?>> attempt, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(attempt))] string? resource = null)
        where T : class
    {
        ThrowIfNull(attempt, nameof(attempt));
        return Answering();

        async Task<T?> Answering()
        {
            var session = new RetrySession(budget, cancellationToken, resource);
            return (await RetryLoop.TryRunAsync(session, token => Attempt.ByValueAsync(attempt, IsNotNull, token)).ConfigureAwait(false)).Value;
        }
    }

    /// <inheritdoc cref="Invoke{T}(Func{T}, RetryBudget?, CancellationToken, string?)"/>
    public static Task<T> InvokeAsync<T>(Func<CancellationToken, Task<T>> attempt, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(attempt))] string? resource = null)
        => InvokeAsync(attempt, Contention.IsContention, budget, cancellationToken, resource);

    /// <inheritdoc cref="Invoke{T}(Func{T}, Func{Exception, bool}, RetryBudget?, CancellationToken, string?)"/>
    public static Task<T> InvokeAsync<T>(Func<CancellationToken, Task<T>> attempt, Func<Exception, bool> isContention, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(attempt))] string? resource = null)
    {
        ThrowIfNull(attempt, nameof(attempt));
        ThrowIfNull(isContention, nameof(isContention));
        return RetryLoop.RunAsync(new RetrySession(budget, cancellationToken, resource), token => Attempt.ByExceptionAsync(attempt, isContention, token));
    }

    /// <inheritdoc cref="Invoke(Action, RetryBudget?, CancellationToken, string?)"/>
    /// <returns>A task that ends with the first attempt that succeeds.</returns>
    public static Task InvokeAsync(Func<CancellationToken, Task> attempt, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(attempt))] string? resource = null)
        => InvokeAsync(attempt, Contention.IsContention, budget, cancellationToken, resource);

    /// <inheritdoc cref="Invoke(Action, Func{Exception, bool}, RetryBudget?, CancellationToken, string?)"/>
    /// <returns>A task that ends with the first attempt that succeeds.</returns>
    public static Task InvokeAsync(Func<CancellationToken, Task> attempt, Func<Exception, bool> isContention, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(attempt))] string? resource = null)
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
            cancellationToken,
            resource);
    }

    /// <inheritdoc cref="Native(Func{int}, RetryBudget?, CancellationToken, string?)" path="/*[not(self::returns)]"/>
    /// <returns>
    /// The call's result, -1 for an error that is no contention. The error number belongs to the thread that made the last attempt,
    /// which after a pause need not be the thread that awaits: read it inside <paramref name="attempt"/> where it matters.
    /// </returns>
    public static Task<int> NativeAsync(Func<int> attempt, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(attempt))] string? resource = null)
    {
        ThrowIfNull(attempt, nameof(attempt));
        return RetryLoop.RunAsync(new RetrySession(budget, cancellationToken, resource), () => Attempt.ByErrno(attempt));
    }
}
