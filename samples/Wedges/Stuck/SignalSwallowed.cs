// Reported by LOCK206. Told to stop by SIGINT.
using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Wedges;

/// <summary>Cancel is set, and nobody ends the process.</summary>
internal static class SignalSwallowed
{
    public static void Run()
    {
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = true);
        Ready.Say();
        Thread.Sleep(TimeSpan.FromMinutes(5));
    }
}
