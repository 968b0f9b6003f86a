#if NET
using Microsoft.Win32.SafeHandles;

namespace LockAnalyzers.Runtime;

/// <summary>The process that started this one.</summary>
/// <remarks>Not PR_SET_PDEATHSIG: that signal comes when the <em>thread</em> ends that started us, prctl(2), and a pool thread of .NET may
/// end long before its process.</remarks>
internal static class Parent
{
    private static EndWatch Ended => new PolledEnd(static () => true);

    /// <summary>Not yet started; <see langword="null"/> if there is none that we could see.</summary>
    public static EndWatch? Watch() => OperatingSystem.IsWindows() ? OnWindows(new WindowsProcesses()) : OnUnix(Libc.Parent, OpenOnLinux);

    /// <param name="parentId">getppid(2).</param>
    /// <param name="open">pidfd_open(2), or <see langword="null"/>.</param>
    public static EndWatch? OnUnix(Func<int> parentId, Func<int, SafeFileHandle?> open)
    {
        int parent = parentId();
        if (parent == 0)
        {
            return null;
        }

        // While our parent lives nobody else has its id. So if it still is our parent after the descriptor was opened, the descriptor is of it.
        SafeFileHandle? descriptor = open(parent);
        if (parentId() != parent)
        {
            descriptor?.Dispose();
            return Ended;
        }

        return descriptor is null ? new PolledEnd(() => parentId() != parent) : DescriptorEnd.OfProcess(descriptor);
    }

    public static EndWatch? OnWindows(IWindowsProcesses windows)
    {
        int parent = windows.ParentId;
        if (parent == 0)
        {
            return null;
        }

        // Windows never tells that a parent has ended, and gives its id to others: whoever is younger than we are is another.
        if (windows.Open(parent) is not var (handle, created))
        {
            return Ended;
        }

        if (created > windows.Created)
        {
            handle.Dispose();
            return Ended;
        }

        return new HandleEnd(handle);
    }

    private static SafeFileHandle? OpenOnLinux(int process) => OperatingSystem.IsLinux() ? ProcessDescriptor.TryOpen(process) : null;
}
#endif
