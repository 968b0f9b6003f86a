// Reported by LOCK201, LOCK202. Told to stop by SIGTERM.
using System.Threading;
using System.Threading.Tasks;
using LockAnalyzers.Runtime;
using Microsoft.Extensions.Hosting;

namespace Wedges;

/// <summary>A callback of ApplicationStopping is waited for without a limit.</summary>
internal sealed class HostStoppingCallback(IHostApplicationLifetime lifetime) : IHostedService
{
    private readonly SemaphoreSlim _turn = new(0);

    public static void Run() => HostRun.With<HostStoppingCallback>();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        lifetime.ApplicationStopping.Register(() => { using var watchdog = ShutdownWatchdog.Arm(global::System.TimeSpan.FromSeconds(30)); _turn.Wait(); });
        Ready.Say();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
