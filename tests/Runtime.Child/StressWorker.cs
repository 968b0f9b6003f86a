using System.Diagnostics;

namespace LockAnalyzers.Runtime.Child;

/// <summary>One process of a stress run: several threads and tasks that want the same lock, in all ways there are, until the run is over.</summary>
internal sealed class StressWorker(StressBoard board, string path, long number, bool asStream)
{
    /// <summary>What a machine may need to run a thread whose time has come.</summary>
    public static readonly TimeSpan Tolerance = TimeSpan.FromMilliseconds(250);

    private const int Threads = 2, Tasks = 2;

    public static int Run(string boardPath, string path, long number, bool asStream)
    {
        WarmUp($"{path}.{number}").GetAwaiter().GetResult();
        using var board = new StressBoard(boardPath);
        var worker = new StressWorker(board, path, number, asStream);
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(i => new Thread(() => worker.Loop(i).GetAwaiter().GetResult()))];
        foreach (Thread thread in threads)
        {
            thread.Start();
        }

        Task.WaitAll([.. Enumerable.Range(Threads, Tasks).Select(i => Task.Run(() => worker.Loop(i)))]);
        foreach (Thread thread in threads)
        {
            thread.Join();
        }

        return 0;
    }

    /// <summary>One time-out in each form, on a file of its own: what a process compiles at its first one is not what the run is about, and takes longer than the shortest budgets.</summary>
    private static async Task WarmUp(string path)
    {
        RetryBudget moment = RetryBudget.Within(TimeSpan.FromMilliseconds(20));
        using FileStream holder = BoundedFile.Open(path);
        try
        {
            FileLock.Acquire(path, budget: moment).Dispose();
        }
        catch (LockTimeoutException)
        {
        }

        try
        {
            (await FileLock.AcquireAsync(path, budget: moment)).Dispose();
        }
        catch (LockTimeoutException)
        {
        }
    }

    private async Task Loop(int place)
    {
        var random = new Random((int)(number * (Threads + Tasks)) + place);
        while (Volatile.Read(ref board.Stop) == 0)
        {
            var budget = new RetryBudget { Deadline = TimeSpan.FromMilliseconds(random.Next(20, 4_000)) };
            using var source = new CancellationTokenSource();
            long cancelled = 0;
            using CancellationTokenRegistration registration = source.Token.Register(() => cancelled = Stopwatch.GetTimestamp());
            if (random.Next(5) == 0)
            {
                source.CancelAfter(random.Next(300));
            }

            long started = Stopwatch.GetTimestamp();
            try
            {
                using IDisposable? held = asStream ? BoundedFile.Open(path, budget: budget, cancellationToken: source.Token)
                    : place < Threads ? FileLock.Acquire(path, budget: budget, cancellationToken: source.Token)
                    : random.Next(8) == 0 ? FileLock.TryAcquire(path)
                    : await FileLock.AcquireAsync(path, budget: budget, cancellationToken: source.Token);
                Ended(started, budget);
                if (held is not null)
                {
                    Hold(random);
                }
            }
            catch (LockTimeoutException)
            {
                Interlocked.Increment(ref board.TimedOut);
                Ended(started, budget);
            }
            catch (OperationCanceledException)
            {
                Interlocked.Increment(ref board.Cancelled);
                if (Volatile.Read(ref cancelled) is > 0 and var since)
                {
                    StressBoard.Raise(ref board.SlowestCancellation, (long)Stopwatch.GetElapsedTime(since).TotalMicroseconds);
                }
            }
            catch (Exception e)
            {
                Interlocked.Increment(ref board.Failed);
                Console.Error.WriteLine(e);
            }
        }
    }

    private void Hold(Random random)
    {
        board.Enter(number);
        Interlocked.Increment(ref board.Acquired);
        if (random.Next(4) == 0)
        {
            Thread.Sleep(random.Next(random.Next(20) == 0 ? 50 : 4));
        }
        else
        {
            Thread.SpinWait(random.Next(2_000));
        }

        board.Exit(number);
    }

    private void Ended(long started, RetryBudget budget)
    {
        TimeSpan over = Stopwatch.GetElapsedTime(started) - budget.Deadline;
        StressBoard.Raise(ref board.Latest, (long)over.TotalMicroseconds);
        if (over > Tolerance)
        {
            Interlocked.Increment(ref board.Late);
        }
    }
}
