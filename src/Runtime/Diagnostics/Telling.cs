namespace LockAnalyzers.Runtime;

/// <summary>Tells whoever listens, on each of the channels that this build has. Never throws: what a listener throws must not cost the caller a lock that he has just got.</summary>
internal static class Telling
{
    private static long _lastId;
    private static volatile bool _isOpen;

    /// <summary>Whether somebody wants to know of waits that last.</summary>
    public static bool HearsNotices => RuntimeEventSource.Log.HearsNotices;

    /// <summary>Whether the channels have been made, by <see cref="Open"/> or for a wait.</summary>
    public static bool IsOpen => _isOpen;

    /// <summary>Whether somebody wants to know that a watchdog is about to strike.</summary>
    public static bool HearsStrikes => _isOpen && (RuntimeEventSource.Log.HearsStrikes
#if NET
        || RuntimeMeter.HearsStrikes
#endif
        );

    /// <summary>Makes the channels, so that listeners find them. It takes milliseconds, so it is done when a program sets a watchdog up, and not when it arms one.</summary>
    public static void Open() => Safely(static _ =>
    {
        GC.KeepAlive(RuntimeEventSource.Log);
#if NET
        RuntimeMeter.Open();
#endif
        _isOpen = true;
    }, 0);

    public static long NextId() => Interlocked.Increment(ref _lastId);

    public static void WaitBegan(Acquisition wait) => Safely(static wait =>
    {
        if (!_isOpen)
        {
            Open();
        }

        RuntimeEventSource.Log.WaitStart(wait);
#if NET
        RuntimeActivities.Start(wait);
#endif
    }, wait);

    public static void StillWaiting(Acquisition wait) => Safely(static wait =>
        RuntimeEventSource.Log.StillWaiting(wait), wait);

    public static void TimedOut(Acquisition wait, LockTimeoutException timeout) => Safely(static told =>
    {
        (Acquisition wait, LockTimeoutException timeout) = told;
        RuntimeEventSource.Log.TimedOut(wait.Id, timeout);
#if NET
        RuntimeMeter.TimedOut(wait, timeout);
#endif
    }, (wait, timeout));

    public static void WaitEnded(Acquisition wait, WaitEnd end)
    {
        if (!HearsWaits(wait))
        {
            return; // The caller has just got his lock.
        }

        Safely(static told =>
        {
            (Acquisition wait, WaitEnd end) = told;
            TimeSpan waited = wait.Elapsed;
            RuntimeEventSource.Log.WaitStop(wait, end, waited);
#if NET
            RuntimeMeter.WaitEnded(wait, end, waited);
            RuntimeActivities.Stop(wait, end);
#endif
        }, (wait, end));
    }

    /// <summary>Call it after the watchdog is armed: a listener may block.</summary>
    public static void WatchdogArmed(TimeSpan grace, int exitCode) => Safely(static told =>
    {
        if (_isOpen)
        {
            RuntimeEventSource.Log.WatchdogArmed(told.grace.TotalSeconds, told.exitCode);
#if NET
            RuntimeMeter.WatchdogArmed();
#endif
        }
    }, (grace, exitCode));

    public static void WatchdogDisarmed() => Safely(static _ =>
    {
        if (_isOpen)
        {
            RuntimeEventSource.Log.WatchdogDisarmed();
        }
    }, 0);

    /// <summary>Shortly before it strikes, if <see cref="HearsStrikes"/> did when it was armed.</summary>
    public static void WatchdogFired(int exitCode) => Safely(static exitCode =>
    {
        RuntimeEventSource.Log.WatchdogFired(exitCode);
#if NET
        RuntimeMeter.WatchdogFired();
#endif
    }, exitCode);

    private static bool HearsWaits(Acquisition wait) => RuntimeEventSource.Log.HearsWaits
#if NET
        || RuntimeMeter.HearsWaits || wait.Activity is not null
#endif
        ;

    private static void Safely<T>(Action<T> tell, T what)
    {
        try
        {
            tell(what);
        }
        catch (Exception)
        {
        }
    }
}
