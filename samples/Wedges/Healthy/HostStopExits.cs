// Told to stop by SIGTERM.
using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.Extensions.Hosting;

namespace Wedges;

/// <summary>Environment.Exit in a hosted service ends at once since .NET 6.</summary>
internal sealed class HostStopExits : IHostedService
{
    public static void Run() => HostRun.With<HostStopExits>();

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Ready.Say();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Environment.Exit(0);
        return Task.CompletedTask;
    }
}
