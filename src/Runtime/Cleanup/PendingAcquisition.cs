using System.Runtime.CompilerServices;

namespace LockAnalyzers.Runtime;

/// <summary>Cleanup of a lock that may still be on its way: waits until the acquisition has ended, one way or the other, before anybody looks at what is held.</summary>
/// <remarks>
/// <para>An acquisition that has failed or was cancelled has ended: its exception is neither thrown nor observed here. An acquisition
/// that was never begun is <see langword="null"/>, and has ended too. What ends it early is the caller's to do, before: cancel the
/// token that it was given.</para>
/// <para>The synchronous forms block the calling thread. An acquisition that resumes on that very thread (a user interface) does not end
/// meanwhile: they give up at the deadline.</para>
/// <para>Of the budget only <see cref="RetryBudget.Deadline"/> and <see cref="RetryBudget.TimeProvider"/> count. All members are thread safe.</para>
/// </remarks>
public static class PendingAcquisition
{
    /// <summary>Waits until the acquisition has ended, or throws.</summary>
    /// <param name="acquisition">The acquisition; <see langword="null"/> when none was begun.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait, not the acquisition, within 50 ms.</param>
    /// <param name="resource">What is waited for, as messages and diagnostics say it: by default the text of <paramref name="acquisition"/>.</param>
    /// <exception cref="LockTimeoutException">The deadline has passed, and the lock may be taken later.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before it was over.</exception>
    public static void Settle(Task? acquisition, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(acquisition))] string? resource = null)
        => BoundedWait.For(Ended(acquisition), budget, cancellationToken, resource);

    /// <summary>Waits until the acquisition has ended, or the deadline has passed.</summary>
    /// <param name="acquisition">As for <see cref="Settle"/>.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait, not the acquisition, within 50 ms.</param>
    /// <param name="resource">What is waited for, as messages and diagnostics say it: by default the text of <paramref name="acquisition"/>.</param>
    /// <returns><see langword="false"/> when the deadline has passed: the lock may be taken later.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before it was over.</exception>
    public static bool TrySettle(Task? acquisition, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(acquisition))] string? resource = null)
        => BoundedWait.TryFor(Ended(acquisition), budget, cancellationToken, resource);

    /// <summary>Waits until the acquisition has ended, or throws.</summary>
    /// <param name="acquisition">As for <see cref="Settle"/>.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait, not the acquisition, at once.</param>
    /// <param name="resource">What is waited for, as messages and diagnostics say it: by default the text of <paramref name="acquisition"/>.</param>
    /// <returns>A task that ends with the wait.</returns>
    /// <exception cref="LockTimeoutException">The deadline has passed, and the lock may be taken later.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before it was over.</exception>
    public static Task SettleAsync(Task? acquisition, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(acquisition))] string? resource = null)
        => BoundedWait.ForAsync(token => EndedAsync(acquisition, token), budget, cancellationToken, resource);

    /// <summary>Waits until the acquisition has ended, or the deadline has passed.</summary>
    /// <param name="acquisition">As for <see cref="Settle"/>.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait, not the acquisition, at once.</param>
    /// <param name="resource">What is waited for, as messages and diagnostics say it: by default the text of <paramref name="acquisition"/>.</param>
    /// <returns><see langword="false"/> when the deadline has passed: the lock may be taken later.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before it was over.</exception>
    public static Task<bool> TrySettleAsync(Task? acquisition, RetryBudget? budget = null, CancellationToken cancellationToken = default, [CallerArgumentExpression(nameof(acquisition))] string? resource = null)
        => BoundedWait.TryForAsync(token => EndedAsync(acquisition, token), budget, cancellationToken, resource);

    /// <summary>Gives back what the acquisition has brought. What it brings after the deadline is given back as it comes.</summary>
    /// <param name="acquisition">As for <see cref="Settle"/>; its result is what is held, or <see langword="null"/> when it was refused.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="resource">As for <see cref="Settle"/>.</param>
    /// <returns>What has been found; asked again, it disposes again.</returns>
    public static CleanupResult Release<T>(Task<T>? acquisition, RetryBudget? budget = null, [CallerArgumentExpression(nameof(acquisition))] string? resource = null)
        where T : IDisposable?
    {
        if (TrySettle(acquisition, budget, resource: resource))
        {
            return GiveBack(acquisition);
        }

        Late(acquisition!);
        return CleanupResult.StillPending;
    }

    /// <summary>Gives back what the acquisition has brought. What it brings after the deadline is given back as it comes.</summary>
    /// <param name="acquisition">As for <see cref="Settle"/>; its result is what is held, or <see langword="null"/> when it was refused.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="resource">As for <see cref="Settle"/>.</param>
    /// <returns>What has been found; asked again, it disposes again.</returns>
    public static async Task<CleanupResult> ReleaseAsync<T>(Task<T>? acquisition, RetryBudget? budget = null, [CallerArgumentExpression(nameof(acquisition))] string? resource = null)
        where T : IDisposable?
    {
        if (await TrySettleAsync(acquisition, budget, resource: resource).ConfigureAwait(false))
        {
            return GiveBack(acquisition);
        }

        Late(acquisition!);
        return CleanupResult.StillPending;
    }

    private static CleanupResult GiveBack<T>(Task<T>? acquisition)
        where T : IDisposable?
    {
        if (acquisition is not { Status: TaskStatus.RanToCompletion } || acquisition.Result is not { } held)
        {
            return CleanupResult.NothingHeld;
        }

        held.Dispose();
        return CleanupResult.Released;
    }

    private static void Late<T>(Task<T> acquisition)
        where T : IDisposable?
        => acquisition.ContinueWith(
            static late => GiveBack(late),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion | TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);

    private static Func<TimeSpan, bool> Ended(Task? acquisition)
        => acquisition is null ? static _ => true : time => Task.WaitAny([acquisition], time) == 0;

    /// <summary>Ends with the acquisition, or throws when the token is cancelled.</summary>
    private static async Task EndedAsync(Task? acquisition, CancellationToken token)
    {
        if (acquisition is null || acquisition.IsCompleted)
        {
            return;
        }

        TaskCompletionSource<bool> cancelled = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using (token.Register(static state => ((TaskCompletionSource<bool>)state!).TrySetResult(true), cancelled))
        {
            await Task.WhenAny(acquisition, cancelled.Task).ConfigureAwait(false);
        }

        if (!acquisition.IsCompleted)
        {
            token.ThrowIfCancellationRequested();
        }
    }
}
