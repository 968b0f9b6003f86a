using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>Windows, as far as the watchdog needs it.</summary>
internal static class Kernel32
{
    [DllImport("kernel32.dll", ExactSpelling = true)]
    public static extern nint GetCurrentProcess();

    /// <summary>Ends a process without running any of its code. Returns 0 on failure.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true)]
    public static extern int TerminateProcess(nint process, uint exitCode);
}
