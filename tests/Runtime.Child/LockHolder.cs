namespace LockAnalyzers.Runtime.Child;

internal static class LockHolder
{
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
}
