namespace LockAnalyzers.Runtime;

/// <summary>Arms once, when a token is cancelled, whatever other callbacks of that token do.</summary>
internal sealed class TokenTrigger : IDisposable
{
    private readonly object _sync = new();
    private readonly ManualResetEvent _disposed = new(false);
    private readonly Func<IDisposable[]> _arm;
    private CancellationTokenRegistration _registration;
    private IDisposable[]? _timers;
    private bool _isOver;

    private TokenTrigger(Func<IDisposable[]> arm) => _arm = arm;

    /// <exception cref="ObjectDisposedException">The source of the token has been disposed of.</exception>
    /// <exception cref="OutOfMemoryException">The system gives no thread.</exception>
    public static TokenTrigger Start(CancellationToken token, Func<IDisposable[]> arm)
    {
        var trigger = new TokenTrigger(arm);
        if (token.IsCancellationRequested)
        {
            trigger.Arm();
            return trigger;
        }

        // The handle is signalled before the first callback is called (CancellationTokenSource.NotifyCancellation).
        WaitHandle cancelled = token.WaitHandle;
        new Thread(() => trigger.WaitFor(token, cancelled)) { IsBackground = true, Name = nameof(ShutdownWatchdog) }.Start();
        trigger._registration = token.Register(static state => ((TokenTrigger)state!).Arm(), trigger);
        return trigger;
    }

    public void Dispose()
    {
        IDisposable[] timers;
        lock (_sync)
        {
            _isOver = true;
            timers = _timers ?? [];
        }

        _disposed.Set();
        _registration.Dispose();
        foreach (IDisposable timer in timers)
        {
            timer.Dispose();
        }
    }

    private void WaitFor(CancellationToken token, WaitHandle cancelled)
    {
        bool isCancelled;
        try
        {
            isCancelled = WaitHandle.WaitAny([cancelled, _disposed]) == 0;
        }
        catch (ObjectDisposedException)
        {
            // The source was disposed of before this thread came to wait.
            isCancelled = token.IsCancellationRequested;
        }

        if (isCancelled)
        {
            Arm();
        }
    }

    private void Arm()
    {
        lock (_sync)
        {
            if (!_isOver)
            {
                _timers ??= _arm();
            }
        }
    }
}
