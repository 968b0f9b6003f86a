using System.IO.MemoryMappedFiles;

namespace LockAnalyzers.Runtime.Child;

/// <summary>Memory that all processes of a stress run share: who is inside, and the tally. It knows nothing of the lock under test.</summary>
internal sealed unsafe class StressBoard : IDisposable
{
    /// <summary>Workers are numbered from 1 as they are started; a killed one is replaced by a new number.</summary>
    public const int MostWorkers = 100_000;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly long* _words;
    private readonly byte* _killed;

    public StressBoard(string path)
    {
        const int Words = 16 * sizeof(long);
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, Words + MostWorkers);
        _view = _file.CreateViewAccessor();
        byte* start = null;
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref start);
        _words = (long*)start;
        _killed = start + Words;
    }

    public ref long Owner => ref _words[0];

    public ref long Stop => ref _words[1];

    public ref long Acquired => ref _words[2];

    /// <summary>Somebody entered while another one was inside, or was thrown out while he was inside.</summary>
    public ref long Violations => ref _words[3];

    /// <summary>Acquisitions that neither succeeded nor gave up within their budget and <see cref="StressWorker.Tolerance"/>.</summary>
    public ref long Late => ref _words[4];

    public ref long TimedOut => ref _words[5];

    public ref long Cancelled => ref _words[6];

    public ref long Failed => ref _words[7];

    /// <summary>Locks got after a holder was killed.</summary>
    public ref long Inherited => ref _words[8];

    /// <summary>Microseconds by which the latest acquisition exceeded its budget.</summary>
    public ref long Latest => ref _words[9];

    /// <summary>Microseconds between a cancellation and the end of the wait.</summary>
    public ref long SlowestCancellation => ref _words[10];

    public void MarkKilled(long worker) => Volatile.Write(ref _killed[worker], 1);

    public bool IsKilled(long worker) => Volatile.Read(ref _killed[worker]) != 0;

    /// <summary>Enters the critical section: nobody may be inside, unless he was killed there.</summary>
    public void Enter(long worker)
    {
        long before = Interlocked.CompareExchange(ref Owner, worker, 0);
        if (before != 0)
        {
            bool inherited = IsKilled(before) && Interlocked.CompareExchange(ref Owner, worker, before) == before;
            Interlocked.Increment(ref inherited ? ref Inherited : ref Violations);
        }
    }

    public void Exit(long worker)
    {
        if (Interlocked.CompareExchange(ref Owner, 0, worker) != worker)
        {
            Interlocked.Increment(ref Violations);
        }
    }

    public static void Raise(ref long most, long value)
    {
        long before;
        while (value > (before = Volatile.Read(ref most)) && Interlocked.CompareExchange(ref most, value, before) != before)
        {
        }
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
