using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
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

    /// <summary>What the log of a host says of a wait that is given up, and of the watchdog.</summary>
    public static int Log(string path)
    {
        HostApplicationBuilder builder = Host.CreateApplicationBuilder();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["LockAnalyzers:StillWaitingAfter"] = "00:00:00.001",
            ["LockAnalyzers:ShutdownGrace"] = "1.00:00:00",
            ["LockAnalyzers:ExitCode"] = "77",
        });
        builder.Services.AddLockAnalyzers(builder.Configuration.GetSection("LockAnalyzers"));
        builder.Logging.ClearProviders().AddProvider(new ToOutput());
        using IHost host = builder.Build();
        host.Start();

        using (BoundedFile.Open(path))
        {
            try
            {
                BoundedFile.Open(path, budget: RetryBudget.Within(Soon)).Dispose();
            }
            catch (LockTimeoutException)
            {
            }
        }

        host.StopAsync().Wait();
        return Healthy;
    }

    /// <summary>Says what is logged under the name of the library: level, event, message.</summary>
    private sealed class ToOutput : ILoggerProvider
    {
        public ILogger CreateLogger(string category) => category == LockDiagnostics.SourceName ? new Logger() : NullLogger.Instance;

        public void Dispose()
        {
        }

        private sealed class Logger : ILogger
        {
            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull
                => null;

            public bool IsEnabled(LogLevel level) => true;

            public void Log<TState>(LogLevel level, EventId id, TState state, Exception? exception, Func<TState, Exception?, string> format)
                => Console.WriteLine($"{level} {id.Name}: {format(state, exception)}");
        }
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
