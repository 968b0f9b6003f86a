namespace LockAnalyzers.Runtime;

/// <summary>A thread that waits.</summary>
internal sealed class ThreadRequest(FileLockMode mode) : LockRequest(mode)
{
    private readonly ManualResetEventSlim _woken = new(initialState: false, spinCount: 0);

    public override void Rearm() => _woken.Reset();

    public override void Wake() => _woken.Set();

    public void Wait(TimeSpan pause, TimeProvider time)
    {
        if (ReferenceEquals(time, TimeProvider.System))
        {
            // Not by a timer: its callback needs a pool thread, and a full pool must not stretch the deadline.
            _woken.Wait(pause);
            return;
        }

        using ITimer timer = time.CreateTimer(static state => ((LockRequest)state!).Wake(), this, pause, Timeout.InfiniteTimeSpan);
        _woken.Wait();
    }
}
