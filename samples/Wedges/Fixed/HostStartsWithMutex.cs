// Reported by LOCK103. Told to stop by SIGTERM.
using System;
using System.Threading;
using System.Threading.Tasks;
using LockAnalyzers.Runtime;
using Microsoft.Extensions.Hosting;

namespace Wedges;

/// <summary>StartAsync waits for another process; until it is done, SIGTERM has no effect.</summary>
internal sealed class HostStartsWithMutex : IHostedService
{
    private static readonly Mutex Holder = new(initiallyOwned: true, @"Local\LockAnalyzers.Wedges." + Environment.ProcessId);

    public static void Run() => HostRun.With<HostStartsWithMutex>();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        GC.KeepAlive(Holder);
        return Task.Run(Take, CancellationToken.None);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private static void Take()
    {
        using var turn = new Mutex(initiallyOwned: false, @"Local\LockAnalyzers.Wedges." + Environment.ProcessId);
        Ready.Say();
        BoundedWait.For(turn.WaitOne);
        turn.ReleaseMutex();
    }
}
