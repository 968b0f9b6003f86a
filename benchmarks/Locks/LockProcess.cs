using System.Diagnostics;
using System.Globalization;
using LockAnalyzers.Runtime;

namespace LockAnalyzers.Benchmarks;

/// <summary>Another process of the measurement: it holds the lock when told to, or waits for it.</summary>
internal sealed class LockProcess : IDisposable
{
    private static readonly TimeSpan Compiling = TimeSpan.FromSeconds(3), Shortest = TimeSpan.FromMilliseconds(1);

    private readonly Process _process;

    private LockProcess(params string[] arguments) => _process = ChildProcess.Start(arguments);

    public static LockProcess Holder(string path) => new("--lock-holder", path);

    public static LockProcess Waiters(string path, int count) => new("--lock-waiters", path, count.ToString(CultureInfo.InvariantCulture));

    /// <summary>Returns once it has begun to wait.</summary>
    public void ReadReady() => Read();

    /// <summary>The time on a processor of all its threads so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            long nanoseconds = Directory.GetDirectories($"/proc/{_process.Id}/task")
                .Sum(task => long.Parse(File.ReadAllText(Path.Combine(task, "schedstat")).Split(' ')[0], CultureInfo.InvariantCulture));
            return TimeSpan.FromMicroseconds(nanoseconds / 1000.0);
        }
    }

    /// <summary>Returns once it holds the lock, the bare one or ours, which it then does for so long.</summary>
    public void Hold(int milliseconds, bool raw)
    {
        _process.StandardInput.WriteLine(FormattableString.Invariant($"{milliseconds} {raw}"));
        Read();
    }

    /// <summary>When it let go, as <see cref="Stopwatch.GetTimestamp"/>, which all processes of a machine share.</summary>
    public long ReadReleased() => long.Parse(Read(), CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }

    /// <summary>What the other process does.</summary>
    public static void Serve(string path)
    {
        var bytes = RawFlock.Path(path);
        while (Console.ReadLine()?.Split(' ') is [var milliseconds, var raw])
        {
            var hold = TimeSpan.FromMilliseconds(int.Parse(milliseconds, CultureInfo.InvariantCulture));
            Console.WriteLine(bool.Parse(raw) ? HoldRaw(bytes, hold) : Hold(path, hold));
        }
    }

    private static long HoldRaw(byte[] path, TimeSpan time)
    {
        var descriptor = RawFlock.Open(path);
        RawFlock.Lock(descriptor);
        Console.WriteLine();
        Thread.Sleep(time);
        var released = Stopwatch.GetTimestamp();
        RawFlock.Close(descriptor);
        return released;
    }

    private static long Hold(string path, TimeSpan time)
    {
        var held = FileLock.Acquire(path);
        Console.WriteLine();
        Thread.Sleep(time);
        var released = Stopwatch.GetTimestamp();
        held.Dispose();
        return released;
    }

    /// <summary>Waits so many times at once, or not at all, longer than anybody measures.</summary>
    /// <remarks>Before that many short waits, so that all code is compiled for good: .NET does so in the background, at its own time, and it would be taken for the cost of waiting.</remarks>
    public static void Wait(string path, int count)
    {
        FileLock.TryAcquire(path, budget: new RetryBudget { Deadline = Compiling, BaseDelay = Shortest, MaxDelay = Shortest })?.Dispose();
        var threads = Enumerable.Range(0, count).Select(_ => new Thread(() => FileLock.Acquire(path, budget: RetryBudget.Within(TimeSpan.FromMinutes(5))).Dispose())).ToArray();
        foreach (var thread in threads)
            thread.Start();
        Console.WriteLine();
        Thread.Sleep(Timeout.Infinite);
    }

    private string Read() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The other process has ended.");
}
