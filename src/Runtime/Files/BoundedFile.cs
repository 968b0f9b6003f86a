namespace LockAnalyzers.Runtime;

/// <summary>Opens a file that somebody else may hold, and waits for it no longer than a <see cref="RetryBudget"/> allows.</summary>
/// <remarks>
/// <para>Only contention is retried (<see cref="Contention.IsContention(Exception)"/>); every other error reaches the caller at once
/// and untouched, whatever the budget.</para>
/// <para>The stream is the lock: keep it reachable, and dispose of it to let go. A stream that is only dropped loses the lock when
/// the collector finds it. Do not delete the lock file (measured, docs/runtime.md).</para>
/// <para>On Unix <see cref="FileShare.None"/> is an advisory <c>flock</c>, which excludes only those who also ask for it, and which
/// .NET skips where the file system refuses it (dotnet/runtime, SafeFileHandle.Unix.cs). All members are thread safe.</para>
/// </remarks>
public static class BoundedFile
{
    /// <summary>Opens a file, by default as an exclusive lock file: created if missing, read and write, shared with nobody.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">As for <see cref="FileStream"/>.</param>
    /// <param name="access">As for <see cref="FileStream"/>. The default counts as <see cref="FileAccess.Write"/> when <paramref name="mode"/> is <see cref="FileMode.Append"/>, as in <see cref="File.Open(string, FileMode)"/>.</param>
    /// <param name="share">As for <see cref="FileStream"/>.</param>
    /// <param name="bufferSize">Bytes, as for <see cref="FileStream"/>.</param>
    /// <param name="options">As for <see cref="FileStream"/>.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>The open stream; the caller disposes of it.</returns>
    /// <exception cref="LockTimeoutException">The budget is spent; the last <see cref="IOException"/> is the inner exception.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before an attempt or during a pause.</exception>
    public static FileStream Open(
        string path,
        FileMode mode = FileMode.OpenOrCreate,
        FileAccess access = FileAccess.ReadWrite,
        FileShare share = FileShare.None,
        int bufferSize = 4096,
        FileOptions options = FileOptions.None,
        RetryBudget? budget = null,
        CancellationToken cancellationToken = default)
        => Open(() => new FileStream(path, mode, AccessFor(mode, access), share, bufferSize, options), path, budget, cancellationToken);

    /// <inheritdoc cref="Open(string, FileMode, FileAccess, FileShare, int, FileOptions, RetryBudget?, CancellationToken)"/>
    /// <remarks>Each attempt opens on the thread at hand; only the pauses are asynchronous. Pass <see cref="FileOptions.Asynchronous"/> for asynchronous reads and writes.</remarks>
    public static Task<FileStream> OpenAsync(
        string path,
        FileMode mode = FileMode.OpenOrCreate,
        FileAccess access = FileAccess.ReadWrite,
        FileShare share = FileShare.None,
        int bufferSize = 4096,
        FileOptions options = FileOptions.None,
        RetryBudget? budget = null,
        CancellationToken cancellationToken = default)
        => OpenAsync(() => new FileStream(path, mode, AccessFor(mode, access), share, bufferSize, options), path, budget, cancellationToken);

#if NET
    /// <summary>Opens a file as <see cref="FileStream(string, FileStreamOptions)"/> does.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">How to open it. Mind that <see cref="FileStreamOptions.Share"/> is <see cref="FileShare.Read"/> by default, which excludes only <see cref="FileShare.None"/> on Unix.</param>
    /// <param name="budget">When to give up; <see langword="null"/> is <see cref="RetryBudget.Default"/>.</param>
    /// <param name="cancellationToken">Ends the wait at once.</param>
    /// <returns>The open stream; the caller disposes of it.</returns>
    /// <exception cref="LockTimeoutException">The budget is spent; the last <see cref="IOException"/> is the inner exception.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before an attempt or during a pause.</exception>
    public static FileStream Open(string path, FileStreamOptions options, RetryBudget? budget = null, CancellationToken cancellationToken = default)
        => Open(() => new FileStream(path, options), path, budget, cancellationToken);

    /// <inheritdoc cref="Open(string, FileStreamOptions, RetryBudget?, CancellationToken)"/>
    public static Task<FileStream> OpenAsync(string path, FileStreamOptions options, RetryBudget? budget = null, CancellationToken cancellationToken = default)
        => OpenAsync(() => new FileStream(path, options), path, budget, cancellationToken);
#endif

    private static FileStream Open(Func<FileStream> open, string path, RetryBudget? budget, CancellationToken cancellationToken)
        => RetryLoop.Run(new RetrySession(budget, cancellationToken, path, WaitForm.File), () => Attempt.ByException(open, Contention.IsContention));

    private static Task<FileStream> OpenAsync(Func<FileStream> open, string path, RetryBudget? budget, CancellationToken cancellationToken)
        => RetryLoop.RunAsync(new RetrySession(budget, cancellationToken, path, WaitForm.File), () => Attempt.ByException(open, Contention.IsContention));

    private static FileAccess AccessFor(FileMode mode, FileAccess access)
        => mode == FileMode.Append && access == FileAccess.ReadWrite ? FileAccess.Write : access;
}
