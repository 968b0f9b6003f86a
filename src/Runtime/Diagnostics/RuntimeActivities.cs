#if NET
using System.Diagnostics;

namespace LockAnalyzers.Runtime;

/// <summary>Each wait as a span of the trace that it delays.</summary>
internal static class RuntimeActivities
{
    private static readonly ActivitySource Source = new(LockDiagnostics.SourceName, typeof(RuntimeActivities).Assembly.GetName().Version?.ToString(3) ?? "");

    public static void Start(Acquisition wait)
    {
        if (Source.StartActivity("lock.wait") is { } activity)
        {
            wait.Activity = activity.SetTag("lock.form", Names.Of(wait.Form)).SetTag("lock.resource", wait.Resource);
        }
    }

    public static void Stop(Acquisition wait, WaitEnd end)
    {
        if (wait.Activity is { } activity)
        {
            activity.SetTag("lock.outcome", Names.Of(end)).SetTag("lock.attempts", wait.Attempts);
            activity.SetStatus(end == WaitEnd.Acquired ? ActivityStatusCode.Ok : ActivityStatusCode.Error, end == WaitEnd.Acquired ? null : Names.Of(end));
            activity.Dispose();
        }
    }
}
#endif
