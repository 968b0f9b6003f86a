using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace LockAnalyzers.Runtime.Child;

/// <summary>What <c>AddShutdownWatchdog</c> promises. Says "started" when the host runs, "stopping" when it stops.</summary>
internal static class HostStories
{
    private const int Healthy = 5;
    private const int Struck = 77;

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Never = TimeSpan.FromDays(1);

    public static int Tell(string story)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Services.AddHostedService(provider => new Stuck(story, provider.GetRequiredService<IHostApplicationLifetime>()));
        switch (story)
        {
            case "no-grace":
                builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = Timeout.InfiniteTimeSpan);
                builder.Services.AddShutdownWatchdog();
                break;
            case "own-grace":
                builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = Soon);
                builder.Services.AddShutdownWatchdog(exitCode: Struck);
                break;
            case "nested":
                builder.Services.Configure<HostOptions>(static options => options.ShutdownTimeout = Never);
                builder.Services.AddShutdownWatchdog(ShutdownGrace.Docker, Struck);
                break;
            default:
                builder.Services.AddShutdownWatchdog(story is "healthy" or "two-signals" ? Never : Soon, story == "signal-code" ? null : Struck);
                break;
        }

        try
        {
            using IHost host = builder.Build();
            if (story == "nested")
            {
                Console.WriteLine(host.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout);
                return Healthy;
            }

            host.Run();
        }
        catch (InvalidOperationException e) when (story == "no-grace")
        {
            Console.WriteLine(e.Message);
            return Healthy;
        }

        if (story == "lives-on")
        {
            Thread.Sleep(Soon + TimeSpan.FromSeconds(1.5));
        }
        else if (story == "process-exit")
        {
            StuckCall.ForEver();
        }

        return Healthy;
    }

    /// <summary>Blocks where the story says.</summary>
    private sealed class Stuck(string story, IHostApplicationLifetime lifetime) : IHostedService, IDisposable
    {
        public async Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.ApplicationStopping.Register(() =>
            {
                Console.WriteLine("stopping");
                StuckIf("stopping");
            });
            lifetime.ApplicationStopped.Register(() => StuckIf("stopped"));
            lifetime.ApplicationStarted.Register(() =>
            {
                Console.WriteLine("started");
                if (story == "lives-on")
                {
                    lifetime.StopApplication();
                }
            });
            if (story == "start")
            {
                Console.WriteLine("started");
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
            }
        }

        public async Task StopAsync(CancellationToken cancellationToken)
        {
            StuckIf("stop");
            StuckIf("signal-code");
            StuckIf("two-signals");
            StuckIf("own-grace");
            if (story == "stop-awaits")
            {
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
            }
        }

        public void Dispose() => StuckIf("dispose");

        private void StuckIf(string where)
        {
            if (story == where)
            {
                StuckCall.ForEver();
            }
        }
    }
}
