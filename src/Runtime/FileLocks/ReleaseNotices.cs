using System.Diagnostics;

namespace LockAnalyzers.Runtime;

/// <summary>Linux: tells those who wait for lock files when somebody closes one. One inotify instance for the process, since a user has 128 of them.</summary>
/// <remarks>
/// <para>Of all threads that wait one reads the instance, and tells the others; when it leaves, another reads. So the thread of a lone waiter is woken by
/// the kernel itself, not by a second thread. For tasks, which have no thread that waits, a background thread joins the queue of readers.</para>
/// <para>A notice is a reason to try, no more. One that is lost, or does not come (a file server, a full queue, a holder on another machine), costs
/// the rest of a pause.</para>
/// </remarks>
internal sealed unsafe class ReleaseNotices
{
    private const int BufferSize = 4096;

    private static readonly object Opening = new();
    private static ReleaseNotices? _instance;

    private readonly object _gate = new();
    private readonly Dictionary<int, List<PathLock>> _watched = [];
    private readonly List<ThreadSignal> _others = [];
    private readonly ThreadSignal _forTasks = new();
    private readonly int _inotify;
    private readonly int _interrupt;

    /// <summary>The one who listens, while there is no other.</summary>
    private PathLock? _only;
    private ThreadSignal? _reader;

    /// <summary>By the reader: there is something to be read of which somebody has been told already.</summary>
    private bool _isUnread;
    private bool _hasThread;
    private int _tasks;

    private ReleaseNotices(int inotify, int interrupt) => (_inotify, _interrupt) = (inotify, interrupt);

    /// <summary><see langword="null"/> where the system has none, or has none left. The next one who asks may have more luck.</summary>
    public static ReleaseNotices? TryGet()
    {
        if (Volatile.Read(ref _instance) is { } instance || !Inotify.IsSupported)
        {
            return _instance;
        }

        lock (Opening)
        {
            return _instance ??= TryOpen();
        }
    }

    /// <summary>From now on <see cref="PathLock.WakeFirst"/> is called when somebody closes the file. Not more than zero when that is refused.</summary>
    public int Watch(byte[] path, PathLock listener)
    {
        lock (_gate)
        {
            int watch = Inotify.Watch(_inotify, path);
            if (watch > 0)
            {
                if (!_watched.TryGetValue(watch, out List<PathLock>? listeners))
                {
                    _watched.Add(watch, listeners = []);
                }

                listeners.Add(listener);
                NoteOnly();
            }

            return watch;
        }
    }

    /// <summary>Takes <see cref="Watch"/> back.</summary>
    public void Unwatch(int watch, PathLock listener)
    {
        lock (_gate)
        {
            if (_watched.TryGetValue(watch, out List<PathLock>? listeners) && listeners.Remove(listener) && listeners.Count == 0)
            {
                _watched.Remove(watch);
                Inotify.Unwatch(_inotify, watch);
            }

            NoteOnly();
        }
    }

    /// <summary>Sleeps until the signal is set, for so many milliseconds; without end if negative. Meanwhile the thread may have to read for all.</summary>
    public void Wait(ThreadSignal signal, int milliseconds)
    {
        long started = Stopwatch.GetTimestamp();
        lock (_gate)
        {
            if (_reader is null)
            {
                _reader = signal;
            }
            else
            {
                _others.Add(signal);
            }
        }

        try
        {
            if (!IsReader(signal))
            {
                signal.Wait(milliseconds);
            }

            if (IsReader(signal))
            {
                Read(signal, started, milliseconds);
            }
        }
        finally
        {
            Leave(signal);
        }
    }

    /// <summary>Wakes the one who reads.</summary>
    public void Interrupt() => Inotify.SetEvent(_interrupt);

    /// <summary>A task waits: somebody has to read for it.</summary>
    public void EnterTask()
    {
        lock (_gate)
        {
            if (_tasks++ > 0)
            {
                return;
            }

            _hasThread = _hasThread || TryStartThread();
            Monitor.Pulse(_gate);
        }
    }

