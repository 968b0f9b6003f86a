// Reported by LOCK207. Told to stop by SIGTERM.
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;

namespace Wedges;

/// <summary>The same without blocking a thread.</summary>
internal sealed class HostStopAwaits : IHostedService
{
    private readonly TaskCompletionSource _worker = new();

    public static void Run() => HostRun.With<HostStopAwaits>();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Ready.Say();
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        await _worker.Task.WaitAsync(cancellationToken);
    }
}
