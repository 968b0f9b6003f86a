using System.Globalization;

namespace LockAnalyzers.Runtime;

/// <summary>A lock that is held, as a line of <c>/proc/locks</c> or of <c>/proc/PID/fdinfo/FD</c> says it: <c>1: FLOCK  ADVISORY  WRITE 4711 fe:01:123456 0 EOF</c>.</summary>
/// <param name="ProcessId">Who has taken it, who may have ended since: 0 then, or when he is in another pid namespace.</param>
/// <param name="File">Which file; on some file systems the device is not the one that stat(2) tells.</param>
/// <remarks>Sources: proc_locks(5), proc_pid_fdinfo(5), <c>lock_get_status</c> in fs/locks.c of Linux.</remarks>
internal readonly record struct LockLine(int ProcessId, FileIdentity File)
{
    private const string FdInfoPrefix = "lock:";

    /// <summary>Reads a line; false for other lines, for locks of fcntl, which do not exclude flock, and for those who wait (<c>-></c>).</summary>
    public static bool TryRead(string line, out LockLine result)
    {
        result = default;
        string text = line.StartsWith(FdInfoPrefix, StringComparison.Ordinal) ? line.Substring(FdInfoPrefix.Length) : line;
        string[] words = text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
        if (words is not [_, "FLOCK", _, _, { } process, { } file, ..]
            || !int.TryParse(process, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int processId)
            || file.Split(':') is not [{ } major, { } minor, { } number]
            || !uint.TryParse(major, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint deviceMajor)
            || !uint.TryParse(minor, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint deviceMinor)
            || !ulong.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out ulong inode))
        {
            return false;
        }

        result = new LockLine(processId, new FileIdentity(deviceMajor, deviceMinor, inode));
        return true;
    }
}
