using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>What open(2) takes, where the systems differ. O_RDONLY is 0 and O_RDWR is 2 on all of them.</summary>
/// <remarks>
/// Linux: asm-generic/fcntl.h, the same on every architecture that .NET runs on (O_DIRECTORY would not be). macOS: bsd/sys/fcntl.h.
/// FreeBSD: sys/fcntl.h.
/// </remarks>
/// <param name="NonBlocking">O_NONBLOCK: neither a FIFO nor a lease of somebody else can hold the call up.</param>
/// <param name="CloseOnExec">O_CLOEXEC.</param>
/// <param name="Create">O_CREAT.</param>
internal sealed record UnixNumbers(int NonBlocking, int CloseOnExec, int Create)
{
    public const int ReadOnly = 0, ReadWrite = 2;

    public static UnixNumbers Linux { get; } = new(0x800, 0x80000, 0x40);

    public static UnixNumbers MacOS { get; } = new(0x4, 0x1000000, 0x200);

    public static UnixNumbers FreeBsd { get; } = new(0x4, 0x100000, 0x200);

    public static UnixNumbers Here { get; } =
        RuntimeInformation.IsOSPlatform(OSPlatform.Linux) || RuntimeInformation.IsOSPlatform(OSPlatform.Create("ANDROID")) ? Linux
        : RuntimeInformation.IsOSPlatform(OSPlatform.Create("FREEBSD")) ? FreeBsd
        : MacOS;
}
