using System.Diagnostics;
using LockAnalyzers.Runtime;

namespace LockAnalyzers.Benchmarks;

/// <summary>From "the holder lets go" to "the waiter has it", between two processes; what waiting costs; how soon a waiter hears that it is cancelled.</summary>
internal static class HandOffBenchmark
{
    private const int HandOffs = 150, WarmUps = 60, Cancellations = 200, Waiters = 16;

    private static readonly RetryBudget Patient = RetryBudget.Within(TimeSpan.FromMinutes(1));
    private static readonly TimeSpan Settling = TimeSpan.FromSeconds(5), Watched = TimeSpan.FromSeconds(10);

    public static void Run(string path)
    {
        // Where the two run decides as much as how they wait: a processor that sleeps has to be woken first.
        Compare(path, "each on a processor of its own", 0, 1);
        Compare(path, "both on one processor", 0, 0);
        Compare(path, "where the scheduler puts them", null, null);

        using var holder = LockProcess.Holder(path);
        holder.Hold((int)TimeSpan.FromMinutes(5).TotalMilliseconds, raw: false);
        Distribution.Print($"\n{Cancellations} cancellations of a thread that waits, µs from `Cancel` to the exception: lowest, median, p90, p99, highest | {Cancel(path)} |");
        Distribution.Print($"\n| {Waiters} waiters, {Watched.TotalSeconds} s | CPU, % of a core |\n|---|---|");
        Distribution.Print($"| in {Waiters} processes | {Load(path, Waiters, 1):F3} |");
        Distribution.Print($"| the same processes, waiting for nothing | {Load(path, Waiters, 0):F3} |");
        Distribution.Print($"| in one process | {Load(path, 1, Waiters):F3} |");
    }

    private static Held Raw(byte[] path, Action<int> wait)
    {
        var descriptor = RawFlock.Open(path);
        wait(descriptor);
        return new Held(() => RawFlock.Close(descriptor));
    }

    /// <summary>The clock is read where the caller goes on, a pool thread; not on the one that waits for it here.</summary>
    private static async Task<Held> AcquireAsync(string path) => new((await FileLock.AcquireAsync(path, budget: Patient)).Dispose);

    /// <summary>All ways in turn, with the same holder, so that what else the machine does meets all of them alike.</summary>
    private static void Compare(string path, string where, int? holderOn, int? waiterOn)
    {
        var bytes = RawFlock.Path(path);
        (string Name, bool Raw, Func<Held> Acquire)[] ways =
        [
            ("`flock(LOCK_EX)`: blocked in the kernel, not to be ended", true, () => Raw(bytes, RawFlock.Lock)),
            ("`FileLock.Acquire`", false, () => new Held(FileLock.Acquire(path, budget: Patient).Dispose)),
            ("`await FileLock.AcquireAsync`", false, () => AcquireAsync(path).GetAwaiter().GetResult()),
            ("polling every 50 ms", true, () => Raw(bytes, static descriptor =>
            {
                while (!RawFlock.TryLock(descriptor))
                    Thread.Sleep(50);
            })),
        ];

        RawProcessor.Use(holderOn);
        using var holder = LockProcess.Holder(path);
        RawProcessor.Use(waiterOn);

        // Long and uneven enough that no poll falls into step with them.
        var random = new Random(42);
        var times = ways.Select(_ => new List<double>()).ToArray();
        for (var i = -WarmUps; i < HandOffs; i++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                holder.Hold(random.Next(20, 80), ways[way].Raw);
                var held = ways[way].Acquire();
                held.Release();
                var time = Stopwatch.GetElapsedTime(holder.ReadReleased(), held.Since).TotalMicroseconds;
                if (i >= 0)
                    times[way].Add(time);
            }
        }

        RawProcessor.Use(null);
        Distribution.Print($"\nHand-off between two processes, {where}, {HandOffs} each, µs from letting go to having it:\n\n| waiting by | lowest | median | p90 | p99 | highest | median, x blocking |\n|---|---|---|---|---|---|---|");
        var blocking = Distribution.Of(times[0]).Median;
        for (var way = 0; way < ways.Length; way++)
            Distribution.Print($"| {ways[way].Name} | {Distribution.Of(times[way])} | {Distribution.Of(times[way]).Median / blocking:F1} |");
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
            Array.ForEach(waiting, static process => process.ReadReady());
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

    private sealed class Held(Action release)
    {
        /// <summary>As <see cref="Stopwatch.GetTimestamp"/>.</summary>
        public long Since { get; } = Stopwatch.GetTimestamp();

        public Action Release { get; } = release;
    }
}
