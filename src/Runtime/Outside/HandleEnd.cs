#if NET
using Microsoft.Win32.SafeHandles;

namespace LockAnalyzers.Runtime;

/// <summary>Windows: a process, whose handle is signalled when it has ended.</summary>
internal sealed class HandleEnd(SafeWaitHandle process) : EndWatch
{
    private readonly ManualResetEvent _disposed = new(false);

    public override void Dispose() => _disposed.Set();

    protected override bool WaitForEnd()
    {
        using var ended = new ManualResetEvent(false);
        ended.SafeWaitHandle.Dispose();
        ended.SafeWaitHandle = process;
        return WaitHandle.WaitAny([_disposed, ended]) != 0;
    }
}
#endif
