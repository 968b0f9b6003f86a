// Reported by LOCK201, LOCK202. Told to stop by SIGTERM.
using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Wedges;

/// <summary>The signal's handler ends the process, and a handler of the exit waits.</summary>
internal static class SignalExitsIntoHandler
{
    private static readonly SemaphoreSlim Turn = new(0);

    public static void Run()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Turn.Wait();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            Environment.Exit(0);
        });
        Ready.Say();
        Thread.Sleep(TimeSpan.FromMinutes(5));
    }
}
