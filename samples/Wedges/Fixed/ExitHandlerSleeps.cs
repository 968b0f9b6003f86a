// Reported by LOCK201, LOCK202. Told to stop by return.
using System;
using System.Threading;
using LockAnalyzers.Runtime;

namespace Wedges;

internal static class ExitHandlerSleeps
{
    public static void Run()
    {
        AppDomain.CurrentDomain.ProcessExit += static (_, _) => { ShutdownWatchdog.Arm(); Thread.Sleep(Timeout.Infinite); };
        Ready.Say();
    }
}
