using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>libproc of macOS. Source: libproc.h and sys/proc_info.h of XNU. Not run by the project.</summary>
internal static unsafe class LibProc
{
    private const uint AllProcesses = 1; // PROC_ALL_PIDS

    /// <summary>proc_listpidspath: writes the numbers of the processes that have a file open, as many as there is room for.</summary>
    /// <returns>The bytes written; less than zero on failure.</returns>
    public static int ListProcessesOf(string path, int[] processes)
    {
        fixed (int* buffer = processes)
        {
            return ListPidsPath(AllProcesses, 0, Utf8.Of(path), 0, buffer, processes.Length * sizeof(int));
        }
    }

    [DllImport("libproc", EntryPoint = "proc_listpidspath")]
    private static extern int ListPidsPath(uint type, uint typeInfo, byte[] path, uint flags, int* buffer, int size);
}
