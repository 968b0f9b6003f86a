#if NET
using System.Diagnostics.Metrics;

namespace LockAnalyzers.Runtime;

/// <summary>The instruments, listed in docs/diagnostics.md. A resource is no tag: there may be any number of them.</summary>
internal static class RuntimeMeter
{
    private static readonly Meter Meter = new(LockDiagnostics.SourceName, typeof(RuntimeMeter).Assembly.GetName().Version?.ToString(3));

    private static readonly Counter<long> Waits = Meter.CreateCounter<long>("lockanalyzers.waits", "{wait}", "Waits that have ended.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("lockanalyzers.wait.duration", "s", "How long waits lasted.");
    private static readonly Counter<long> Attempts = Meter.CreateCounter<long>("lockanalyzers.attempts", "{attempt}", "Attempts that were refused.");
    private static readonly Counter<long> Timeouts = Meter.CreateCounter<long>("lockanalyzers.timeouts", "{timeout}", "Waits that ended with a LockTimeoutException.");
    private static readonly Counter<long> Holders = Meter.CreateCounter<long>("lockanalyzers.holders", "{process}", "Holders that were found after a time-out.");
    private static readonly Counter<long> Armed = Meter.CreateCounter<long>("lockanalyzers.watchdog.armed", "{watchdog}", "Shutdown watchdogs that were armed.");
    private static readonly Counter<long> Fired = Meter.CreateCounter<long>("lockanalyzers.watchdog.fired", "{watchdog}", "Shutdown watchdogs that were about to strike while managed code could still run.");

    static RuntimeMeter()
        => Meter.CreateObservableUpDownCounter("lockanalyzers.waits.pending", static () => PendingWaits.Count, "{wait}", "Waits that have begun and not ended.");

    public static void WaitEnded(Acquisition wait, WaitEnd end, TimeSpan waited)
    {
        if (!HearsWaits)
        {
            return;
        }

        KeyValuePair<string, object?> form = Form(wait);
        KeyValuePair<string, object?> outcome = new("lock.outcome", Names.Of(end));
        Waits.Add(1, form, outcome);
        Duration.Record(waited.TotalSeconds, form, outcome);
        Attempts.Add(wait.Attempts, form);
    }

    public static void TimedOut(Acquisition wait, LockTimeoutException timeout)
    {
        if (Timeouts.Enabled || Holders.Enabled)
        {
            Timeouts.Add(1, Form(wait));
            Holders.Add(timeout.Holders.Count, Form(wait));
        }
    }

    /// <inheritdoc cref="RuntimeEventSource.HearsWaits"/>
    public static bool HearsWaits => Waits.Enabled || Duration.Enabled || Attempts.Enabled;

    /// <inheritdoc cref="Telling.HearsStrikes"/>
    public static bool HearsStrikes => Fired.Enabled;

    /// <summary>Makes the instruments.</summary>
    public static void Open()
    {
    }

    public static void WatchdogArmed() => Armed.Add(1);

    public static void WatchdogFired() => Fired.Add(1);

    private static KeyValuePair<string, object?> Form(Acquisition wait) => new("lock.form", Names.Of(wait.Form));
}
#endif
