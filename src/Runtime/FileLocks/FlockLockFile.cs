namespace LockAnalyzers.Runtime;

/// <summary>Unix: flock(2), tried without waiting, on a file that the path leads to before and after.</summary>
/// <remarks>
/// A lock on a file that was deleted or replaced meanwhile is worth nothing, since the next one opens another file: after the attempt the
/// path is looked up again, and if it leads elsewhere the attempt is made there. LOCK_UN comes before close, because a descriptor may have a twin in a
/// child between fork and exec, and because listeners are told by the close (inotify(7)) and must then find the lock free.
/// </remarks>
internal sealed class FlockLockFile(string path, FileCalls calls) : LockFile
{
    private const int Closed = -1;

    /// <summary>Somebody deletes faster than we lock: as good as held, and tried again later.</summary>
    private const int MostRounds = 32;

    private readonly byte[] _path = Utf8.Of(path);
    private DirectoryMarks? _marks;
    private FileIdentity _identity;
    private bool _writable;
    private int _descriptor = Closed;

    public override bool IsOpen => _descriptor != Closed;

    public override bool TryLock(FileLockMode mode)
    {
        for (int round = 0; round < MostRounds; round++)
        {
            if (!IsOpenFor(mode) && !TryOpen(mode))
            {
                return false;
            }

            bool taken = TryFlock(mode);
            if (!LeadsHere())
            {
                Close();
                continue;
            }

            if (!taken)
            {
                return false;
            }

            if (_marks is null || _marks.TryClaim(_identity.Inode))
            {
                return true;
            }

            calls.Flock(_descriptor, FileCalls.Unlock);
            return false;
        }

        return false;
    }

    public override void Unlock()
    {
        calls.Flock(_descriptor, FileCalls.Unlock);
        if (_marks is null || _marks.AreAwaited())
        {
            Close();
        }
    }

    public override void Listen(PathLock listener) => _marks?.Await();

    public override void StopListening() => _marks?.StopAwaiting();

    public override void Close()
    {
        if (_descriptor != Closed)
        {
            calls.Close(_descriptor);
            _descriptor = Closed;
        }

        _marks?.Close();
        _marks = null;
    }

    private bool IsOpenFor(FileLockMode mode) => _descriptor != Closed && (_writable || mode == FileLockMode.Shared);

    /// <summary>Opens the file, and creates it if it is missing. <see langword="false"/>: a lease of somebody else has to end first (fcntl(2), F_SETLEASE).</summary>
    /// <remarks>Not with O_CREAT at once: in a sticky directory that fails for the file of another user (fs.protected_regular, proc(5)).</remarks>
    private bool TryOpen(FileLockMode mode)
    {
        Close();
        _marks = DirectoryMarks.TryOpen(path, calls);
        (int directory, byte[] name) = _marks is null ? (FileCalls.NoDirectory, _path) : (_marks.Directory, _marks.Name);
        int result;
        do
        {
            _writable = true;
            result = calls.Open(directory, name, writable: true);
            if (result is -Errno.AccessDenied or -Errno.ReadOnly && mode == FileLockMode.Shared)
            {
                _writable = false;
                result = calls.Open(directory, name, writable: false);
            }
            else if (result == -Errno.Missing)
            {
                result = calls.Create(directory, name, path);
            }
        }
        while (result == -Errno.Exists);

        if (result == -Errno.WouldBlock)
        {
            Close();
            return false;
        }

        _descriptor = Checked(result, "open");
        Checked(calls.Identify(_descriptor, out _identity), "look at");
        return true;
    }

    private bool TryFlock(FileLockMode mode)
    {
        int result = calls.Flock(_descriptor, (mode == FileLockMode.Exclusive ? FileCalls.LockExclusive : FileCalls.LockShared) | FileCalls.NonBlocking);
        return result != -Errno.WouldBlock && Checked(result, "lock") == 0;
    }

    /// <summary>Whether the path leads to the open file, and not to another one or to nothing.</summary>
    private bool LeadsHere()
    {
        int result = calls.Identify(_path, out FileIdentity there);
        return result == -Errno.Missing ? false : Checked(result, "look at") == 0 && there == _identity;
    }

    /// <summary>Fails closed: what is no answer is an error, and nothing stays open.</summary>
    private int Checked(int result, string operation)
    {
        if (result < 0)
        {
            Close();
            throw Errno.ToException(-result, operation, path);
        }

        return result;
    }
}
