using System.Globalization;

namespace LockAnalyzers.Runtime.Child;

/// <summary>Takes a lock again and again, and says what that leaves behind.</summary>
internal static class Churn
{
    /// <summary>Says how many descriptors and threads there are more after all the acquisitions than after the first tenth of them.</summary>
    public static int Run(string path, int count)
    {
        BeRefused(path).GetAwaiter().GetResult();
        Acquire(path, count / 10);
        (int descriptors, int threads) = Settled();
        Acquire(path, count);
        (int descriptorsAfter, int threadsAfter) = Settled();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"descriptors {descriptorsAfter - descriptors:+0;-0;0}, threads {threadsAfter - threads:+0;-0;0}"));
        return 0;
    }

    /// <summary>What the first wait for another process opens is there to stay: one inotify instance, one thread.</summary>
    private static async Task BeRefused(string path)
    {
        RetryBudget moment = RetryBudget.Within(TimeSpan.FromMilliseconds(50));
        using FileStream holder = BoundedFile.Open(path);
        _ = FileLock.TryAcquire(path, budget: moment);
        _ = await FileLock.TryAcquireAsync(path, budget: moment);
    }

    /// <summary>In all ways, with and without somebody else in the way, some of them cancelled.</summary>
    private static void Acquire(string path, int count)
        => Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            using var source = new CancellationTokenSource();
            if (i % 16 == 0)
            {
                source.CancelAfter(1);
            }

            try
            {
                using FileLock held = i % 2 == 0
                    ? FileLock.Acquire(path, cancellationToken: source.Token)
                    : FileLock.AcquireAsync(path, cancellationToken: source.Token).GetAwaiter().GetResult();
            }
            catch (OperationCanceledException)
            {
            }
        });

    /// <summary>Once nothing changes any more: files of locks that were let go stay open for a moment.</summary>
    private static (int Descriptors, int Threads) Settled()
    {
        (int, int) before, now = Count();
        do
        {
            before = now;
            Thread.Sleep(500);
            now = Count();
        }
        while (before != now);

        return now;
    }

    /// <summary>Without what .NET itself opens and starts as it goes along: assemblies, and threads that bear its name.</summary>
    private static (int Descriptors, int Threads) Count()
        => (Directory.GetFiles("/proc/self/fd").Count(static descriptor => Reads(() => File.ResolveLinkTarget(descriptor, returnFinalTarget: false)?.Name) is { } file && !file.EndsWith(".dll", StringComparison.Ordinal)),
            Directory.GetDirectories("/proc/self/task").Count(static thread => Reads(() => File.ReadAllText(Path.Combine(thread, "comm"))) is { } name && !name.StartsWith(".NET", StringComparison.Ordinal)));

    /// <summary>Null when it is gone by now, such as the descriptor with which the list was made.</summary>
    private static string? Reads(Func<string?> read)
    {
        try
        {
            return read();
        }
        catch (IOException)
        {
            return null;
        }
    }
}
