using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>Device and inode by statx(2), or where that is missing by stat(2). Answers 0, or minus the error number.</summary>
/// <remarks>
/// statx has one layout on all architectures; the C libraries have it since glibc 2.28 and musl 1.2.3, and glibc has no stat that could be imported before 2.33.
/// Of stat only what lies at the same place everywhere is read: st_dev first, st_ino eight bytes on (64-bit Linux, macOS, FreeBSD since 12).
/// </remarks>
internal static unsafe class FileStatus
{
    /// <summary>AT_EMPTY_PATH: the descriptor itself.</summary>
    private const int EmptyPath = 0x1000;

    /// <summary>AT_STATX_DONT_SYNC: no question to a file server, which may be dead.</summary>
    private const int AsCached = 0x4000;
    private const int WorkingDirectory = -100;
    private const uint InodeAsked = 0x100;
    private const int BufferSize = 256;

    private static readonly bool IsMac = RuntimeInformation.IsOSPlatform(OSPlatform.OSX);

    /// <summary>macOS on Intel: the symbol without the suffix has 32-bit inodes (stat(2), macOS).</summary>
    private static readonly bool HasSuffix = IsMac && RuntimeInformation.ProcessArchitecture == Architecture.X64;
    private static volatile bool _hasStatx = RuntimeInformation.IsOSPlatform(OSPlatform.Linux);

    public static int Identify(int descriptor, out FileIdentity identity)
    {
        byte* buffer = stackalloc byte[BufferSize];
        if (_hasStatx)
        {
            byte empty = 0;
            try
            {
                int answer = FileCalls.Answer(Statx(descriptor, &empty, EmptyPath, InodeAsked, buffer));
                identity = OfStatx(buffer);
                return answer;
            }
            catch (EntryPointNotFoundException)
            {
                _hasStatx = false;
            }
        }

        int result = FileCalls.Answer(HasSuffix ? FstatWithSuffix(descriptor, buffer) : Fstat(descriptor, buffer));
        identity = OfStat(buffer);
        return result;
    }

    public static int Identify(byte[] path, out FileIdentity identity, bool asCached = false)
    {
        byte* buffer = stackalloc byte[BufferSize];
        fixed (byte* start = path)
        {
            if (_hasStatx)
            {
                try
                {
                    int answer = FileCalls.Answer(Statx(WorkingDirectory, start, asCached ? AsCached : 0, InodeAsked, buffer));
                    identity = OfStatx(buffer);
                    return answer;
                }
                catch (EntryPointNotFoundException)
                {
                    _hasStatx = false;
                }
            }

            int result = FileCalls.Answer(HasSuffix ? StatWithSuffix(start, buffer) : Stat(start, buffer));
            identity = OfStat(buffer);
            return result;
        }
    }

    /// <summary>stx_dev_major, stx_dev_minor, stx_ino.</summary>
    private static FileIdentity OfStatx(byte* buffer) => new(*(uint*)(buffer + 136), *(uint*)(buffer + 140), *(ulong*)(buffer + 32));

    /// <summary>The device of macOS has four bytes, and there are other things behind it.</summary>
    private static FileIdentity OfStat(byte* buffer) => new(IsMac ? 0 : *(uint*)(buffer + 4), *(uint*)buffer, *(ulong*)(buffer + 8));

    [DllImport("libc", EntryPoint = "statx", SetLastError = true)]
    private static extern int Statx(int directory, byte* path, int flags, uint mask, byte* buffer);

    [DllImport("libc", EntryPoint = "fstat", SetLastError = true)]
    private static extern int Fstat(int descriptor, byte* buffer);

    [DllImport("libc", EntryPoint = "stat", SetLastError = true)]
    private static extern int Stat(byte* path, byte* buffer);

    [DllImport("libc", EntryPoint = "fstat$INODE64", SetLastError = true)]
    private static extern int FstatWithSuffix(int descriptor, byte* buffer);

    [DllImport("libc", EntryPoint = "stat$INODE64", SetLastError = true)]
    private static extern int StatWithSuffix(byte* path, byte* buffer);
}
