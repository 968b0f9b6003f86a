using System.Collections.Concurrent;
using System.Diagnostics;

namespace LockAnalyzers.Runtime;

/// <summary>What this process holds and waits for at one path: one lock file of the kernel, and a queue before it, first come, first served.</summary>
/// <remarks>
/// All that are in use stand in a static table. So a lock is reachable as long as it is held, whatever becomes of the object that the
/// caller has; and a lock that was let go stays open for a moment, because it is often taken again soon (<see cref="IdleLocks"/>).
/// </remarks>
internal sealed class PathLock
{
    private static readonly ConcurrentDictionary<string, PathLock> Table = new(StringComparer.Ordinal);

    /// <summary>1 ms: to one who has held the lock for longer it matters little that the file must be opened again, and whether somebody waits need not be asked first.</summary>
    private static readonly long Long = Stopwatch.Frequency / 1_000;

    private readonly object _gate = new();
    private readonly LinkedList<LockRequest> _queue = new();
    private readonly LockFile _file;

    /// <summary>Holders in this process; more than one only in shared mode.</summary>
    private int _holders;
    private FileLockMode _heldMode;
    private long _heldSince;

    /// <summary>Whether the holder of the file wakes the first of the queue when it lets go.</summary>
    private bool _listening;
    private ReleaseNotices? _notices;
    private bool _retired;
    private long _idleSince;

    private PathLock(string path)
    {
        Path = path;
        _file = LockFile.At(path);
    }

    public string Path { get; }

    private bool IsIdle => _holders == 0 && _queue.Count == 0;

    /// <summary>One attempt, without a place in the queue: <see langword="null"/> if the lock is held, or if others wait for it.</summary>
    public static PathLock? TryTake(string path, FileLockMode mode)
    {
        while (true)
        {
            PathLock place = Table.GetOrAdd(path, static path => new PathLock(path));
            lock (place._gate)
            {
                if (place._retired)
                {
                    continue;
                }

                try
                {
                    return place._queue.Count == 0 && place.TryTake(mode) == Turn.Taken ? place : null;
                }
                finally
                {
                    place.NoteIdle();
                }
            }
        }
    }

    public static PathLock Enqueue(string path, LockRequest request)
    {
        while (true)
        {
            PathLock place = Table.GetOrAdd(path, static path => new PathLock(path));
            lock (place._gate)
            {
                if (!place._retired)
                {
                    place._queue.AddLast(request);
                    return place;
                }
            }
        }
    }

    /// <summary>One attempt of a request in the queue. The lock that is taken has left the queue.</summary>
    public Turn Try(LockRequest request)
    {
        LockRequest? next = null;
        lock (_gate)
        {
            if (_queue.First?.Value != request)
            {
                request.Notices = null;
                return Turn.Later;
            }

            Turn turn = TryTake(request.Mode);
            if (turn == Turn.Refused && !_listening)
            {
                // Who lets go between the two attempts does not know yet that we listen.
                _listening = true;
                _notices = _file.Listen(this);
                turn = TryTake(request.Mode);
            }

            if (turn != Turn.Taken)
            {
                request.Notices = turn == Turn.Refused ? _notices : null;
                return turn;
            }

            _queue.RemoveFirst();
            next = _queue.First?.Value;
        }

        // Only a shared lock lets another one in; to ask is cheaper than to know.
        next?.Wake();
        return Turn.Taken;
    }

    /// <summary>Takes a request that has ended, one way or the other, out of the queue.</summary>
    public void Leave(LockRequest request)
    {
        LockRequest? next = null;
        lock (_gate)
        {
            bool first = _queue.First?.Value == request;
            if (_queue.Remove(request) && first)
            {
                next = _queue.First?.Value;
            }

            StopListening();

            NoteIdle();
        }

        next?.Wake();
    }

    public void Release()
    {
        LockRequest? next;
        lock (_gate)
        {
            if (--_holders > 0)
            {
                return;
            }

            _file.Unlock(keepOpen: _queue.Count > 0 || Stopwatch.GetTimestamp() - _heldSince < Long);
            next = _queue.First?.Value;
            StopListening();
            NoteIdle();
        }

        next?.Wake();
    }

    /// <summary>Somebody has let go of the file, or something has happened to it.</summary>
    public void WakeFirst()
    {
        LockRequest? first;
        lock (_gate)
        {
            first = _queue.First?.Value;
        }

        first?.Wake();
    }

    private Turn TryTake(FileLockMode mode)
    {
        if (_holders > 0)
        {
            if (mode == FileLockMode.Exclusive || _heldMode == FileLockMode.Exclusive)
            {
                return Turn.Later;
            }
        }
        else if (!_file.TryLock(mode))
        {
            return Turn.Refused;
        }
        else
        {
            _heldSince = Stopwatch.GetTimestamp();
        }

        _holders++;
        _heldMode = mode;
        return Turn.Taken;
    }

    /// <summary>Closes what has been idle for so long. Whether there is more to close later.</summary>
    public static bool CloseIdle(TimeSpan time)
    {
        bool more = false;
        foreach (PathLock place in Table.Values)
        {
            lock (place._gate)
            {
                if (place.IsIdle && !place._retired)
                {
                    if (Stopwatch.GetTimestamp() - place._idleSince >= time.TotalSeconds * Stopwatch.Frequency)
                    {
                        place.Retire();
                    }
                    else
                    {
                        more = true;
                    }
                }
            }
        }

        return more;
    }

    private void NoteIdle()
    {
        if (!IsIdle || _retired)
        {
            return;
        }

        if (_file.IsOpen)
        {
            _idleSince = Stopwatch.GetTimestamp();
            IdleLocks.Notice();
        }
        else
        {
            Retire();
        }
    }

    private void Retire()
    {
        _retired = true;
        _file.Close();
        ((ICollection<KeyValuePair<string, PathLock>>)Table).Remove(new KeyValuePair<string, PathLock>(Path, this));
    }

    /// <summary>When nobody waits any more. Not as soon as the lock is taken: that would only make the taking slower.</summary>
    private void StopListening()
    {
        if (_listening && IsIdle)
        {
            _listening = false;
            _notices = null;
            _file.StopListening();
        }
    }
}
