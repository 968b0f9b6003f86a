using System.Diagnostics;

namespace LockAnalyzers.Runtime.Child;

internal static class Writer
{
    /// <summary>Writes so many characters to standard error, then so many to standard output, and ends.</summary>
    public static int Write(int output, int error)
    {
        Console.Error.Write(new string('e', error));
        Console.Out.Write(new string('o', output));
        return 3;
    }

    /// <summary>Says that it runs, and stays longer than any test waits; not for ever, because a test may lose sight of it.</summary>
    public static int Stay()
    {
        Console.WriteLine("here");
        Thread.Sleep(TimeSpan.FromMinutes(2));
        return 0;
    }

    /// <summary>Starts another process that keeps the output open, and ends.</summary>
    public static int Leave(string[] heir)
    {
        Process.Start(Environment.ProcessPath!, [typeof(Writer).Assembly.Location, .. heir]);
        return 0;
    }
}
