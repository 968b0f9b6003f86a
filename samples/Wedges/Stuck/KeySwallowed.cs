// Reported by LOCK206. Told to stop by SIGINT.
using System;
using System.Threading;

namespace Wedges;

/// <summary>The origin's twin: the press is taken, the work is told to stop, and does not. Each further press does the same.</summary>
internal static class KeySwallowed
{
    private static readonly CancellationTokenSource Stopping = new();
    private static readonly ManualResetEventSlim Work = new();

    public static void Run()
    {
        Console.CancelKeyPress += (_, e) =>
        {
            e.Cancel = true;
            Stopping.Cancel();
        };
        Ready.Say();
        do
        {
            Work.Wait(TimeSpan.FromMinutes(5));
        }
        while (!Stopping.IsCancellationRequested);
    }
}
