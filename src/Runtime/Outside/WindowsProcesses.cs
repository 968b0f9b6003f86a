#if NET
using System.ComponentModel;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace LockAnalyzers.Runtime;

/// <inheritdoc/>
internal sealed class WindowsProcesses : IWindowsProcesses
{
    /// <summary>ERROR_INVALID_PARAMETER: what OpenProcess says of an id that no process has.</summary>
    private const int NoSuchProcess = 87;

    public long Created => CreatedAt(Kernel32.GetCurrentProcess());

    public int ParentId => NtDll.Parent();

    public (SafeWaitHandle Handle, long Created)? Open(int process)
    {
        SafeWaitHandle handle = Kernel32.OpenProcess(Kernel32.MayWaitAndAsk, 0, process);
        if (!handle.IsInvalid)
        {
            return (handle, CreatedAt(handle.DangerousGetHandle()));
        }

        int error = Marshal.GetLastPInvokeError();
        return error == NoSuchProcess ? null : throw new Win32Exception(error);
    }

    private static long CreatedAt(nint process)
        => Kernel32.GetProcessTimes(process, out long created, out _, out _, out _) != 0 ? created : throw new Win32Exception();
}
#endif
