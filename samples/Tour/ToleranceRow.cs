using System.Diagnostics;

namespace LockAnalyzers.Tour;

/// <summary>A worker waits for a registry that a first worker closes soon after. This is what "wait" had been added for, and it must not get lost.</summary>
internal sealed class ToleranceRow : Row
{
    public override string Name => $"tolerance, registry free after {Stage.Held.TotalSeconds} s";

    public override Verdict Before => Verdict.Good;

    public override async Task<Outcome> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        string folder = stage.Folder("tolerance");
        string journal = Path.Combine(folder, "journal");
        WorkerProcess first = stage.Start(folder, journal);
        await first.UntilReadyAsync(cancellationToken);
        WorkerProcess second = stage.Start(folder, journal);
        await second.PingAsync(cancellationToken);
        await Task.Delay(Stage.Held, cancellationToken);
        if (await second.IsReadyAsync(cancellationToken) || !await first.IsReadyAsync(cancellationToken))
        {
            throw new TourException($"{Name}: the second worker does not wait for the first one's lock.");
        }

        long start = Stopwatch.GetTimestamp();
        bool unharmed = await first.ClosesWellAsync(cancellationToken);
        await second.UntilReadyAsync(cancellationToken);
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        bool good = time <= Stage.AtOnce && await second.ClosesWellAsync(cancellationToken);
        return new Outcome("got its lock", good ? Verdict.Good : Verdict.Unexpected, time, unharmed);
    }
}
