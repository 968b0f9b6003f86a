using System.Diagnostics;

namespace LockAnalyzers.Tour;

/// <summary>A worker waits for a lock that a first worker holds, and is told to stop.</summary>
internal sealed class StopRow(string name, StopRow.HeldLock held, Func<WorkerProcess, CancellationToken, Task> order) : Row
{
    /// <summary>Which lock the first worker holds against the second.</summary>
    public enum HeldLock
    {
        Registry,
        Journal,
    }

    public override string Name => $"{name}, {held.ToString().ToLowerInvariant()} held";

    public override async Task<Outcome> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        string folder = stage.Folder(Name);
        string journal = Path.Combine(folder, "journal");
        string firstStore = Path.Combine(folder, "store");
        string secondStore = held == HeldLock.Registry ? firstStore : Path.Combine(folder, "second-store");
        string lockFile = held == HeldLock.Registry ? Path.Combine(firstStore, "registry.lock") : journal + ".lock";

        WorkerProcess first = stage.Start(firstStore, journal);
        await first.UntilReadyAsync(cancellationToken);
        WorkerProcess second = stage.Start(secondStore, journal);
        await second.PingAsync(cancellationToken);
        await Task.Delay(1000, cancellationToken);
        if (await second.IsReadyAsync(cancellationToken) || !Probe.IsHeld(lockFile))
        {
            throw new TourException($"{Name}: the second worker does not wait for the first one's lock.");
        }

        long start = Stopwatch.GetTimestamp();
        await order(second, cancellationToken);
        bool ended = await stage.EndsAsync(second, cancellationToken);
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        if (!ended)
        {
            await second.KillAsync(cancellationToken);
        }

        string[] log = (await second.Log).TrimEnd().Split('\n');
        bool unharmed = Probe.IsHeld(lockFile)
            && await first.IsReadyAsync(cancellationToken)
            && await first.ClosesWellAsync(cancellationToken)
            && !Probe.IsHeld(lockFile);
        string text = ended ? $"ended, exit code {second.ExitCode}" : $"alive after {time.TotalSeconds:0.0} s";
        Verdict verdict = !ended ? Verdict.Fault : second.ExitCode == 0 && time <= Stage.AtOnce ? Verdict.Good : Verdict.Unexpected;
        return new Outcome(text, verdict, time, unharmed, log[^1]);
    }
}
