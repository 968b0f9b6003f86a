using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime.Child;

/// <summary>The native wait of the incident: flock(LOCK_EX) on a file that is held, here by the same process.</summary>
internal static class StuckCall
{
    private const int ReadWrite = 2;
    private const int Exclusive = 2;

    public static void ForEver() => Flock(OpenHeldFile(), Exclusive);

    /// <summary>The same, in a call during which the runtime cannot suspend the thread.</summary>
    public static void ForEverWithoutGCTransition(Action aboutToBlock)
    {
        int file = OpenHeldFile();
        aboutToBlock();
        FlockWithoutGCTransition(file, Exclusive);
    }

    /// <summary>Has the C library (glibc) wait for ever as the process exits: for a mutex, which no signal interrupts.</summary>
    public static unsafe void ForEverAtExit()
    {
        const int LargerThanAMutex = 256;
        void* mutex = NativeMemory.AllocZeroed(LargerThanAMutex);
        nint take = NativeLibrary.GetExport(NativeLibrary.Load("libc.so.6"), "pthread_mutex_lock");
        if (((delegate* unmanaged<void*, int>)take)(mutex) != 0 || AtExit(take, mutex, null) != 0)
        {
            throw new InvalidOperationException("The C library refuses.");
        }
    }

    private static int OpenHeldFile()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        try
        {
            File.WriteAllBytes(path, []);
            int holder = Open(path, ReadWrite);
            int file = Open(path, ReadWrite);
            return holder >= 0 && file >= 0 && Flock(holder, Exclusive) == 0
                ? file
                : throw new IOException($"{path}: errno {Marshal.GetLastPInvokeError()}");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [DllImport("libc", EntryPoint = "__cxa_atexit")]
    private static extern unsafe int AtExit(nint function, void* argument, void* library);

    [DllImport("libc", EntryPoint = "open", SetLastError = true)]
    private static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static extern int Flock(int file, int operation);

    [DllImport("libc", EntryPoint = "flock"), SuppressGCTransition]
    private static extern int FlockWithoutGCTransition(int file, int operation);
}
