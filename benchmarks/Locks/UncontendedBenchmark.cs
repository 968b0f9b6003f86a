using System.Diagnostics;
using LockAnalyzers.Runtime;
using NuGet.Common;

namespace LockAnalyzers.Benchmarks;

/// <summary>A lock file that nobody else wants, acquired and released: the ways in turn, so that what else the machine does meets all of them alike.</summary>
internal static class UncontendedBenchmark
{
    private const int Rounds = 15, WarmUps = 5, Count = 5_000;

    public static void Run(string path)
    {
        var raw = RawFlock.Path(path);
        (string Name, Action Once)[] ways =
        [
            ("raw `open`, `flock(LOCK_EX \\| LOCK_NB)`, `close`", () =>
            {
                var descriptor = RawFlock.Open(raw);
                RawFlock.TryLock(descriptor);
                RawFlock.Close(descriptor);
            }),
            ("`FileLock.Acquire`, `Dispose`", () => FileLock.Acquire(path).Dispose()),
            ("`FileLock.TryAcquire`, `Dispose`", () => FileLock.TryAcquire(path)!.Dispose()),
            ("`await FileLock.AcquireAsync`, `Dispose`", () => FileLock.AcquireAsync(path).GetAwaiter().GetResult().Dispose()),
            ("`FileStream`, `FileShare.None`", () => new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0).Dispose()),
            ("`BoundedFile.Open`", () => BoundedFile.Open(path, bufferSize: 0).Dispose()),
            ("NuGet.Common, `ConcurrencyUtilities.ExecuteWithFileLocked`", () => ConcurrencyUtilities.ExecuteWithFileLocked(path, static () => { })),
        ];

        var times = ways.Select(_ => new List<double>()).ToArray();
        for (var round = -WarmUps; round < Rounds; round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                var once = ways[way].Once;
                var clock = Stopwatch.StartNew();
                for (var i = 0; i < Count; i++)
                    once();
                if (round >= 0)
                    times[way].Add(clock.Elapsed.TotalMicroseconds / Count);
            }
        }

        Distribution.Print($"\nUncontended, {Rounds} rounds of {Count:N0} each:\n\n| acquire and release | µs, median | lowest | x raw, medians |\n|---|---|---|---|");
        for (var way = 0; way < ways.Length; way++)
            Distribution.Print($"| {ways[way].Name} | {Distribution.Of(times[way]).Median:F2} | {times[way].Min():F2} | {Distribution.Of(times[way]).Median / Distribution.Of(times[0]).Median:F2} |");
    }
}
