using System.Diagnostics;
using System.Globalization;
using LockAnalyzers.Runtime;

namespace LockAnalyzers.Benchmarks;

/// <summary>Another process of the measurement: it holds the lock when told to, or waits for it.</summary>
internal sealed class LockProcess : IDisposable
{
    private readonly Process _process;

    private LockProcess(params string[] arguments)
    {
        var info = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardInput = true, RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            info.ArgumentList.Add(typeof(LockProcess).Assembly.Location);
        foreach (var argument in arguments)
            info.ArgumentList.Add(argument);
        _process = Process.Start(info)!;
    }

    public static LockProcess Holder(string path, bool raw) => new("--lock-holder", path, raw ? "raw" : "ours");

    public static LockProcess Waiters(string path, int count)
    {
        var process = new LockProcess("--lock-waiters", path, count.ToString(CultureInfo.InvariantCulture));
        process.Read();
        return process;
    }

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

    /// <summary>Returns once it holds the lock, which it then does for so long.</summary>
    public void Hold(int milliseconds)
    {
        _process.StandardInput.WriteLine(milliseconds);
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
    public static void Serve(string path, bool raw)
    {
        var bytes = RawFlock.Path(path);
        while (Console.ReadLine() is { } milliseconds)
        {
            long released;
            var descriptor = raw ? RawFlock.Open(bytes) : 0;
            var held = raw ? null : FileLock.Acquire(path);
            if (raw)
                RawFlock.Lock(descriptor);
            Console.WriteLine();
            Thread.Sleep(int.Parse(milliseconds, CultureInfo.InvariantCulture));
            released = Stopwatch.GetTimestamp();
            held?.Dispose();
            if (raw)
                RawFlock.Close(descriptor);
            Console.WriteLine(released);
        }
    }

    /// <summary>Waits so many times at once, longer than anybody measures.</summary>
    public static void Wait(string path, int count)
    {
        var threads = Enumerable.Range(0, count).Select(_ => new Thread(() => FileLock.Acquire(path, budget: RetryBudget.Within(TimeSpan.FromMinutes(5))).Dispose())).ToArray();
        foreach (var thread in threads)
            thread.Start();
        Console.WriteLine();
        foreach (var thread in threads)
            thread.Join();
    }

    private string Read() => _process.StandardOutput.ReadLine() ?? throw new InvalidOperationException("The other process has ended.");
}
