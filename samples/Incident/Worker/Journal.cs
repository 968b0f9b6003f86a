using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Sdk;

/// <summary>The journal that every worker of this user writes to, one at a time.</summary>
internal sealed class Journal : IDisposable
{
    private const int LOCK_EX = 2;

    private readonly string _path;
    private readonly SafeFileHandle _lock;

    private Journal(string path, SafeFileHandle @lock)
    {
        _path = path;
        _lock = @lock;
    }

    public static Journal Open(string path, CancellationToken stopping)
    {
        stopping.ThrowIfCancellationRequested();
        SafeFileHandle handle = creat(path + ".lock", 0b110_100_100);
        if (handle.IsInvalid || flock(handle, LOCK_EX) != 0)
        {
            throw new IOException($"Journal '{path}': {Marshal.GetLastPInvokeErrorMessage()}");
        }

        return new Journal(path, handle);
    }

    public void Write(string entry) => File.AppendAllText(_path, $"{DateTime.UtcNow:O} {Environment.ProcessId} {entry}\n");

    public void Dispose() => _lock.Dispose();

    [DllImport("libc", SetLastError = true)]
    private static extern SafeFileHandle creat(string path, uint mode);

    [DllImport("libc", SetLastError = true)]
    private static extern int flock(SafeFileHandle handle, int operation);
}
