// Reported by LOCK202 at Info. Told to stop by SIGTERM.
using System;
using System.Threading;
using System.Threading.Tasks;
using LockAnalyzers.Runtime;
using Microsoft.Extensions.Hosting;

namespace Wedges;

/// <summary>The same for DisposeAsync.</summary>
internal sealed class HostDisposesAsync : IHostedService, IAsyncDisposable
{
    private readonly SemaphoreSlim _turn = new(0);

    public static void Run() => HostRun.With<HostDisposesAsync>();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Ready.Say();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public async ValueTask DisposeAsync() => await BoundedWait.ForAsync(_turn.WaitAsync);
}
