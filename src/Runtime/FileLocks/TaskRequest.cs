namespace LockAnalyzers.Runtime;

/// <summary>A task that waits.</summary>
internal sealed class TaskRequest(FileLockMode mode) : LockRequest(mode)
{
    private TaskCompletionSource<bool> _woken = Fresh();

    public override void Rearm()
    {
        if (_woken.Task.IsCompleted)
        {
            Volatile.Write(ref _woken, Fresh());
        }
    }

    public override void Wake() => Volatile.Read(ref _woken).TrySetResult(true);

    public async Task WaitAsync(TimeSpan pause, TimeProvider time)
    {
        using ITimer timer = time.CreateTimer(static state => ((LockRequest)state!).Wake(), this, pause, Timeout.InfiniteTimeSpan);
        ReleaseNotices? notices = Notices;
        notices?.EnterTask();
        try
        {
            await _woken.Task.ConfigureAwait(false);
        }
        finally
        {
            notices?.LeaveTask();
        }
    }

    private static TaskCompletionSource<bool> Fresh() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
