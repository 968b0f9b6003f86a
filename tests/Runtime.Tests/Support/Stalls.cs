using System.Diagnostics;

namespace LockAnalyzers.Runtime.Tests;

/// <summary>How late this machine is by itself: a thread that sleeps for a millisecond, again and again.</summary>
internal sealed class Stalls : IDisposable
{
    private static readonly TimeSpan Nap = TimeSpan.FromMilliseconds(1);

    private readonly Thread _thread;
    private volatile bool _isOver;
    private long _longest;

    public Stalls()
    {
        _thread = new Thread(Sleep) { IsBackground = true };
        _thread.Start();
    }

    public TimeSpan Longest => TimeSpan.FromTicks(Interlocked.Read(ref _longest));

    public void Dispose()
    {
        _isOver = true;
        _thread.Join();
    }

    private void Sleep()
    {
        while (!_isOver)
        {
            long start = Stopwatch.GetTimestamp();
            Thread.Sleep(Nap);
            Interlocked.Exchange(ref _longest, Math.Max(Longest.Ticks, (Stopwatch.GetElapsedTime(start) - Nap).Ticks));
        }
    }
}
