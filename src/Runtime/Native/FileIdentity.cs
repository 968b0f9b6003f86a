namespace LockAnalyzers.Runtime;

/// <summary>Which file it is, whatever it is called, see inode(7).</summary>
/// <param name="DeviceMajor">The device of the file system, first half.</param>
/// <param name="DeviceMinor">The device of the file system, second half.</param>
/// <param name="Inode">The number of the file on it.</param>
internal readonly record struct FileIdentity(uint DeviceMajor, uint DeviceMinor, ulong Inode)
{
    /// <summary>Which file a path leads to. False when there is no such file, when it may not be known, or when the C library does not tell.</summary>
    /// <param name="path">The path.</param>
    /// <param name="identity">The file.</param>
    /// <param name="isOpen">Somebody has the file open: what the kernel knows of it will do, and no file server is asked.</param>
    public static bool TryOf(string path, out FileIdentity identity, bool isOpen = false)
    {
        try
        {
            return FileStatus.Identify(Utf8.Of(path), out identity, isOpen) == 0;
        }
        catch (EntryPointNotFoundException)
        {
            identity = default;
            return false;
        }
    }
}
