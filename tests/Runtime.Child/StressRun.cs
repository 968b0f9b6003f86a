using System.Diagnostics;
using System.Globalization;

namespace LockAnalyzers.Runtime.Child;

/// <summary>Many processes want one lock, while others of them are killed and the lock file is deleted and replaced under their hands.</summary>
/// <remarks>
/// <para>By hand: <c>dotnet run -c Release --project tests/Runtime.Child -- stress 60 8</c>. Seconds, processes, and "stream" for a lock that is no match for it.</para>
/// <para>A run counts only if locks were acquired and nobody ended whom it did not kill: processes that fail violate nothing.</para>
/// </remarks>
internal sealed class StressRun : IDisposable
{
    private const int KilledExitCode = 128 + 9;

    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(20);

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("LockAnalyzers");
    private readonly StressBoard _board;
    private readonly Dictionary<long, Process> _workers = [];
    private readonly Random _random = new();
    private readonly string _kind;
    private long _started;
    private int _kills, _killedHolders, _deletions, _ended;

    private StressRun(string kind)
    {
        _kind = kind;
        _board = new StressBoard(BoardPath);
    }

    private string BoardPath => Path.Combine(_directory.FullName, "board");

    private string Lock => Path.Combine(_directory.FullName, "lock");

    public static int Run(int seconds, int processes, string kind)
    {
        using var run = new StressRun(kind);
        return run.Run(TimeSpan.FromSeconds(seconds), processes);
    }

    public void Dispose()
    {
        foreach (Process process in _workers.Values)
        {
            process.Kill();
            process.Dispose();
        }

        _board.Dispose();
        _directory.Delete(recursive: true);
    }

    private int Run(TimeSpan time, int processes)
    {
        for (int i = 0; i < processes; i++)
        {
            Start();
        }

        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < time)
        {
            Thread.Sleep(_random.Next(10, 200));
            Disturb();
        }

        Volatile.Write(ref _board.Stop, 1);
        var end = Stopwatch.StartNew();
        int stuck = _workers.Values.Count(process => !process.WaitForExit(LongestEnd - end.Elapsed is var left && left > TimeSpan.Zero ? left : TimeSpan.Zero));
        _ended += _workers.Values.Count(process => process.HasExited && process.ExitCode != 0);
        return Tell(stuck);
    }

    private void Disturb()
    {
        switch (_random.Next(4))
        {
            case 0:
                Kill(_workers.Keys.ElementAt(_random.Next(_workers.Count)));
                break;

            case 1 when Volatile.Read(ref _board.Owner) is var owner && _workers.ContainsKey(owner):
                _killedHolders++;
                Kill(owner);
                break;

            case 2:
                _deletions++;
                File.Delete(Lock);
                break;

            default:
                _deletions++;
                string other = Path.Combine(_directory.FullName, "other");
                File.WriteAllText(other, "");
                File.Move(other, Lock, overwrite: true);
                break;
        }
    }

    private void Start()
    {
        long number = ++_started;
        string[] itself = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(StressRun).Assembly.Location] : [];
        _workers.Add(number, Process.Start(
            Environment.ProcessPath!,
            [.. itself, "stress-worker", BoardPath, Lock, number.ToString(CultureInfo.InvariantCulture), _kind]));
    }

    private void Kill(long number)
    {
        _kills++;
        Process worker = _workers[number];
        _workers.Remove(number);
        _board.MarkKilled(number);
        worker.Kill();
        worker.WaitForExit();
        _ended += worker.ExitCode == KilledExitCode ? 0 : 1;
        worker.Dispose();
        Start();
    }

    private int Tell(int stuck)
    {
        Console.WriteLine(FormattableString.Invariant($"acquired {_board.Acquired}, timed out {_board.TimedOut}, cancelled {_board.Cancelled}, killed {_kills} (aimed at the holder: {_killedHolders}, locks inherited: {_board.Inherited}), deleted or replaced {_deletions}"));
        Console.WriteLine(FormattableString.Invariant($"latest {_board.Latest / 1000.0:0.0} ms after its deadline, slowest cancellation {_board.SlowestCancellation / 1000.0:0.0} ms"));
        Console.WriteLine($"violations {_board.Violations}");
        Console.WriteLine($"late {_board.Late}");
        Console.WriteLine($"failed {_board.Failed}");
        Console.WriteLine($"ended by themselves {_ended}");
        Console.WriteLine($"stuck {stuck}");
        return _board.Violations + _board.Late + _board.Failed + _ended + stuck == 0 && _board.Acquired > 0 ? 0 : 1;
    }
}
