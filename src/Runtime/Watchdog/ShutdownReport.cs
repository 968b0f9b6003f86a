using System.Globalization;

namespace LockAnalyzers.Runtime;

/// <summary>A shutdown that has nearly used up its grace: what <see cref="ShutdownWatchdog.BeforeStrike"/> tells.</summary>
/// <remarks>Instances are immutable and may be shared between threads.</remarks>
public sealed class ShutdownReport
{
    internal ShutdownReport(TimeSpan grace, TimeSpan elapsed, int exitCode, ShutdownStep? step)
    {
        (Grace, Elapsed, ExitCode) = (grace, elapsed, exitCode);
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

    /// <summary>A few lines for a person: each fact on one of its own.</summary>
    /// <returns>The lines.</returns>
    public override string ToString()
    {
        List<string> lines =
        [
            $"The shutdown has not ended after {Seconds(Elapsed)}; the watchdog ends the process in {Seconds(Grace - Elapsed)} with exit code {ExitCode}.",
            Step is null ? "Step: none was told." : $"Step: {Step}, for {Seconds(StepElapsed)}.",
        ];
        return string.Join(Environment.NewLine, lines);
    }

    private static string Seconds(TimeSpan? time) => (time ?? TimeSpan.Zero).TotalSeconds.ToString("0.0##", CultureInfo.InvariantCulture) + " s";
}
