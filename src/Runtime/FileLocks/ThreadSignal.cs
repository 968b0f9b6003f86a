namespace LockAnalyzers.Runtime;

/// <summary>Wakes one thread, wherever it sleeps: in an event of its own, or as the one who reads the <see cref="ReleaseNotices"/>.</summary>
internal sealed class ThreadSignal
{
    /// <summary>Ends the sleep; whether it is over says <see cref="IsSet"/>.</summary>
    private readonly ManualResetEventSlim _rouse = new(initialState: false, spinCount: 0);
    private volatile bool _isSet;
    private ReleaseNotices? _reads;
    private int _thread;

    public bool IsSet => _isSet;

    /// <summary>By the thread itself, before it looks at what it waits for.</summary>
    public void Reset()
    {
        _isSet = false;
        _rouse.Reset();
    }

    public void Set()
    {
        _isSet = true;
        Interlocked.MemoryBarrier();
        ReleaseNotices? notices = Volatile.Read(ref _reads);
        if (notices is not null && Volatile.Read(ref _thread) == Environment.CurrentManagedThreadId)
        {
            return; // It is awake.
        }

        _rouse.Set();
        notices?.Interrupt();
    }

    /// <summary>Sleeps until the signal is set, for so many milliseconds; without end if negative.</summary>
    public void Wait(int milliseconds)
    {
        if (!_isSet)
        {
            _rouse.Wait(milliseconds);
        }
    }

    /// <summary>Ends the sleep of a thread that is to read from now on.</summary>
    public void Rouse() => _rouse.Set();

    /// <summary>The thread has been roused, and sleeps somewhere else from now on, if it sleeps.</summary>
    public void BeginReading(ReleaseNotices notices)
    {
        Volatile.Write(ref _thread, Environment.CurrentManagedThreadId); // Who reads need not be interrupted by itself.
        Volatile.Write(ref _reads, notices);
        Interlocked.MemoryBarrier();
    }

    public void EndReading() => Volatile.Write(ref _reads, null);
}
