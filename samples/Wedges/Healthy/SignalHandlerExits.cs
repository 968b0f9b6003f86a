// Told to stop by SIGTERM.
using System;
using System.Runtime.InteropServices;
using System.Threading;

namespace Wedges;

/// <summary>Environment.Exit in a signal handler ends at once, whatever Main waits for.</summary>
internal static class SignalHandlerExits
{
    public static void Run()
    {
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            Environment.Exit(0);
        });
        Ready.Say();
        Thread.Sleep(TimeSpan.FromMinutes(5));
    }
}
