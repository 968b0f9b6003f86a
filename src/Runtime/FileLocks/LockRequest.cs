namespace LockAnalyzers.Runtime;

/// <summary>Somebody in this process who waits for a lock file.</summary>
internal abstract class LockRequest(FileLockMode mode)
{
    public FileLockMode Mode { get; } = mode;

    /// <summary>What wakes the first of the queue while another process holds the lock; <see langword="null"/> where nothing does.</summary>
    public ReleaseNotices? Notices { get; set; }

    /// <summary>Forgets earlier wake-ups. Made before an attempt, so that whatever happens after the attempt ends the pause.</summary>
    public abstract void Rearm();

    /// <summary>Ends the pause, or the next one: there is reason to try. Never blocks, never throws.</summary>
    public abstract void Wake();
}
