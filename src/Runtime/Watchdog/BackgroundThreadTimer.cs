namespace LockAnalyzers.Runtime;

/// <summary>A thread of its own that waits and then ends this process; never the pool, which may be full.</summary>
/// <remarks>It cannot act while the runtime is suspended for a collection that never ends; <see cref="LinuxTimer"/> can.</remarks>
internal sealed class BackgroundThreadTimer : IDisposable
{
    private readonly ManualResetEventSlim _disarmed = new();
    private readonly TimeSpan _due;
    private readonly int _exitCode;

    private BackgroundThreadTimer(TimeSpan due, int exitCode) => (_due, _exitCode) = (due, exitCode);

    /// <exception cref="OutOfMemoryException">The system gives no thread.</exception>
    public static BackgroundThreadTimer Start(TimeSpan due, int exitCode)
    {
        var timer = new BackgroundThreadTimer(due, exitCode);
        new Thread(timer.Run) { IsBackground = true, Name = nameof(ShutdownWatchdog) }.Start();
        return timer;
    }

    public void Dispose() => _disarmed.Set();

    private void Run()
    {
        if (!_disarmed.Wait(_due))
        {
            ProcessEnd.Now(_exitCode);
        }
    }
}
