namespace LockAnalyzers.Runtime;

/// <summary>How long a shutdown may take inside of somebody else's patience: the watchdog should strike, and tell why, before a supervisor kills.</summary>
/// <example><code>
/// ShutdownSignals.Listen(ShutdownGrace.Kubernetes);
/// builder.Services.AddShutdownWatchdog(ShutdownGrace.Inside(TimeSpan.FromMinutes(2)));
/// </code></example>
public static class ShutdownGrace
{
    private static readonly TimeSpan LongestMargin = TimeSpan.FromSeconds(5);

    /// <summary>9 s: <c>docker stop</c> kills after 10 s (its option <c>--timeout</c>; Compose: <c>stop_grace_period</c>).</summary>
    public static TimeSpan Docker => Inside(TimeSpan.FromSeconds(10));

    /// <summary>27 s: Kubernetes kills after 30 s (<c>terminationGracePeriodSeconds</c>), of which a <c>preStop</c> hook takes its share.</summary>
    public static TimeSpan Kubernetes => Inside(TimeSpan.FromSeconds(30));

    /// <summary>85 s: systemd kills after 90 s (<c>TimeoutStopSec</c>, systemd.service(5); the default is <c>DefaultTimeoutStopSec</c>, systemd-system.conf(5)).</summary>
    public static TimeSpan Systemd => Inside(TimeSpan.FromSeconds(90));

    /// <summary>What is left of <paramref name="outer"/> after a margin of a tenth, at most 5 s. May be nested.</summary>
    /// <remarks>From 5 s on the margin is longer than the 0.5 s after which SIGKILL follows the watchdog's exit (<see cref="ShutdownWatchdog"/>).</remarks>
    /// <param name="outer">When somebody else kills, counted from the signal: more than zero and at most <see cref="int.MaxValue"/> milliseconds.</param>
    /// <returns>A grace.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="outer"/> is out of range.</exception>
    public static TimeSpan Inside(TimeSpan outer)
        => WaitTime.InRange(outer, nameof(outer)) - TimeSpan.FromTicks(Math.Min(outer.Ticks / 10, LongestMargin.Ticks));
}
