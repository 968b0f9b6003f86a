#if NET
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LockAnalyzers.Runtime;

/// <summary>The other side of a pipe or socket going away. Nothing is read, so the program may read as it likes.</summary>
internal static class HangUp
{
    private const int BrokenPipe = 109;
    private const int NotConnected = 233;

    private static SafeHandle StandardInput
        => new SafeFileHandle(OperatingSystem.IsWindows() ? Kernel32.GetStdHandle(Kernel32.StandardInput) : 0, ownsHandle: false);

    /// <summary>Not yet started.</summary>
    public static EndWatch Watch(SafeHandle? descriptor)
    {
        SafeHandle watched = descriptor ?? StandardInput;
        return OperatingSystem.IsLinux() ? DescriptorEnd.HangUp(watched)
            : OperatingSystem.IsWindows() ? new PolledEnd(() => Held(watched, OnWindows))
            : new PolledEnd(() => Held(watched, OnBsd));
    }

    /// <summary>What the answers of GetFileType and PeekNamedPipe mean. A file, a console and a socket have no end that could be seen.</summary>
    public static bool? OnWindows(int type, bool canPeek, int error)
        => type != Kernel32.Pipe ? null
            : canPeek ? false
            : error is BrokenPipe or NotConnected ? true
            : null;

    private static unsafe bool? OnWindows(nint handle)
    {
        int type = Kernel32.GetFileType(handle);
        bool canPeek = type == Kernel32.Pipe && Kernel32.PeekNamedPipe(handle, null, 0, null, null, null) != 0;
        return OnWindows(type, canPeek, Marshal.GetLastPInvokeError());
    }

    /// <summary>
    /// macOS and BSD are asked anew each time, for POLLIN too: poll(2) of macOS does not tell of a hang-up that comes while it waits, if not asked
    /// for anything or if there is something to read (openradar 37537852, 37550628; NixOS/nix#13847).
    /// </summary>
    private static bool? OnBsd(nint descriptor) => (Poll.Look((int)descriptor, Poll.Readable) & Poll.HungUp) != 0;

    private static bool? Held(SafeHandle handle, Func<nint, bool?> ask)
    {
        bool isHeld = false;
        try
        {
            handle.DangerousAddRef(ref isHeld);
            return ask(handle.DangerousGetHandle());
        }
        catch (ObjectDisposedException)
        {
            return null;
        }
        finally
        {
            if (isHeld)
            {
                handle.DangerousRelease();
            }
        }
    }
}
#endif
