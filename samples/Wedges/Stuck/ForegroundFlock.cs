// Reported by LOCK204, LOCK105. Told to stop by return.
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;

namespace Wedges;

/// <summary>The same in a native call that nothing can cancel: the file is held for ever, here by this very process.</summary>
internal static class ForegroundFlock
{
    private const int Exclusive = 2;

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static extern int Flock(int file, int operation);

    public static void Run()
    {
        var path = Path.GetTempFileName();
        var (holder, waiter) = (Open(path, 0), Open(path, 0));
        File.Delete(path);
        if (Flock(holder, Exclusive | 4) != 0)
        {
            throw new IOException("Somebody else has it.");
        }

        var thread = new Thread(() => Flock(waiter, Exclusive));
        thread.Start();
        Ready.Say();
    }
}
