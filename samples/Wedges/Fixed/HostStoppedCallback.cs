// Reported by LOCK201, LOCK202. Told to stop by SIGTERM.
using System.Threading;
using System.Threading.Tasks;
using LockAnalyzers.Runtime;
using Microsoft.Extensions.Hosting;

namespace Wedges;

/// <summary>So is one of ApplicationStopped.</summary>
internal sealed class HostStoppedCallback(IHostApplicationLifetime lifetime) : IHostedService
{
    private readonly SemaphoreSlim _turn = new(0);

    public static void Run() => HostRun.With<HostStoppedCallback>();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopped.Register(() => { using var watchdog = ShutdownWatchdog.Arm(global::System.TimeSpan.FromSeconds(30)); _turn.Wait(); });
        Ready.Say();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
