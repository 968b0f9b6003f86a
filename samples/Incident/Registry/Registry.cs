using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Acme;

/// <summary>An on-disk registry of models. One process at a time has it open.</summary>
public sealed class Registry : IDisposable
{
    private const int LOCK_EX = 2;
    private const int LOCK_NB = 4;

    private readonly string _path;
    private readonly SafeFileHandle _lock;

    private Registry(string path, SafeFileHandle @lock)
    {
        _path = path;
        _lock = @lock;
    }

    /// <summary>How many models the registry holds.</summary>
    public int Count => Directory.GetFiles(_path, "*.model").Length;

    /// <summary>Opens the registry, creating it where there is none.</summary>
    /// <exception cref="RegistryLockedException">Another process has it open, and <see cref="RegistryOptions.Wait"/> is not set.</exception>
    public static Registry Open(RegistryOptions options)
    {
        Directory.CreateDirectory(options.Path);
        SafeFileHandle handle = creat(Path.Combine(options.Path, "registry.lock"), 0b110_100_100);
        if (!handle.IsInvalid && flock(handle, options.Wait ? LOCK_EX : LOCK_EX | LOCK_NB) == 0)
        {
            return new Registry(options.Path, handle);
        }

        int error = Marshal.GetLastPInvokeError();
        bool opened = !handle.IsInvalid;
        handle.Dispose();
        throw opened && !options.Wait && error == WouldBlock
            ? new RegistryLockedException(options.Path)
            : new IOException($"Registry '{options.Path}': {Marshal.GetPInvokeErrorMessage(error)}", error);
    }

    /// <summary>Closes the registry and lets the next process in.</summary>
    public void Dispose() => _lock.Dispose();

    private static int WouldBlock => OperatingSystem.IsMacOS() ? 35 : 11;

    [DllImport("libc", SetLastError = true)]
    private static extern SafeFileHandle creat(string path, uint mode);

    [DllImport("libc", SetLastError = true)]
    private static extern int flock(SafeFileHandle handle, int operation);
}
