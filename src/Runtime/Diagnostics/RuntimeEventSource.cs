#if NET
using System.Diagnostics.CodeAnalysis;
#endif
using System.Diagnostics.Tracing;

namespace LockAnalyzers.Runtime;

/// <summary>The events, listed in docs/diagnostics.md. Names, numbers and payloads are a contract with whoever reads traces.</summary>
[EventSource(Name = LockDiagnostics.SourceName)]
internal sealed unsafe class RuntimeEventSource : EventSource
{
    public static readonly RuntimeEventSource Log = new();

    private RuntimeEventSource()
    {
    }

    /// <summary>What a listener can choose.</summary>
    public static class Keywords
    {
        public const EventKeywords Waits = (EventKeywords)1;
        public const EventKeywords Watchdog = (EventKeywords)2;

        /// <summary>Only the waits that last or fail.</summary>
        public const EventKeywords Notices = (EventKeywords)4;
    }

    /// <summary>Whether somebody wants to know of all waits.</summary>
    public bool HearsWaits => IsEnabled(EventLevel.Informational, Keywords.Waits);

    /// <summary>Whether somebody wants to know of waits that last.</summary>
    public bool HearsNotices => IsEnabled(EventLevel.Warning, Keywords.Waits | Keywords.Notices);

    /// <summary>Whether somebody wants to know that a watchdog is about to strike.</summary>
    public bool HearsStrikes => IsEnabled(EventLevel.Critical, Keywords.Watchdog);

    [NonEvent]
    public void WaitStart(Acquisition wait)
    {
        if (HearsWaits)
        {
            WaitStart(wait.Id, wait.Resource ?? "", Names.Of(wait.Form));
        }
    }

    [NonEvent]
    public void WaitStop(Acquisition wait, WaitEnd end, TimeSpan waited)
    {
        if (HearsWaits)
        {
            WaitStop(wait.Id, wait.Resource ?? "", Names.Of(end), Seconds(waited), wait.Attempts);
        }
    }

    [NonEvent]
    public void StillWaiting(Acquisition wait)
    {
        if (HearsNotices)
        {
            StillWaiting(wait.Id, wait.Resource ?? "", Seconds(wait.Elapsed), wait.Attempts);
        }
    }

    [NonEvent]
    public void TimedOut(long id, LockTimeoutException timeout)
    {
        if (HearsNotices)
        {
            TimedOut(id, timeout.Resource ?? "", Seconds(timeout.Waited), timeout.Attempts, string.Join("; ", timeout.Holders));
        }
    }

    [Event(1, Level = EventLevel.Informational, Keywords = Keywords.Waits, Message = "Waiting for {1} ({2})")]
    private void WaitStart(long id, string resource, string form)
    {
        fixed (char* resourceText = resource, formText = form)
        {
            EventData* data = stackalloc EventData[3];
            data[0] = Value(&id, sizeof(long));
            data[1] = Text(resource, resourceText);
            data[2] = Text(form, formText);
            Write(1, 3, data);
        }
    }

    [Event(2, Level = EventLevel.Informational, Keywords = Keywords.Waits, Message = "{1}: {2} after {3} s and {4} refused attempts")]
    private void WaitStop(long id, string resource, string outcome, double seconds, int attempts)
    {
        fixed (char* resourceText = resource, outcomeText = outcome)
        {
            EventData* data = stackalloc EventData[5];
            data[0] = Value(&id, sizeof(long));
            data[1] = Text(resource, resourceText);
            data[2] = Text(outcome, outcomeText);
            data[3] = Value(&seconds, sizeof(double));
            data[4] = Value(&attempts, sizeof(int));
            Write(2, 5, data);
        }
    }

    [Event(3, Level = EventLevel.Warning, Keywords = Keywords.Waits | Keywords.Notices, Message = "Still waiting for {1} after {2} s and {3} refused attempts")]
    private void StillWaiting(long id, string resource, double seconds, int attempts)
    {
        fixed (char* resourceText = resource)
        {
            EventData* data = stackalloc EventData[4];
            data[0] = Value(&id, sizeof(long));
            data[1] = Text(resource, resourceText);
            data[2] = Value(&seconds, sizeof(double));
            data[3] = Value(&attempts, sizeof(int));
            Write(3, 4, data);
        }
    }

    [Event(4, Level = EventLevel.Warning, Keywords = Keywords.Waits | Keywords.Notices, Message = "{1} could not be had in {2} s and {3} attempts; held by: {4}")]
    private void TimedOut(long id, string resource, double seconds, int attempts, string holders)
    {
        fixed (char* resourceText = resource, holdersText = holders)
        {
            EventData* data = stackalloc EventData[5];
            data[0] = Value(&id, sizeof(long));
            data[1] = Text(resource, resourceText);
            data[2] = Value(&seconds, sizeof(double));
            data[3] = Value(&attempts, sizeof(int));
            data[4] = Text(holders, holdersText);
            Write(4, 5, data);
        }
    }

    [Event(5, Level = EventLevel.Informational, Keywords = Keywords.Watchdog, Message = "Shutdown watchdog armed: ends the process with {1} in {0} s")]
    public void WatchdogArmed(double graceSeconds, int exitCode)
    {
        EventData* data = stackalloc EventData[2];
        data[0] = Value(&graceSeconds, sizeof(double));
        data[1] = Value(&exitCode, sizeof(int));
        Write(5, 2, data);
    }

    [Event(6, Level = EventLevel.Informational, Keywords = Keywords.Watchdog, Message = "Shutdown watchdog disarmed")]
    public void WatchdogDisarmed() => WriteEvent(6);

    [Event(7, Level = EventLevel.Critical, Keywords = Keywords.Watchdog, Message = "Shutdown watchdog ends the process with {0}")]
    public void WatchdogFired(int exitCode) => WriteEvent(7, exitCode);

    /// <summary>Who begins to listen when the process is stuck already learns of the waits that are pending.</summary>
    protected override void OnEventCommand(EventCommandEventArgs command)
    {
        if (command.Command == EventCommand.Enable && HearsNotices)
        {
            foreach (Acquisition wait in PendingWaits.Snapshot())
            {
                StillWaiting(wait);
            }
        }
    }

    [NonEvent]
#if NET
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Only numbers and strings are written.")]
#endif
    private void Write(int id, int count, EventData* data) => WriteEventCore(id, count, data);

    /// <summary>To the millisecond: people read it.</summary>
    private static double Seconds(TimeSpan time) => Math.Round(time.TotalSeconds, 3);

    private static EventData Value(void* value, int size) => new() { DataPointer = (nint)value, Size = size };

    private static EventData Text(string text, char* pinned) => new() { DataPointer = (nint)pinned, Size = (text.Length + 1) * sizeof(char) };
}
