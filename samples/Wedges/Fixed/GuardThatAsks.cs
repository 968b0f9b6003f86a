// Reported by LOCK205, LOCK201, LOCK202. Told to stop by return.
using System;
using System.Threading;
using LockAnalyzers.Runtime;

namespace Wedges;

/// <summary>The guard fires, and waits for the handler that it should guard against.</summary>
internal static class GuardThatAsks
{
    private static readonly ManualResetEventSlim Work = new();

    public static void Run()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            ShutdownWatchdog.Arm(TimeSpan.FromMilliseconds(1000), exitCode: 1);
            Work.Wait();
        };
        Ready.Say();
    }
}
