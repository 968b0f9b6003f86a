using System;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Wedges;

/// <summary>Runs a host with one service; it gives the service two seconds to stop.</summary>
internal static class HostRun
{
    public static void With<TService>()
        where TService : class, IHostedService
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = TimeSpan.FromSeconds(2));
        builder.Services.AddHostedService<TService>();
        using var host = builder.Build();
        host.Run();
    }
}
