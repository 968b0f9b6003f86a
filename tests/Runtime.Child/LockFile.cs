namespace LockAnalyzers.Runtime.Child;

internal static class LockFile
{
    /// <summary>A search ends after a time, in which it need not find anybody on a busy machine.</summary>
    private const int Searches = 20;

    /// <summary>Holds a lock file until the parent writes a line, or ends.</summary>
    public static int Hold(string path)
    {
        using (new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            Console.WriteLine("held");
            Console.ReadLine();
        }

        Console.WriteLine("released");
        return 0;
    }

    /// <summary>Holds a lock until the parent writes a line, or ends.</summary>
    public static int HoldLock(string path)
    {
        using (FileLock.Acquire(path))
        {
            Console.WriteLine("held");
            Console.ReadLine();
        }

        Console.WriteLine("released");
        return 0;
    }

    /// <summary>Says how an acquisition ended: "acquired", or the type of the exception.</summary>
    public static int Lock(string path, TimeSpan deadline)
    {
        try
        {
            using FileLock held = FileLock.Acquire(path, budget: RetryBudget.Within(deadline));
            Console.WriteLine("acquired");
        }
        catch (LockTimeoutException e)
        {
            Console.WriteLine(e.GetType().Name);
        }

        return 0;
    }

    /// <summary>Says how a bounded open ended: "acquired", or the type of the exception and of its cause.</summary>
    public static int Open(string path, TimeSpan deadline)
    {
        try
        {
            using FileStream file = BoundedFile.Open(path, budget: RetryBudget.Within(deadline));
            Console.WriteLine("acquired");
        }
        catch (LockTimeoutException e)
        {
            Console.WriteLine($"{e.GetType().Name} because of {e.InnerException?.GetType().Name}");
        }

        return 0;
    }

    /// <summary>Says who holds a lock file, by number and evidence; an empty line when nobody is found.</summary>
    public static int Who(string path)
    {
        IReadOnlyList<LockHolder> holders = [];
        for (int i = 0; i < Searches && holders.Count == 0; i++)
        {
            try
            {
                BoundedFile.Open(path, budget: new RetryBudget { MaxAttempts = 1 }).Dispose();
            }
            catch (LockTimeoutException e)
            {
                holders = e.Holders;
            }
        }

        Console.WriteLine(string.Join(' ', holders.Select(static holder => $"{holder.ProcessId} {holder.Evidence}")));
        return 0;
    }
}
