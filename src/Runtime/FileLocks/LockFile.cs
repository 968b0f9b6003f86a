using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>A lock file as the kernel sees it. Its user takes care that only one thread calls it at a time.</summary>
internal abstract class LockFile
{
    /// <summary>Whether a descriptor is held, locked or not.</summary>
    public abstract bool IsOpen { get; }

    /// <summary>One attempt that does not wait: <see langword="false"/> when somebody else holds the lock; every other error is thrown.</summary>
    public abstract bool TryLock(FileLockMode mode);

    /// <summary>Lets go, and may leave the file open. Never throws.</summary>
    public abstract void Unlock();

    /// <summary>Asks to be told by <see cref="PathLock.WakeFirst"/> when somebody lets go. Where that is not to be had nothing happens.</summary>
    public virtual void Listen(PathLock listener)
    {
    }

    /// <summary>Takes <see cref="Listen"/> back.</summary>
    public virtual void StopListening()
    {
    }

    /// <summary>Closes the file, which is not locked. Never throws.</summary>
    public abstract void Close();

    public static LockFile At(string path)
        => RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? new ShareModeLockFile(path) : new FlockLockFile(path, FileCalls.System);
}