    public void LeaveTask()
    {
        lock (_gate)
        {
            if (--_tasks == 0)
            {
                _forTasks.Set();
            }
        }
    }

    private static ReleaseNotices? TryOpen()
    {
        int inotify = Inotify.New();
        int interrupt = Inotify.NewEvent();
        if (inotify >= 0 && interrupt >= 0)
        {
            return new ReleaseNotices(inotify, interrupt);
        }

        foreach (int descriptor in new[] { inotify, interrupt })
        {
            if (descriptor >= 0)
            {
                FileCalls.System.Close(descriptor);
            }
        }

        return null;
    }

    private bool TryStartThread()
    {
        try
        {
            Thread thread = new(ReadForTasks) { IsBackground = true, Name = "LockAnalyzers: lock files" };
#if NET
            thread.UnsafeStart();
#else
            thread.Start();
#endif
            return true;
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            return false; // The pauses must do.
        }
    }

    private void ReadForTasks()
    {
        while (true)
        {
            lock (_gate)
            {
                while (_tasks == 0)
                {
                    Monitor.Wait(_gate);
                }

                _forTasks.Reset();
            }

            Wait(_forTasks, Timeout.Infinite);
        }
    }

    private void Read(ThreadSignal signal, long started, int milliseconds)
    {
        signal.BeginReading(this);
        int left;
        while (!signal.IsSet && (left = Left(started, milliseconds)) != 0)
        {
            (bool isTold, bool isInterrupted) = Inotify.Wait(_inotify, _interrupt, left);
            if (isInterrupted)
            {
                ulong count;
                _ = Inotify.Read(_interrupt, (byte*)&count, sizeof(ulong));
            }

            if (isTold)
            {
                Tell();
            }
        }
    }

    private bool IsReader(ThreadSignal signal)
    {
        lock (_gate)
        {
            return _reader == signal;
        }
    }

    private void Leave(ThreadSignal signal)
    {
        signal.EndReading();
        lock (_gate)
        {
            if (_reader != signal)
            {
                _others.Remove(signal);
                return;
            }

            _reader = null;
            if (_others.Count > 0)
            {
                _reader = _others[0];
                _others.RemoveAt(0);
                _reader.Rouse();
            }
        }
    }

    private static int Left(long started, int milliseconds)
        => milliseconds < 0 ? milliseconds : Math.Max(0, milliseconds - (int)((Stopwatch.GetTimestamp() - started) * 1000 / Stopwatch.Frequency));

    private void NoteOnly()
    {
        List<PathLock>? listeners = _watched.Count == 1 ? _watched.Values.First() : null;
        Volatile.Write(ref _only, listeners is [var only] ? only : null);
    }

    /// <summary>Wakes whom it concerns that something has happened. Who listens alone is woken before it is read what: it is read at the next look.</summary>
    private void Tell()
    {
        PathLock? only = _isUnread ? null : Volatile.Read(ref _only);
        _isUnread = only is not null;
        if (only is not null)
        {
            only.WakeFirst();
            return;
        }

        byte* buffer = stackalloc byte[BufferSize];
        int size = Inotify.Read(_inotify, buffer, BufferSize); // What is left is there at the next look.
        int length;
        for (int at = 0; at < size; at += length)
        {
            int watch = *(int*)(buffer + at);
            uint what = *(uint*)(buffer + at + 4);
            length = Inotify.EventSize + *(int*)(buffer + at + 12);
            foreach (PathLock listener in Listeners(watch, what))
            {
                listener.WakeFirst();
            }
        }
    }

    private PathLock[] Listeners(int watch, uint what)
    {
        lock (_gate)
        {
            return (what & Inotify.Overflow) != 0 ? [.. _watched.Values.SelectMany(static listeners => listeners)]
                : _watched.TryGetValue(watch, out List<PathLock>? told) ? [.. told]
                : [];
        }
    }
}
