using System.Runtime.InteropServices;
#if NET
using Microsoft.Win32.SafeHandles;
#endif

namespace LockAnalyzers.Runtime;

/// <summary>Windows, as far as a shutdown needs it. Each call is documented at learn.microsoft.com under its name.</summary>
internal static unsafe class Kernel32
{
    [DllImport("kernel32.dll", ExactSpelling = true)]
    public static extern nint GetCurrentProcess();

    /// <summary>Ends a process without running any of its code. Returns 0 on failure.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true)]
    public static extern int TerminateProcess(nint process, uint exitCode);

#if NET
    /// <summary>STD_INPUT_HANDLE.</summary>
    public const int StandardInput = -10;

    /// <summary>FILE_TYPE_PIPE: a pipe or a socket.</summary>
    public const int Pipe = 3;

    /// <summary>SYNCHRONIZE, and PROCESS_QUERY_LIMITED_INFORMATION.</summary>
    public const int MayWaitAndAsk = 0x00100000 | 0x1000;

    [DllImport("kernel32.dll", ExactSpelling = true)]
    public static extern nint GetStdHandle(int which);

    [DllImport("kernel32.dll", ExactSpelling = true)]
    public static extern int GetFileType(nint file);

    /// <summary>Returns 0 on failure. Reads nothing, but waits while another thread reads from the same handle, unless that was opened for asynchronous use.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    public static extern int PeekNamedPipe(nint pipe, void* buffer, int size, int* read, int* available, int* left);

    /// <summary>The handle is signalled when the process has ended.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    public static extern SafeWaitHandle OpenProcess(int access, int inherit, int process);

    /// <summary>Times in units of 100 ns. Returns 0 on failure.</summary>
    [DllImport("kernel32.dll", ExactSpelling = true, SetLastError = true)]
    public static extern int GetProcessTimes(nint process, out long created, out long ended, out long kernel, out long user);
#endif
}
