// Reported by LOCK202. Told to stop by SIGTERM.
using System;
using System.Threading;
using System.Threading.Tasks;
using LockAnalyzers.Runtime;
using Microsoft.Extensions.Hosting;

namespace Wedges;

/// <summary>The container disposes of its services without a limit.</summary>
internal sealed class HostDisposes : IHostedService, IDisposable
{
    private static readonly ManualResetEventSlim Work = new();

    private readonly Thread _worker = new(Work.Wait) { IsBackground = true };

    public static void Run() => HostRun.With<HostDisposes>();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _worker.Start();
        Ready.Say();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public void Dispose() => BoundedWait.For(_worker.Join);
}
