#if NET
using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>The parent of a process on Windows, asked for as System.Diagnostics.Process does (Process.Win32.cs of dotnet/runtime).</summary>
internal static unsafe class NtDll
{
    private const int BasicInformation = 0;

    /// <summary>The id that the parent of this process had, though somebody else may have it now; 0 if it is not told.</summary>
    public static int Parent()
    {
        ProcessInformation information;
        int status = NtQueryInformationProcess(Kernel32.GetCurrentProcess(), BasicInformation, &information, sizeof(ProcessInformation), null);
        return status == 0 ? (int)information.Parent : 0;
    }

    [DllImport("ntdll.dll", ExactSpelling = true)]
    private static extern int NtQueryInformationProcess(nint process, int which, ProcessInformation* information, int size, int* written);

    /// <summary>PROCESS_BASIC_INFORMATION.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct ProcessInformation
    {
        public nint ExitStatus;
        public nint Environment;
        public nint Affinity;
        public nint Priority;
        public nint Process;
        public nint Parent;
    }
}
#endif
