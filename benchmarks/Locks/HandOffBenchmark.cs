using System.Diagnostics;
using LockAnalyzers.Runtime;

namespace LockAnalyzers.Benchmarks;

/// <summary>From "the holder lets go" to "the waiter has it", between two processes; what waiting costs; how soon a waiter hears that it is cancelled.</summary>
internal static class HandOffBenchmark
{
    private const int HandOffs = 200, WarmUps = 60, Cancellations = 200, Waiters = 16;

    private static readonly RetryBudget Patient = RetryBudget.Within(TimeSpan.FromMinutes(1));
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(3), Watched = TimeSpan.FromSeconds(10);

    public static void Run(string path)
    {
        Distribution.Print($"\nHand-off between two processes, {HandOffs} each, µs from letting go to having it:\n\n| waiting by | lowest | median | p90 | p99 | highest | median, x blocking |\n|---|---|---|---|---|---|---|");
        var bytes = RawFlock.Path(path);
        var blocking = HandOff(path, raw: true, () => Raw(bytes, RawFlock.Lock));
        var sleeping = HandOff(path, raw: true, () => Raw(bytes, static descriptor =>
        {
            while (!RawFlock.TryLock(descriptor))
                Thread.Sleep(50);
        }));
        Row("`flock(LOCK_EX)`: blocked in the kernel, not to be ended", blocking, blocking);
        Row("`FileLock.Acquire`", HandOff(path, raw: false, () => FileLock.Acquire(path, budget: Patient).Dispose), blocking);
        Row("`FileLock.AcquireAsync`", HandOff(path, raw: false, () => FileLock.AcquireAsync(path, budget: Patient).GetAwaiter().GetResult().Dispose), blocking);
        Row("polling every 50 ms", sleeping, blocking);

        using var holder = LockProcess.Holder(path, raw: false);
        holder.Hold((int)TimeSpan.FromMinutes(5).TotalMilliseconds);
        Distribution.Print($"\n{Cancellations} cancellations of a thread that waits, µs from `Cancel` to the exception: lowest, median, p90, p99, highest | {Cancel(path)} |");
        Distribution.Print($"\n| {Waiters} waiters, {Watched.TotalSeconds} s | CPU, % of a core |\n|---|---|");
        Distribution.Print($"| in {Waiters} processes | {Load(path, Waiters, 1):F3} |");
        Distribution.Print($"| in one process | {Load(path, 1, Waiters):F3} |");
    }

    private static void Row(string name, Distribution times, Distribution blocking)
        => Distribution.Print($"| {name} | {times} | {times.Median / blocking.Median:F1} |");

    private static Action Raw(byte[] path, Action<int> wait)
    {
        var descriptor = RawFlock.Open(path);
        wait(descriptor);
        return () => RawFlock.Close(descriptor);
    }

    private static Distribution HandOff(string path, bool raw, Func<Action> acquire)
    {
        // The same pauses for all; long and uneven enough that no poll falls into step with them.
        var random = new Random(42);
        var times = new List<double>();
        using var holder = LockProcess.Holder(path, raw);
        for (var i = -WarmUps; i < HandOffs; i++)
        {
            holder.Hold(random.Next(20, 120));
            var release = acquire();
            var acquired = Stopwatch.GetTimestamp();
            release();
            var time = Stopwatch.GetElapsedTime(holder.ReadReleased(), acquired).TotalMicroseconds;
            if (i >= 0)
                times.Add(time);
        }

        return Distribution.Of(times);
    }

    private static Distribution Cancel(string path)
    {
        var times = new List<double>();
        for (var i = 0; i < Cancellations; i++)
        {
            using var source = new CancellationTokenSource();
            using var ready = new ManualResetEventSlim();
            long heard = 0;
            var thread = new Thread(() =>
            {
                ready.Set();
                try
                {
                    FileLock.Acquire(path, budget: Patient, cancellationToken: source.Token).Dispose();
                }
                catch (OperationCanceledException)
                {
                    heard = Stopwatch.GetTimestamp();
                }
            });
            thread.Start();
            ready.Wait();
            Thread.Sleep(5);
            var cancelled = Stopwatch.GetTimestamp();
            source.Cancel();
            thread.Join();
            times.Add(Stopwatch.GetElapsedTime(cancelled, heard).TotalMicroseconds);
        }

        return Distribution.Of(times);
    }

    private static double Load(string path, int processes, int waitersInEach)
    {
        LockProcess[] waiting = [.. Enumerable.Range(0, processes).Select(_ => LockProcess.Waiters(path, waitersInEach))];
        try
        {
            Thread.Sleep(Settling);
            var before = waiting.Sum(process => process.Cpu.TotalSeconds);
            var clock = Stopwatch.StartNew();
            Thread.Sleep(Watched);
            return (waiting.Sum(process => process.Cpu.TotalSeconds) - before) / clock.Elapsed.TotalSeconds * 100;
        }
        finally
        {
            foreach (var process in waiting)
                process.Dispose();
        }
    }
}
