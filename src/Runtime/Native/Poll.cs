#if NET
using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>poll(2): waits for descriptors without reading from them. The numbers are the same on Linux and macOS, but for <see cref="PeerClosed"/>.</summary>
internal static unsafe class Poll
{
    /// <summary>POLLIN.</summary>
    public const short Readable = 0x1;

    /// <summary>POLLHUP, told whether asked for or not (Linux).</summary>
    public const short HungUp = 0x10;

    /// <summary>POLLRDHUP (Linux): a stream socket whose other side will write no more.</summary>
    public const short PeerClosed = 0x2000;

    /// <summary>Waits until <paramref name="descriptor"/> has one of <paramref name="events"/> or hangs up, or <paramref name="wake"/> hangs up.</summary>
    /// <returns>What happened to <paramref name="descriptor"/>; 0 after <paramref name="wake"/>, or if the system refuses.</returns>
    public static short Wait(int descriptor, short events, int wake)
    {
        Entry* entries = stackalloc[] { new Entry { Descriptor = descriptor, Events = events }, new Entry { Descriptor = wake } };
        while (Call(entries, 2, Forever) < 0)
        {
            if (Marshal.GetLastPInvokeError() != Errno.Interrupted)
            {
                return 0;
            }
        }

        return entries[1].Seen == 0 ? entries[0].Seen : (short)0;
    }

    /// <summary>What there is to be said of <paramref name="descriptor"/> now.</summary>
    public static short Look(int descriptor, short events)
    {
        var entry = new Entry { Descriptor = descriptor, Events = events };
        return Call(&entry, 1, 0) > 0 ? entry.Seen : (short)0;
    }

    private const int Forever = -1;

    [DllImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static extern int Call(Entry* entries, nuint count, int milliseconds);

    /// <summary>struct pollfd.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Entry
    {
        public int Descriptor;
        public short Events;
        public short Seen;
    }
}
#endif
