// Reported by LOCK201. Told to stop by return.
using System;
using System.Threading;
using LockAnalyzers.Runtime;

namespace Wedges;

/// <summary>A handler of ProcessExit has no time limit.</summary>
internal static class ExitHandlerJoins
{
    private static readonly ManualResetEventSlim Work = new();

    public static void Run()
    {
        var worker = new Thread(Work.Wait) { IsBackground = true };
        worker.Start();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => { ShutdownWatchdog.Arm(); worker.Join(); };
        Ready.Say();
    }
}
