namespace LockAnalyzers.Runtime.Child;

internal static class PoolFiller
{
    /// <summary>The pool refuses a limit below the number of processors.</summary>
    private static readonly int Threads = Math.Max(4, Environment.ProcessorCount);

    /// <summary>Blocks every pool thread there may be. From then on no pool timer fires.</summary>
    public static void Fill()
    {
        // Both the same: the pool starts all its threads at once, and not one every half second.
        if (!ThreadPool.SetMaxThreads(Threads, Threads) || !ThreadPool.SetMinThreads(Threads, Threads))
        {
            throw new InvalidOperationException("The pool takes no limit.");
        }

        using var blocked = new CountdownEvent(Threads);
        for (int i = 0; i < 2 * Threads; i++)
        {
            ThreadPool.UnsafeQueueUserWorkItem(
                signal =>
                {
                    ((CountdownEvent)signal!).Signal();
                    Thread.Sleep(Timeout.Infinite);
                },
                blocked);
        }

        blocked.Wait();
    }

    public static int Retry(TimeSpan deadline)
    {
        Fill();
        try
        {
            BoundedRetry.Until(static () => false, RetryBudget.Within(deadline));
        }
        catch (LockTimeoutException)
        {
            Console.WriteLine("ended");
        }

        return 0;
    }
}
