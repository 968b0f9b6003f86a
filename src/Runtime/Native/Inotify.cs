using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>inotify(7), eventfd(2) and poll(2) of Linux. Answers a result, or minus the error number.</summary>
internal static unsafe class Inotify
{
    /// <summary>The queue was full, and events are lost.</summary>
    public const uint Overflow = 0x4000;

    /// <summary>struct inotify_event without the name, which a watched file does not have; with one it is so much longer.</summary>
    public const int EventSize = 16;

    /// <summary>IN_CLOSE_WRITE, IN_CLOSE_NOWRITE: somebody may have let go. IN_ATTRIB (also: a link less), IN_DELETE_SELF, IN_MOVE_SELF: the path leads elsewhere.</summary>
    private const uint Mask = 0x8 | 0x10 | 0x4 | 0x400 | 0x800;

    /// <summary>IN_NONBLOCK and EFD_NONBLOCK are O_NONBLOCK; IN_CLOEXEC and EFD_CLOEXEC are O_CLOEXEC.</summary>
    private static readonly int Flags = UnixNumbers.Linux.NonBlocking | UnixNumbers.Linux.CloseOnExec;

    public static bool IsSupported { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Linux);

    public static int New() => FileCalls.Answer(Init(Flags));

    public static int NewEvent() => FileCalls.Answer(EventFd(0, Flags));

    /// <summary>A watch; the same one for each path to one file.</summary>
    public static int Watch(int inotify, byte[] path)
    {
        fixed (byte* start = path)
        {
            return FileCalls.Answer(AddWatch(inotify, start, Mask));
        }
    }

    /// <summary>Removes a watch, which may have ended by itself.</summary>
    public static void Unwatch(int inotify, int watch) => RemoveWatch(inotify, watch);

    /// <summary>Waits until one of two descriptors can be read, for so many milliseconds, without end if negative; whether each can.</summary>
    public static (bool First, bool Second) Wait(int first, int second, int milliseconds)
    {
        const short Readable = 1;
        PollEntry* entries = stackalloc PollEntry[] { new(first, Readable), new(second, Readable) };
        return Poll(entries, 2, milliseconds) > 0 ? (entries[0].IsReady, entries[1].IsReady) : default;
    }

    /// <summary>The number of bytes, or not more than zero when there is nothing to read.</summary>
    public static int Read(int descriptor, byte* buffer, int size) => (int)ReadImport(descriptor, buffer, size);

    public static void SetEvent(int descriptor)
    {
        ulong one = 1;
        _ = WriteImport(descriptor, (byte*)&one, sizeof(ulong));
    }

    [DllImport("libc", EntryPoint = "inotify_init1", SetLastError = true)]
    private static extern int Init(int flags);

    [DllImport("libc", EntryPoint = "inotify_add_watch", SetLastError = true)]
    private static extern int AddWatch(int inotify, byte* path, uint mask);

    [DllImport("libc", EntryPoint = "inotify_rm_watch")]
    private static extern int RemoveWatch(int inotify, int watch);

    [DllImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static extern int EventFd(uint initial, int flags);

    [DllImport("libc", EntryPoint = "poll")]
    private static extern int Poll(PollEntry* entries, nuint count, int milliseconds);

    [DllImport("libc", EntryPoint = "read")]
    private static extern nint ReadImport(int descriptor, byte* buffer, nint size);

    [DllImport("libc", EntryPoint = "write")]
    private static extern nint WriteImport(int descriptor, byte* buffer, nint size);

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private readonly struct PollEntry(int descriptor, short events)
    {
        private readonly int _descriptor = descriptor;
        private readonly short _events = events;
        private readonly short _returned;

        public bool IsReady => _returned != 0;
    }
}
