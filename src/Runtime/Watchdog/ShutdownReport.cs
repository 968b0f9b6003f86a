using System.Globalization;

namespace LockAnalyzers.Runtime;

/// <summary>A shutdown that has nearly used up its grace: what <see cref="ShutdownWatchdog.BeforeStrike"/> tells.</summary>
/// <remarks>Instances are immutable and may be shared between threads.</remarks>
public sealed class ShutdownReport
{
    internal ShutdownReport(TimeSpan grace, TimeSpan elapsed, int exitCode, ShutdownStep? step, IReadOnlyList<PendingWait> pendingWaits)
    {
        (Grace, Elapsed, ExitCode, PendingWaits) = (grace, elapsed, exitCode, pendingWaits);
        if (step is not null)
        {
            (Step, StepElapsed) = (step.Name, step.Elapsed);
        }
    }

    /// <summary>How long the shutdown may take.</summary>
    public TimeSpan Grace { get; }

    /// <summary>The time since the watchdog was armed. It strikes at <see cref="Grace"/>.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The exit code that the watchdog ends the process with.</summary>
    public int ExitCode { get; }

    /// <summary>The last step that <see cref="ShutdownWatchdog.Step"/> was told of; <see langword="null"/> if there was none.</summary>
    public string? Step { get; }

    /// <summary>The time since that step began; <see langword="null"/> if there was none.</summary>
    public TimeSpan? StepElapsed { get; }

    /// <summary>The waits of this library that have not ended, the oldest first, as <see cref="LockDiagnostics.GetPendingWaits"/> tells them.</summary>
    public IReadOnlyList<PendingWait> PendingWaits { get; }

    /// <summary>A few lines for a person: each fact on one of its own.</summary>
    /// <returns>The lines.</returns>
    public override string ToString()
    {
        List<string> lines =
        [
            $"The shutdown has not ended after {Seconds(Elapsed)}; the watchdog ends the process in {Seconds(Grace - Elapsed)} with exit code {ExitCode}.",
            Step is null ? "Step: none was told." : $"Step: {OneLine.Of(Step)}, for {Seconds(StepElapsed)}.",
            .. PendingWaits.Select(static wait => $"Waiting for {wait}."),
        ];
        return string.Join(Environment.NewLine, lines);
    }

    private static string Seconds(TimeSpan? time) => (time ?? TimeSpan.Zero).TotalSeconds.ToString("0.0##", CultureInfo.InvariantCulture) + " s";
}
