namespace LockAnalyzers.Runtime;

/// <summary>A thread that waits.</summary>
internal sealed class ThreadRequest(FileLockMode mode) : LockRequest(mode)
{
    private readonly ThreadSignal _signal = new();

    public override void Rearm() => _signal.Reset();

    public override void Wake() => _signal.Set();

    public void Wait(TimeSpan pause, TimeProvider time)
    {
        if (ReferenceEquals(time, TimeProvider.System))
        {
            // Not by a timer: its callback needs a pool thread, and a full pool must not stretch the deadline.
            Wait((int)pause.TotalMilliseconds);
            return;
        }

        using ITimer timer = time.CreateTimer(static state => ((LockRequest)state!).Wake(), this, pause, Timeout.InfiniteTimeSpan);
        Wait(Timeout.Infinite);
    }

    private void Wait(int milliseconds)
    {
        if (Notices is { } notices)
        {
            notices.Wait(_signal, milliseconds);
        }
        else
        {
            _signal.Wait(milliseconds);
        }
    }
}
