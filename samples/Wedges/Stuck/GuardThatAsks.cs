// Reported by LOCK205, LOCK201, LOCK202. Told to stop by return.
using System;
using System.Threading;

namespace Wedges;

/// <summary>The guard fires, and waits for the handler that it should guard against.</summary>
internal static class GuardThatAsks
{
    private static readonly ManualResetEventSlim Work = new();

    public static void Run()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            new Thread(() =>
            {
                Thread.Sleep(1000);
                Environment.Exit(1);
            }) { IsBackground = true }.Start();
            Work.Wait();
        };
        Ready.Say();
    }
}
