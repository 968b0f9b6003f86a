namespace LockAnalyzers.Tour;

/// <summary>Asks the operating system whether a lock is held, without waiting.</summary>
internal static class Probe
{
    /// <summary>Takes the lock for an instant where it is free: on Unix, <see cref="FileShare.None"/> is flock(LOCK_EX | LOCK_NB).</summary>
    public static bool IsHeld(string lockFile)
    {
        try
        {
            using var file = new FileStream(lockFile, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (IOException error) when (error.GetType() == typeof(IOException))
        {
            return true;
        }
    }
}
