namespace LockAnalyzers.Runtime;

/// <summary>64-bit Linux: notes about a lock file that survive its deletion, because they are made on its directory.</summary>
/// <remarks>
/// <para>Whoever deletes or replaces a lock file that is held lets the next one lock another file of the same name. So a process that locks a file
/// also says on the directory: "I may hold inode I of name N". And it locks no other inode of that name before all such marks are gone. Two
/// processes that both mark first and look afterwards cannot both overlook each other.</para>
/// <para>A mark is an open file description lock (fcntl(2), F_OFD_SETLK) on one byte of the directory, at an offset made of name and inode.
/// A directory can only be opened for reading, so the marks are read locks, which do not exclude each other; F_OFD_GETLK sees
/// them, as it asks about a write lock and needs no permission to make one (fs/locks.c). The kernel removes them when the descriptor is
/// closed or the process ends. Nothing is written anywhere.</para>
/// <para>A second kind of mark says "I wait, close the file when you let go", for which inotify(7) is waiting.</para>
/// </remarks>
internal sealed class DirectoryMarks
{
    /// <summary>Offsets have 63 bits: so many for the hash of the name, one for the kind of mark, the rest for the end of the inode's number.</summary>
    private const int InodeBits = 24, KindBits = 1, NameBits = 63 - KindBits - InodeBits;
    private const long Inodes = 1L << InodeBits;

    private readonly FileCalls _calls;
    private readonly long _claims;
    private readonly long _awaited;
    private long _claimed = -1;

    private DirectoryMarks(int directory, string name, FileCalls calls)
    {
        (Directory, _calls) = (directory, calls);
        Name = Utf8.Of(name);
        _claims = (long)(Hash(Name) >> (64 - NameBits)) << (KindBits + InodeBits);
        _awaited = _claims + Inodes;
    }

    /// <summary>The descriptor of the directory.</summary>
    public int Directory { get; }

    /// <summary>The name of the lock file in the directory, zero-terminated.</summary>
    public byte[] Name { get; }

    /// <summary>Opens the directory of a lock file; <see langword="null"/> where there are no marks: another system, a directory that may not be read.</summary>
    public static DirectoryMarks? TryOpen(string path, FileCalls calls)
    {
        if (!calls.HasMarks || Path.GetDirectoryName(path) is not { Length: > 0 } parent)
        {
            return null;
        }

        int directory = calls.Open(FileCalls.NoDirectory, Utf8.Of(parent), writable: false);
        return directory < 0 ? null : new DirectoryMarks(directory, Path.GetFileName(path), calls);
    }

    /// <summary>Marks the inode as ours to hold. <see langword="false"/> when somebody may still hold another inode of the same name.</summary>
    public bool TryClaim(ulong inode)
    {
        long own = _claims + (long)(inode % Inodes);
        if (own == _claimed)
        {
            return true;
        }

        // Where the file system has no such locks nothing is marked and nothing found, and the lock on the file stands alone.
        _calls.Mark(Directory, own, set: true);
        if (_calls.IsMarked(Directory, _claims, own - _claims) || _calls.IsMarked(Directory, own + 1, _awaited - own - 1))
        {
            _calls.Mark(Directory, own, set: false);
            return false;
        }

        _claimed = own;
        return true;
    }

    public void Await() => _calls.Mark(Directory, _awaited, set: true);

    public void StopAwaiting() => _calls.Mark(Directory, _awaited, set: false);

    /// <summary>Whether another process waits for us.</summary>
    public bool AreAwaited() => _calls.IsMarked(Directory, _awaited, Inodes);

    public void Close() => _calls.Close(Directory);

    /// <summary>FNV-1a: the same in all processes, and in all versions of this library.</summary>
    private static ulong Hash(byte[] name)
    {
        ulong hash = 14695981039346656037;
        foreach (byte b in name)
        {
            hash = (hash ^ b) * 1099511628211;
        }

        return hash;
    }
}
