// Told to stop by return.
using System;
using System.Threading;
using System.Threading.Tasks;

namespace Wedges;

/// <summary>Nobody waits for work that is handed to another thread, nor for a task that is only begun.</summary>
internal static class HandlerThatOnlyBegins
{
    private static readonly ManualResetEventSlim Work = new();
    private static readonly TaskCompletionSource Sent = new();

    public static void Run()
    {
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Task.Run(() => Work.Wait(TimeSpan.FromMinutes(5)));
        AppDomain.CurrentDomain.ProcessExit += (_, _) => _ = SendAsync();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Work.Wait(10);
        Ready.Say();
    }

    private static async Task SendAsync() => await Sent.Task;
}
