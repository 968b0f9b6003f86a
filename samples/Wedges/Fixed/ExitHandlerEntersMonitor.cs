// Reported by LOCK201, LOCK202. Told to stop by return.
using System;
using System.Threading;
using LockAnalyzers.Runtime;

namespace Wedges;

/// <summary>The worker holds the monitor and waits for something else.</summary>
internal static class ExitHandlerEntersMonitor
{
    private static readonly object State = new();
    private static readonly ManualResetEventSlim Held = new();
    private static readonly ManualResetEventSlim Work = new();

    public static void Run()
    {
        new Thread(Hold) { IsBackground = true }.Start();
        Held.Wait(TimeSpan.FromSeconds(30));
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            ShutdownWatchdog.Arm();
            lock (State)
            {
                Held.Reset();
            }
        };
        Ready.Say();
    }

    private static void Hold()
    {
        lock (State)
        {
            Held.Set();
            Work.Wait();
        }
    }
}
