namespace LockAnalyzers.Runtime.Child;

internal static class PoolFiller
{
    private const int Threads = 4;

    /// <summary>Blocks every pool thread there may be. From then on no pool timer fires.</summary>
    public static void Fill()
    {
        ThreadPool.SetMinThreads(1, 1);
        if (!ThreadPool.SetMaxThreads(Threads, Threads))
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
