using System.Diagnostics;
using System.Globalization;
using LockAnalyzers.Runtime;

namespace LockAnalyzers.Benchmarks;

/// <summary>A small program that ends, with or without a watchdog.</summary>
internal static class ExitProcess
{
    private const string Option = "--exiting";

    /// <summary>Longer than .NET waits before it compiles again what is often called, 100 ms.</summary>
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(150);

    /// <param name="Settled">Idle for a moment before it ends, and timed from there.</param>
    /// <param name="ByExit">Ends by <see cref="Environment.Exit"/>, and not by returning.</param>
    /// <param name="Armed">With a watchdog.</param>
    public sealed record Order(bool Settled, bool ByExit, bool Armed = false);

    /// <summary>Microseconds until the kernel has closed the process's end of a pipe, as it does when it ends.</summary>
    public static double Time(Order order)
    {
        var started = Stopwatch.GetTimestamp();
        using var process = ChildProcess.Start(Option, $"{order.Settled}", $"{order.ByExit}", $"{order.Armed}");
        var begun = process.StandardOutput.ReadLine();
        process.StandardOutput.Read();
        var ended = Stopwatch.GetTimestamp();
        process.WaitForExit();
        return Stopwatch.GetElapsedTime(order.Settled ? long.Parse(begun!, CultureInfo.InvariantCulture) : started, ended).TotalMicroseconds;
    }

    /// <summary>What the program does, if this is it.</summary>
    public static bool Is(string[] args)
    {
        if (args is not [Option, var settled, var byExit, var armed])
            return false;

        if (bool.Parse(armed))
            Arm();
        if (bool.Parse(settled))
            Thread.Sleep(Moment);
        Console.WriteLine(Stopwatch.GetTimestamp());
        if (bool.Parse(byExit))
            Environment.Exit(0);
        return true;
    }

    /// <summary>By itself, so that the library is not even loaded where it is not used.</summary>
    private static void Arm() => ShutdownWatchdog.Arm(TimeSpan.FromMinutes(1));
}
