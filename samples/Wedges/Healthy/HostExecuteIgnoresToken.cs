// Told to stop by SIGTERM.
using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;

namespace Wedges;

/// <summary>The host leaves ExecuteAsync behind when its time-out is over.</summary>
internal sealed class HostExecuteIgnoresToken : BackgroundService
{
    public static void Run() => HostRun.With<HostExecuteIgnoresToken>();

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        Ready.Say();
        await Task.Delay(TimeSpan.FromMinutes(5), CancellationToken.None);
    }
}
