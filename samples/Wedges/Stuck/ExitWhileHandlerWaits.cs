// Reported by LOCK201, LOCK202, LOCK205. Told to stop by Environment.Exit.
using System;
using System.Threading;

namespace Wedges;

/// <summary>While a handler waits, a second call of Environment.Exit waits for the first.</summary>
internal static class ExitWhileHandlerWaits
{
    private static readonly ManualResetEventSlim Exiting = new();
    private static readonly SemaphoreSlim Turn = new(0);

    public static void Run()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            Exiting.Set();
            Turn.Wait();
        };
        new Thread(ExitAgain) { IsBackground = true }.Start();
        Ready.Say();
        Environment.Exit(0);
    }

    private static void ExitAgain()
    {
        Exiting.Wait(TimeSpan.FromMinutes(5));
        Environment.Exit(1);
    }
}
