// Reported by LOCK201. Told to stop by return.
using System;
using System.Threading.Tasks;
using LockAnalyzers.Runtime;

namespace Wedges;

/// <summary>A last message whose delivery is never confirmed.</summary>
internal static class ExitHandlerWaitsForTask
{
    private static readonly TaskCompletionSource Sent = new();

    public static void Run()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => { ShutdownWatchdog.Arm(); Send().Wait(); };
        Ready.Say();
    }

    private static async Task Send()
    {
        await Sent.Task;
    }
}
