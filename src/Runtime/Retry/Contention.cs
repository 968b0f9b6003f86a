namespace LockAnalyzers.Runtime;

/// <summary>Tells "somebody else holds it" from every other error of a file operation.</summary>
public static class Contention
{
    private const int SharingViolation = unchecked((int)0x80070020);
    private const int LockViolation = unchecked((int)0x80070021);

    /// <summary>Whether a file operation failed only because somebody else holds the file or a range of it.</summary>
    /// <param name="exception">What the operation threw.</param>
    /// <returns>
    /// <see langword="true"/> for exactly <see cref="IOException"/>, no derived type, whose <see cref="Exception.HResult"/> is the
    /// error number EWOULDBLOCK (Linux: 11; macOS and BSD: 35) or the Windows code of a sharing violation (0x80070020) or a lock
    /// violation (0x80070021). <see langword="false"/> for all else: missing directory, access denied, disk full, file exists.
    /// </returns>
    /// <remarks>
    /// On Unix .NET puts the raw error number into <see cref="Exception.HResult"/> (Linux: measured, docs/runtime.md; macOS:
    /// dotnet/corefx issue 36195). 11 on macOS and 35 on Linux are EDEADLK and no contention. Thread safe.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="exception"/> is <see langword="null"/>.</exception>
    public static bool IsContention(Exception exception) => IsContention(exception, Errno.WouldBlock);

    internal static bool IsContention(Exception exception, int wouldBlock)
        => (exception ?? throw new ArgumentNullException(nameof(exception))).GetType() == typeof(IOException)
            && (exception.HResult == wouldBlock || exception.HResult is SharingViolation or LockViolation);
}
