using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>The system calls of a lock file. Each answers as the Linux kernel does: a result, or minus the error number. EINTR is retried.</summary>
/// <remarks>Paths are zero-terminated. Virtual, so that tests can put answers of their own in the place of the system's.</remarks>
internal unsafe class FileCalls
{
    /// <summary>For absolute paths, of which openat(2) ignores the directory.</summary>
    public const int NoDirectory = -1;

    /// <summary>LOCK_SH, LOCK_EX, LOCK_NB and LOCK_UN of flock(2): the same numbers everywhere.</summary>
    public const int LockShared = 1, LockExclusive = 2, NonBlocking = 4, Unlock = 8;

    /// <summary>Read and write for everybody, less the umask of the process: as a file that .NET creates.</summary>
    private const uint CreationMode = 0x1B6;

    protected FileCalls()
    {
    }

    public static FileCalls System { get; } = new();

    protected virtual UnixNumbers Numbers => UnixNumbers.Here;

    /// <summary>Opens an existing file or directory, see open(2).</summary>
    public int Open(int directory, byte[] path, bool writable)
        => OpenAt(directory, path, (writable ? UnixNumbers.ReadWrite : UnixNumbers.ReadOnly) | Numbers.NonBlocking | Numbers.CloseOnExec, mode: 0);

    /// <summary>Opens a file, and creates it if it is missing.</summary>
    /// <param name="directory">Where <paramref name="name"/> begins.</param>
    /// <param name="name">The file.</param>
    /// <param name="path">The same file.</param>
    public int Create(int directory, byte[] name, string path)
    {
        if (Numbers == UnixNumbers.Linux)
        {
            return OpenAt(directory, name, UnixNumbers.ReadWrite | Numbers.Create | Numbers.NonBlocking | Numbers.CloseOnExec, CreationMode);
        }

        // openat takes the mode as a variable argument, which macOS on ARM passes in another place than P/Invoke does: .NET has to create the file.
        try
        {
            new FileStream(path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete).Dispose();
        }
        catch (IOException refusal) when (Contention.IsContention(refusal))
        {
            // Somebody else has created it, and locked it too.
        }

        return Open(directory, name, writable: true);
    }

    /// <summary>See flock(2).</summary>
    public virtual int Flock(int descriptor, int operation)
    {
        int result;
        do
        {
            result = Answer(FlockImport(descriptor, operation));
        }
        while (result == -Errno.Interrupted);

        return result;
    }

    /// <summary>See close(2), which frees the descriptor even when it fails, and is not repeated.</summary>
    public virtual int Close(int descriptor) => CloseImport(descriptor);

    /// <summary>Which file a descriptor is, see fstat(2).</summary>
    public virtual int Identify(int descriptor, out FileIdentity identity) => FileStatus.Identify(descriptor, out identity);

    /// <summary>Which file a path leads to, see stat(2).</summary>
    public virtual int Identify(byte[] path, out FileIdentity identity) => FileStatus.Identify(path, out identity);

    /// <summary>What tells of files that are closed; <see langword="null"/> where nothing does.</summary>
    public virtual ReleaseNotices? Notices => ReleaseNotices.TryGet();

    /// <summary>Whether the system has <see cref="Mark"/> and <see cref="IsMarked"/>.</summary>
    public virtual bool HasMarks => RangeLock.IsSupported;

    /// <inheritdoc cref="RangeLock.Set"/>
    public virtual int Mark(int descriptor, long offset, bool set) => RangeLock.Set(descriptor, offset, set);

    /// <inheritdoc cref="RangeLock.IsSet"/>
    public virtual bool IsMarked(int descriptor, long start, long length) => RangeLock.IsSet(descriptor, start, length);

    /// <summary>Minus the error number of the call that has just been made, if it failed.</summary>
    public static int Answer(int result) => result == -1 ? -Marshal.GetLastWin32Error() : result;

    /// <summary>See openat(2).</summary>
    protected virtual int OpenAt(int directory, byte[] path, int flags, uint mode)
    {
        fixed (byte* start = path)
        {
            int result;
            do
            {
                result = Answer(OpenAtImport(directory, start, flags, mode));
            }
            while (result == -Errno.Interrupted);

            return result;
        }
    }

    [DllImport("libc", EntryPoint = "openat", SetLastError = true)]
    private static extern int OpenAtImport(int directory, byte* path, int flags, uint mode);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static extern int FlockImport(int descriptor, int operation);

    [DllImport("libc", EntryPoint = "close")]
    private static extern int CloseImport(int descriptor);
}
