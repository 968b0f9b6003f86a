using System.Globalization;

namespace LockAnalyzers.Runtime;

/// <summary>Linux: who holds a <c>flock</c>, which is also what <see cref="FileShare.None"/> takes there.</summary>
/// <remarks>
/// <para><c>/proc/locks</c> names at once who has taken the lock, but he may have ended and left the descriptor to a child. <c>/proc/PID/fdinfo</c> tells who
/// has it; to read it needs the same user, or root. So the processes of the first are asked first, and all others only if that does not explain
/// the lock.</para>
/// <para>Whether a descriptor is of the file is asked of <c>/proc/PID/fd/FD</c>, because the device in the lines of locks is not that of
/// stat(2) on every file system; and first, because that is the cheaper question: a system has thousands of descriptors. Processes of another pid
/// namespace are in neither.</para>
/// </remarks>
/// <param name="proc">Where procfs is mounted.</param>
internal sealed class ProcLocks(string proc = "/proc") : IHolderSource
{
    public IEnumerable<LockHolder> Find(string path, CancellationToken enough)
    {
        if (!FileIdentity.TryOf(path, out FileIdentity file))
        {
            yield break;
        }

        HashSet<int> asked = [];
        bool isExplained = false;
        foreach (LockLine taken in Taken(file.Inode))
        {
            // Somebody else's descriptors cannot be read: what the line itself says must do then.
            if (asked.Add(taken.ProcessId) && (Holds(taken.ProcessId, file) ?? taken.File == file))
            {
                isExplained = true;
                yield return LockHolder.Of(taken.ProcessId, HolderEvidence.Lock);
            }
        }

        foreach (int process in isExplained ? [] : Processes().Where(asked.Add))
        {
            if (enough.IsCancellationRequested)
            {
                yield break;
            }

            if (Holds(process, file) == true)
            {
                yield return LockHolder.Of(process, HolderEvidence.Lock);
            }
        }
    }

    private IEnumerable<LockLine> Taken(ulong inode)
    {
        foreach (string line in Lines(Path.Combine(proc, "locks")))
        {
            if (LockLine.TryRead(line, out LockLine taken) && taken.File.Inode == inode && taken.ProcessId > 0)
            {
                yield return taken;
            }
        }
    }

    private IEnumerable<int> Processes()
    {
        foreach (string folder in Directory.EnumerateDirectories(proc))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int process))
            {
                yield return process;
            }
        }
    }

    /// <summary>Whether a process has a descriptor that holds a lock on the file; <see langword="null"/> if we may not know.</summary>
    private bool? Holds(int process, FileIdentity file)
    {
        string folder = Path.Combine(proc, process.ToString(CultureInfo.InvariantCulture));
        try
        {
            // The names of "fd" are the same, but to list them .NET looks at each file itself.
            return Directory.EnumerateFiles(Path.Combine(folder, "fdinfo")).Any(info =>
                FileIdentity.TryOf(Path.Combine(folder, "fd", Path.GetFileName(info)), out FileIdentity open, isOpen: true)
                && open == file
                && Lines(info).Any(static line => LockLine.TryRead(line, out _)));
        }
        catch (UnauthorizedAccessException)
        {
            return null;
        }
        catch (IOException)
        {
            return false; // It has ended.
        }
    }

    private static List<string> Lines(string path)
    {
        try
        {
            return [.. File.ReadLines(path)];
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return []; // Closed, or ended, meanwhile.
        }
    }
}
