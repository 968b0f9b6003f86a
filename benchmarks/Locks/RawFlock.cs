using System.Runtime.InteropServices;
using System.Text;

namespace LockAnalyzers.Benchmarks;

/// <summary>The system calls and nothing around them, on Linux: what any lock on a file can be measured by.</summary>
internal static unsafe class RawFlock
{
    private const int ReadWriteCreateCloseOnExec = 0x2 | 0x40 | 0x80000, Mode = 0x1B6, Exclusive = 2, NonBlocking = 4;

    public static byte[] Path(string path) => Encoding.UTF8.GetBytes(path + '\0');

    public static int Open(byte[] path)
    {
        fixed (byte* start = path)
            return OpenImport(start, ReadWriteCreateCloseOnExec, Mode);
    }

    public static bool TryLock(int descriptor) => Flock(descriptor, Exclusive | NonBlocking) == 0;

    /// <summary>Waits in the kernel, where nothing can end the wait.</summary>
    public static void Lock(int descriptor) => _ = Flock(descriptor, Exclusive);

    /// <summary>Also lets go.</summary>
    [DllImport("libc", EntryPoint = "close")]
    public static extern int Close(int descriptor);

    [DllImport("libc", EntryPoint = "open")]
    private static extern int OpenImport(byte* path, int flags, int mode);

    [DllImport("libc", EntryPoint = "flock")]
    private static extern int Flock(int descriptor, int operation);
}
