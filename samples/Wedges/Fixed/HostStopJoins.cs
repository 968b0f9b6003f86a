// Reported by LOCK201, LOCK202. Told to stop by SIGTERM.
using System.Threading;
using System.Threading.Tasks;
using LockAnalyzers.Runtime;
using Microsoft.Extensions.Hosting;

namespace Wedges;

/// <summary>The host's time-out cancels a token, and this service never sees it.</summary>
internal sealed class HostStopJoins : IHostedService
{
    private static readonly ManualResetEventSlim Work = new();

    private readonly Thread _worker = new(Work.Wait) { IsBackground = true };

    public static void Run() => HostRun.With<HostStopJoins>();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _worker.Start();
        Ready.Say();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        using var watchdog = ShutdownWatchdog.Arm(global::System.TimeSpan.FromSeconds(35));
        _worker.Join();
        return Task.CompletedTask;
    }
}
