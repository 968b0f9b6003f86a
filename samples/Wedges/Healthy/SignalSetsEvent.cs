// Told to stop by SIGTERM.
using System.Runtime.InteropServices;
using System.Threading;

namespace Wedges;

/// <summary>Cancel is set, Main is told, and returns.</summary>
internal static class SignalSetsEvent
{
    private static readonly ManualResetEventSlim Stopping = new();

    public static void Run()
    {
        using var term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            Stopping.Set();
        });
        Ready.Say();
        Stopping.Wait();
    }
}
