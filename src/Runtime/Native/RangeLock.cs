using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>Open file description locks of 64-bit Linux, see fcntl(2).</summary>
/// <remarks>struct flock as in asm-generic/fcntl.h, where off_t has 64 bits.</remarks>
[StructLayout(LayoutKind.Sequential)]
internal unsafe struct RangeLock
{
    private const int GetCommand = 36, SetCommand = 37;
    private const short Read = 0, Write = 1, None = 2;

    private short _type;
    private readonly short _whence;
    private readonly long _start;
    private readonly long _length;
    private readonly int _process;

    private RangeLock(short type, long start, long length)
    {
        (_type, _start, _length) = (type, start, length);
        (_whence, _process) = (0, 0);
    }

    public static bool IsSupported { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Linux) && IntPtr.Size == 8;

    /// <summary>Makes or removes a read lock on one byte: 0, or minus the error number.</summary>
    public static int Set(int descriptor, long offset, bool set)
    {
        var range = new RangeLock(set ? Read : None, offset, 1);
        return FileCalls.Answer(Fcntl(descriptor, SetCommand, &range));
    }

    /// <summary>Whether another description has a lock in the range.</summary>
    public static bool IsSet(int descriptor, long start, long length)
    {
        // A length of zero would mean "to the end".
        if (length == 0)
        {
            return false;
        }

        var range = new RangeLock(Write, start, length);
        return Fcntl(descriptor, GetCommand, &range) == 0 && range._type != None;
    }

    [DllImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static extern int Fcntl(int descriptor, int command, RangeLock* range);
}
