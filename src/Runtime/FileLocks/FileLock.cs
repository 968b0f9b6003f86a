namespace LockAnalyzers.Runtime;

/// <summary>A lock on a file, held against all other processes and against the rest of this one, from when it is acquired until it is disposed of.</summary>
/// <remarks>
/// <para><b>With whom.</b> On Unix it is a <c>flock(2)</c> on the file, on Windows the share mode of an open file: it excludes, and is
/// excluded by, a <see cref="FileStream"/> with <see cref="FileShare.None"/> and a native <c>flock</c> on the same file, but not
/// <c>fcntl</c> locks. The switch <c>DOTNET_SYSTEM_IO_DISABLEFILELOCKING</c> does not concern it.</para>
/// <para><b>Until when.</b> The kernel lets go of it when the process ends, however it ends; child processes do not inherit it. Nothing
/// else does: no age, and not the collector. A lock that is dropped without <see cref="Dispose"/> stays held as long as the process lives.
/// It belongs to no thread: any thread may dispose of it.</para>
/// <para><b>The file.</b> It is created if it is missing, never written to and never deleted. After locking it is made sure that the path
/// still leads to the locked file. On 64-bit Linux a lock also outlives the deletion or replacement of its file: whoever then asks for the
/// same name in the same directory is kept off until the holder lets go, if he asks by this class and the directory may be opened
/// for reading (docs/filelock.md).</para>
/// <para><b>Errors.</b> Only "would block" counts as held by somebody else. Every other answer of the system is thrown at once, with the path,
/// what was tried, and why: a missing directory, a directory in the place of the file, no permission, a read-only or full disk, a file
/// system without locks.</para>
/// <para><b>Waiting.</b> Acquisitions of one path by one process are served in the order in which they were made; between processes there is
/// no order. Pauses, attempts and clock are those of the <see cref="RetryBudget"/>. All members are thread safe.</para>
/// </remarks>
public sealed class FileLock : IDisposable, IAsyncDisposable
{
    private PathLock? _held;

    private FileLock(PathLock held, FileLockMode mode)
    {
        _held = held;
        Path = held.Path;
        Mode = mode;
    }

    /// <summary>The lock file, as an absolute path.</summary>
    public string Path { get; }

    /// <summary>With whom the lock is shared.</summary>
    public FileLockMode Mode { get; }

    /// <summary>Acquires the lock, or throws.</summary>
    /// <param name="path">The lock file; created if missing, in a directory that exists.</param>
    /// <param name="mode">With whom the lock is shared.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>The lock; the caller disposes of it to let go.</returns>
    /// <exception cref="LockTimeoutException">The budget is spent, and somebody else holds the lock.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before an attempt or during a pause.</exception>
    /// <exception cref="DirectoryNotFoundException">The directory is missing.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission, or the path is a directory.</exception>
    /// <exception cref="IOException">Any other error of the system; its number is the <see cref="Exception.HResult"/>, on Unix the plain errno.</exception>
    public static FileLock Acquire(string path, FileLockMode mode = FileLockMode.Exclusive, RetryBudget? budget = null, CancellationToken cancellationToken = default)
    {
        path = Checked(path, mode, cancellationToken);
        if (PathLock.TryTake(path, mode) is { } free)
        {
            return new FileLock(free, mode);
        }

        using RetrySession session = new(budget, cancellationToken, path, WaitForm.File);
        return LockWait.Run(path, mode, session) is { } held ? new FileLock(held, mode) : throw session.TimedOut();
    }

    /// <inheritdoc cref="Acquire"/>
    /// <remarks>A lock that is free is taken before the method returns; otherwise the wait holds no thread.</remarks>
    public static async Task<FileLock> AcquireAsync(string path, FileLockMode mode = FileLockMode.Exclusive, RetryBudget? budget = null, CancellationToken cancellationToken = default)
    {
        path = Checked(path, mode, cancellationToken);
        if (PathLock.TryTake(path, mode) is { } free)
        {
            return new FileLock(free, mode);
        }

        using RetrySession session = new(budget, cancellationToken, path, WaitForm.File);
        return await LockWait.RunAsync(path, mode, session).ConfigureAwait(false) is { } held ? new FileLock(held, mode) : throw session.TimedOut();
    }

    /// <summary>Acquires the lock, or says that somebody else holds it.</summary>
    /// <param name="path">As for <see cref="Acquire"/>.</param>
    /// <param name="mode">With whom the lock is shared.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is one attempt, without any wait.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>The lock, which the caller disposes of to let go; <see langword="null"/> when somebody else holds it, or waits for it in this process before us.</returns>
    /// <exception cref="OperationCanceledException">The token was cancelled before an attempt or during a pause.</exception>
    /// <exception cref="DirectoryNotFoundException">The directory is missing.</exception>
    /// <exception cref="UnauthorizedAccessException">No permission, or the path is a directory.</exception>
    /// <exception cref="IOException">Any other error of the system; its number is the <see cref="Exception.HResult"/>, on Unix the plain errno.</exception>
    public static FileLock? TryAcquire(string path, FileLockMode mode = FileLockMode.Exclusive, RetryBudget? budget = null, CancellationToken cancellationToken = default)
    {
        path = Checked(path, mode, cancellationToken);
        PathLock? held = PathLock.TryTake(path, mode);
        if (held is null && budget is not null)
        {
            using RetrySession session = new(budget, cancellationToken, path, WaitForm.File);
            held = LockWait.Run(path, mode, session);
        }

        return held is null ? null : new FileLock(held, mode);
    }

    /// <inheritdoc cref="TryAcquire"/>
    /// <remarks>A lock that is free is taken before the method returns; otherwise the wait holds no thread.</remarks>
    public static async Task<FileLock?> TryAcquireAsync(string path, FileLockMode mode = FileLockMode.Exclusive, RetryBudget? budget = null, CancellationToken cancellationToken = default)
    {
        path = Checked(path, mode, cancellationToken);
        PathLock? held = PathLock.TryTake(path, mode);
        if (held is null && budget is not null)
        {
            using RetrySession session = new(budget, cancellationToken, path, WaitForm.File);
            held = await LockWait.RunAsync(path, mode, session).ConfigureAwait(false);
        }

        return held is null ? null : new FileLock(held, mode);
    }

    /// <summary>Lets go. Further calls do nothing.</summary>
    public void Dispose() => Interlocked.Exchange(ref _held, null)?.Release();

    /// <inheritdoc cref="Dispose"/>
    /// <remarks>Never waits.</remarks>
    public ValueTask DisposeAsync()
    {
        Dispose();
        return default;
    }

    private static string Checked(string path, FileLockMode mode, CancellationToken cancellationToken)
    {
        if (mode is not (FileLockMode.Exclusive or FileLockMode.Shared))
        {
            throw new ArgumentOutOfRangeException(nameof(mode), mode, message: null);
        }

        path = System.IO.Path.GetFullPath(path);
        cancellationToken.ThrowIfCancellationRequested();
        return path;
    }
}
