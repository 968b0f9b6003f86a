using System.ComponentModel;
using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>The error numbers of try-locks. Sources: errno(3), flock(2), fcntl(2); macOS and BSD: sys/errno.h.</summary>
internal static class Errno
{
    /// <summary>EINTR, the same number on every supported system.</summary>
    public const int Interrupted = 4;

    /// <summary>EACCES, which POSIX allows <c>fcntl(F_SETLK)</c> to answer instead of EAGAIN.</summary>
    public const int AccessDenied = 13;

    /// <summary>EPERM, ENOENT, ENOTDIR, EISDIR and EROFS: the same numbers on every supported system.</summary>
    public const int NotPermitted = 1, Missing = 2, NoDirectory = 20, IsDirectory = 21, ReadOnly = 30;

    /// <summary>EAGAIN = EWOULDBLOCK. Each system's number means EDEADLK, a real error, on the other.</summary>
    public const int WouldBlockOnLinux = 11;

    /// <inheritdoc cref="WouldBlockOnLinux"/>
    public const int WouldBlockOnBsd = 35;

    private static readonly string[] BsdPlatforms = ["OSX", "FREEBSD", "IOS", "TVOS", "MACCATALYST"];

    /// <summary>EAGAIN on this system.</summary>
    public static int WouldBlock { get; } =
        BsdPlatforms.Any(static name => RuntimeInformation.IsOSPlatform(OSPlatform.Create(name))) ? WouldBlockOnBsd : WouldBlockOnLinux;

    /// <summary>Whether a non-blocking lock call says with this number that somebody else holds the lock.</summary>
    public static bool IsContention(int errno) => errno == WouldBlock || errno == AccessDenied;

    public static Exception ToException(int errno)
    {
        var described = new Win32Exception(errno);
        return new Win32Exception(errno, $"errno {errno}: {described.Message}");
    }

    /// <summary>The failure of an operation on a lock file, of the type that .NET's own file operations throw for it; the number is also the HResult of an <see cref="IOException"/>.</summary>
    public static Exception ToException(int errno, string operation, string path)
    {
        Exception cause = ToException(errno);
        string message = $"Cannot {operation} the lock file '{path}': {cause.Message}";
        return errno switch
        {
            Missing or NoDirectory => new DirectoryNotFoundException(message, cause),
            AccessDenied or NotPermitted or IsDirectory => new UnauthorizedAccessException(message, cause),
            _ => new IOException(message, errno),
        };
    }
}
