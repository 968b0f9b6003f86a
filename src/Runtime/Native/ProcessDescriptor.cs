#if NET
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LockAnalyzers.Runtime;

/// <summary>pidfd_open(2), Linux 5.3 and later.</summary>
internal static class ProcessDescriptor
{
    /// <summary>The same on every architecture, as for all calls since 5.1 (pidfd_open(2); alpha excepted, where .NET does not run).</summary>
    private const nint Number = 434;

    /// <summary>A descriptor, close-on-exec, of the process that has this id now; <see langword="null"/> if the system gives none.</summary>
    public static SafeFileHandle? TryOpen(int process)
    {
        // glibc has a wrapper since 2.36 only, musl none at first: hence syscall(2).
        nint descriptor = Call(Number, process, 0);
        return descriptor < 0 ? null : new SafeFileHandle(descriptor, ownsHandle: true);
    }

    [DllImport("libc", EntryPoint = "syscall")]
    private static extern nint Call(nint number, nint process, nint flags);
}
#endif
