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
    private PathLock? _listener;
    private ReleaseNotices? _notices;
    private int _watch;

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

    public override void Unlock(bool keepOpen)
    {
        calls.Flock(_descriptor, FileCalls.Unlock);
        if (!keepOpen || _marks is null || _marks.AreAwaited())
        {
            Close();
        }
    }

    public override ReleaseNotices? Listen(PathLock listener)
    {
        _listener = listener;
        _notices = calls.Notices;
        BeginListening();
        return _notices;
    }

    public override void StopListening()
    {
        EndListening();
        _marks?.StopAwaiting();
        _listener = null;
    }

    public override void Close()
    {
        if (_descriptor != Closed)
        {
            calls.Close(_descriptor); // First: others are waiting for it.
            _descriptor = Closed;
        }

        EndListening();
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
        _writable = true;
        int result = calls.Open(directory, name, writable: true);
        if (result == -Errno.Missing)
        {
            result = calls.Create(directory, name, path);
            if (result == -Errno.AccessDenied && calls.Open(directory, name, writable: true) is >= 0 and var meanwhile)
            {
                result = meanwhile; // Another user has created it.
            }
        }
        else if (result is -Errno.AccessDenied or -Errno.ReadOnly && mode == FileLockMode.Shared)
        {
            _writable = false;
            result = calls.Open(directory, name, writable: false);
        }

        if (result == -Errno.WouldBlock)
        {
            Close();
            return false;
        }

        _descriptor = Checked(result, "open");
        Checked(calls.Identify(_descriptor, out _identity), "look at");
        BeginListening();
        return true;
    }

    /// <summary>To the file that is open, if somebody listens. By its path: should that lead elsewhere by now, the next attempt finds out.</summary>
    private void BeginListening()
    {
        if (_listener is not null && _notices is not null && IsOpen)
        {
            _watch = _notices.Watch(_path, _listener);
            _marks?.Await();
            _marks?.TryClaim(_identity.Inode); // Now, so that it need not be done when somebody lets go. If it fails, it is done then.
        }
    }

    private void EndListening()
    {
        if (_watch > 0)
        {
            _notices!.Unwatch(_watch, _listener!);
            _watch = 0;
        }
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
