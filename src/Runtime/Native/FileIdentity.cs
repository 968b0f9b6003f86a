using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>Which file a path leads to on Linux: statx(2), the one form of stat that is alike on every processor.</summary>
/// <param name="DeviceMajor">The device of the file system, first half.</param>
/// <param name="DeviceMinor">The device of the file system, second half.</param>
/// <param name="Inode">The number of the file on it.</param>
internal readonly record struct FileIdentity(uint DeviceMajor, uint DeviceMinor, ulong Inode)
{
    private const int WorkingDirectory = -100; // AT_FDCWD
    private const uint InodeMask = 0x100; // STATX_INO

    /// <summary>False when there is no such file, when it may not be known, or when the C library is older than statx (glibc 2.28).</summary>
    public static unsafe bool TryOf(string path, out FileIdentity identity)
    {
        Status status;
        try
        {
            if (Statx(WorkingDirectory, Utf8.Of(path), 0, InodeMask, &status) == 0)
            {
                identity = new FileIdentity(status.DeviceMajor, status.DeviceMinor, status.Inode);
                return true;
            }
        }
        catch (EntryPointNotFoundException)
        {
        }

        identity = default;
        return false;
    }

    [DllImport("libc", EntryPoint = "statx")]
    private static extern unsafe int Statx(int folder, byte[] path, int flags, uint mask, Status* status);

    /// <summary>struct statx, linux/stat.h.</summary>
    [StructLayout(LayoutKind.Explicit, Size = 256)]
    private struct Status
    {
        [FieldOffset(0x20)]
        public ulong Inode;

        [FieldOffset(0x88)]
        public uint DeviceMajor;

        [FieldOffset(0x8c)]
        public uint DeviceMinor;
    }
}
