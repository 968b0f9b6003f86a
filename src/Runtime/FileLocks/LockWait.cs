namespace LockAnalyzers.Runtime;

/// <summary>Waits for a lock file that could not be had at once: a place in the queue, attempt, pause, attempt.</summary>
/// <remarks>
/// The two forms differ only in how they pause. A pause ends early when there is reason to try: it is this request's turn, somebody
/// let go, the token was cancelled. Whatever is missed costs the rest of the pause and nothing else.
/// </remarks>
internal static class LockWait
{
    /// <summary>Where notices end the pauses these are only for what is lost, and need not be as short.</summary>
    private const int Stretch = 4;

    /// <summary>The held lock; <see langword="null"/> when the budget is spent.</summary>
    public static PathLock? Run(string path, FileLockMode mode, RetrySession session)
    {
        var request = new ThreadRequest(mode);
        PathLock place = PathLock.Enqueue(path, request);
        try
        {
            using CancellationTokenRegistration cancelled = OnCancelled(session, request);
            bool taken;
            while (Try(place, request, session, out taken) is { } pause)
            {
                request.Wait(pause, session.TimeProvider);
            }

            return taken ? place : null;
        }
        finally
        {
            place.Leave(request);
        }
    }

    /// <inheritdoc cref="Run"/>
    public static async Task<PathLock?> RunAsync(string path, FileLockMode mode, RetrySession session)
    {
        var request = new TaskRequest(mode);
        PathLock place = PathLock.Enqueue(path, request);
        try
        {
            using CancellationTokenRegistration cancelled = OnCancelled(session, request);
            bool taken;
            while (Try(place, request, session, out taken) is { } pause)
            {
                await request.WaitAsync(pause, session.TimeProvider).ConfigureAwait(false);
            }

            return taken ? place : null;
        }
        finally
        {
            place.Leave(request);
        }
    }

    /// <summary>One attempt, and the pause before the next one; <see langword="null"/> when there is none, because the lock is taken or the budget spent.</summary>
    private static TimeSpan? Try(PathLock place, LockRequest request, RetrySession session, out bool taken)
    {
        session.CancellationToken.ThrowIfCancellationRequested();
        request.Rearm();
        Turn turn = place.Try(request);
        taken = turn == Turn.Taken;
        if (taken)
        {
            session.Succeeded();
            return null;
        }

        if (session.TryGetPause(default, out TimeSpan pause, willBeWoken: turn == Turn.Later, request.Notices is null ? 1 : Stretch))
        {
            return pause;
        }

        session.GaveUp();
        return null;
    }

    private static CancellationTokenRegistration OnCancelled(RetrySession session, LockRequest request)
        => session.CancellationToken.Register(static state => ((LockRequest)state!).Wake(), request);
}
