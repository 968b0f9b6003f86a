#if NET
using Microsoft.Win32.SafeHandles;

namespace LockAnalyzers.Runtime;

/// <summary>What Windows tells of this process and its parent: the native layer below <see cref="Parent"/>.</summary>
internal interface IWindowsProcesses
{
    /// <summary>When this process was created.</summary>
    public long Created { get; }

    /// <summary>The id that the parent had; 0 if it is not told.</summary>
    public int ParentId { get; }

    /// <summary>A handle of the process that has this id now, and when that was created; <see langword="null"/> if there is none.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">There is one, and we may not wait for it.</exception>
    public (SafeWaitHandle Handle, long Created)? Open(int process);
}
#endif
