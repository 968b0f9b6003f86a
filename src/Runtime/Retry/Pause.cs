namespace LockAnalyzers.Runtime;

/// <summary>Pauses that end at once when the token is cancelled.</summary>
internal static class Pause
{
    /// <exception cref="OperationCanceledException">Carries <paramref name="token"/>.</exception>
    public static void Wait(TimeSpan pause, TimeProvider time, CancellationToken token)
    {
        var elapsed = new ManualResetEventSlim(initialState: false, spinCount: 0);
        if (ReferenceEquals(time, TimeProvider.System))
        {
            // Not by a timer: its callback needs a pool thread, and a full pool must not stretch the deadline.
            elapsed.Wait(pause, token);
            return;
        }

        using ITimer timer = time.CreateTimer(static state => ((ManualResetEventSlim)state!).Set(), elapsed, pause, Timeout.InfiniteTimeSpan);
        elapsed.Wait(token);
    }

    /// <exception cref="OperationCanceledException">Carries <paramref name="token"/>.</exception>
    public static Task WaitAsync(TimeSpan pause, TimeProvider time, CancellationToken token) =>
#if NET
        Task.Delay(pause, time, token);
#else
        time.Delay(pause, token);
#endif
}
