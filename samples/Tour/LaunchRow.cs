using System.Diagnostics;

namespace LockAnalyzers.Tour;

/// <summary>A worker is started while another program has the launch lock, which is let go soon after.</summary>
internal sealed class LaunchRow : Row
{
    public override string Name => $"launch, lock free after {Stage.Held.TotalSeconds} s";

    public override async Task<Outcome> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        string folder = stage.Folder("launch");
        string lockFile = Path.Combine(folder, "launch.lock");
        using var held = new FileStream(lockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        long start = Stopwatch.GetTimestamp();
        WorkerProcess worker = stage.Start(folder, Path.Combine(folder, "journal"));
        if (await worker.EndsWithinAsync(Stage.Held, cancellationToken))
        {
            string text = $"failed at launch, exit code {worker.ExitCode}";
            return new Outcome(text, worker.ExitCode == 0 ? Verdict.Unexpected : Verdict.Fault, Stopwatch.GetElapsedTime(start), Probe.IsHeld(lockFile));
        }

        bool unharmed = Probe.IsHeld(lockFile);
        held.Dispose();
        start = Stopwatch.GetTimestamp();
        await worker.UntilReadyAsync(cancellationToken);
        TimeSpan time = Stopwatch.GetElapsedTime(start);
        bool good = time <= Stage.AtOnce && await worker.ClosesWellAsync(cancellationToken);
        return new Outcome("launched", good ? Verdict.Good : Verdict.Unexpected, time, unharmed);
    }
}
