using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>A lock file as the kernel sees it. Its user takes care that only one thread calls it at a time.</summary>
internal abstract class LockFile
{
    /// <summary>Whether a descriptor is held, locked or not.</summary>
    public abstract bool IsOpen { get; }

    /// <summary>One attempt that does not wait: <see langword="false"/> when somebody else holds the lock; every other error is thrown.</summary>
    public abstract bool TryLock(FileLockMode mode);

    /// <summary>Lets go. Never throws.</summary>
    /// <param name="keepOpen">Whether the file is likely to be locked again at once: it may stay open then.</param>
    public abstract void Unlock(bool keepOpen);

    /// <summary>From now on <see cref="PathLock.WakeFirst"/> is called when somebody lets go, if somebody reads what is returned; <see langword="null"/> where that is not to be had.</summary>
    public virtual ReleaseNotices? Listen(PathLock listener) => null;

    /// <summary>Takes <see cref="Listen"/> back.</summary>
    public virtual void StopListening()
    {
    }

    /// <summary>Closes the file, which is not locked. Never throws.</summary>
    public abstract void Close();

    public static LockFile At(string path)
        => RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? new ShareModeLockFile(path) : new FlockLockFile(path, FileCalls.System);
}
