// Reported by LOCK201. Told to stop by SIGTERM.
using System;
using System.Runtime.InteropServices;
using System.Threading;
using LockAnalyzers.Runtime;

namespace Wedges;

/// <summary>A second SIGTERM only starts the handler once more.</summary>
internal static class SignalHandlerJoins
{
    private static readonly ManualResetEventSlim Work = new();

    public static void Run()
    {
        var worker = new Thread(Work.Wait) { IsBackground = true };
        worker.Start();
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            using var watchdog = ShutdownWatchdog.Arm();
            context.Cancel = true;
            worker.Join();
            Environment.Exit(0);
        });
        Ready.Say();
        Thread.Sleep(TimeSpan.FromMinutes(5));
    }
}
