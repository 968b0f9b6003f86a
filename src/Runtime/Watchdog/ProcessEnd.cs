using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>Ends this process here and now: no exit handlers, no finalizers, no <c>finally</c>.</summary>
internal static class ProcessEnd
{
    public static void Now(int exitCode)
    {
        if (RuntimeInformation.IsOSPlatform(OSPlatform.Windows))
        {
            _ = Kernel32.TerminateProcess(Kernel32.GetCurrentProcess(), (uint)exitCode);
        }
        else
        {
            Libc.Exit(exitCode);
        }
    }
}
