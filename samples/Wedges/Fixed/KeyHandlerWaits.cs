// Reported by LOCK201, LOCK202. Told to stop by SIGINT.
using System;
using System.Threading;
using LockAnalyzers.Runtime;

namespace Wedges;

/// <summary>Ctrl+C is answered by a handler that waits, and so never answered.</summary>
internal static class KeyHandlerWaits
{
    private static readonly ManualResetEventSlim Saved = new();

    public static void Run()
    {
        Console.CancelKeyPress += (_, _) => { using var watchdog = ShutdownWatchdog.Arm(); Saved.Wait(); };
        Ready.Say();
        Thread.Sleep(TimeSpan.FromMinutes(5));
    }
}
