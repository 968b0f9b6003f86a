using LockAnalyzers.CodeFixes.Rules;
using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK207StopIgnoresTokenAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK207StopIgnoresTokenCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed class LOCK207StopIgnoresTokenFixTests
{
    [Fact]
    public Task Stop_member_arms_for_longer_than_the_host_waits() => Verify.Fixes("""
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Hosting;

        class First(Task loop) : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken token) => loop;

            public override async Task [|StopAsync|](CancellationToken token)
            {
                await loop;
            }
        }

        class Third(Task? loop) : IHostedService
        {
            public Task StartAsync(CancellationToken token) => Task.CompletedTask;
            public Task [|StopAsync|](CancellationToken token) => loop ?? Task.CompletedTask; // the loop ends by itself
        }

        class Fourth(Task loop, CancellationTokenSource stop) : IHostedService
        {
            public Task StartAsync(CancellationToken token) => Task.CompletedTask;

            public Task [|StopAsync|](CancellationToken token)
            {
                stop.Cancel();
                return loop;
            }
        }
        """, """
        using System.Threading;
        using System.Threading.Tasks;
        using LockAnalyzers.Runtime;
        using Microsoft.Extensions.Hosting;

        class First(Task loop) : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken token) => loop;

            public override async Task StopAsync(CancellationToken token)
            {
                using var watchdog = ShutdownWatchdog.Arm(global::System.TimeSpan.FromSeconds(35));
                await loop;
            }
        }

        class Third(Task? loop) : IHostedService
        {
            public Task StartAsync(CancellationToken token) => Task.CompletedTask;
            public async Task StopAsync(CancellationToken token)
            {
                using var watchdog = ShutdownWatchdog.Arm(global::System.TimeSpan.FromSeconds(35));
                await (loop ?? Task.CompletedTask);
            } // the loop ends by itself
        }

        class Fourth(Task loop, CancellationTokenSource stop) : IHostedService
        {
            public Task StartAsync(CancellationToken token) => Task.CompletedTask;

            public async Task StopAsync(CancellationToken token)
            {
                using var watchdog = ShutdownWatchdog.Arm(global::System.TimeSpan.FromSeconds(35));
                stop.Cancel();
                await loop;
            }
        }
        """, LOCK207StopIgnoresTokenCodeFix.ArmKey);

    [Fact]
    public Task Token_is_passed_where_the_call_takes_one() => Verify.Fixes("""
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Hosting;

        abstract class Bus
        {
            public abstract Task CloseAsync();
            public abstract Task CloseAsync(CancellationToken token);
            public abstract Task FlushAsync(string reason, CancellationToken token = default);
        }

        class First(Bus bus) : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken token) => Task.CompletedTask;
            public override async Task [|StopAsync|](CancellationToken token) => await base.StopAsync(/* not ours */ CancellationToken.None);
        }

        class Second(Bus bus) : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken token) => Task.CompletedTask;
            public override Task [|StopAsync|](CancellationToken token) => bus.CloseAsync();
        }

        class Third(Bus bus) : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken token) => Task.CompletedTask;
            public override async Task [|StopAsync|](CancellationToken token) { await bus.FlushAsync("stop").ConfigureAwait(false); }
        }
        """, """
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Hosting;

        abstract class Bus
        {
            public abstract Task CloseAsync();
            public abstract Task CloseAsync(CancellationToken token);
            public abstract Task FlushAsync(string reason, CancellationToken token = default);
        }

        class First(Bus bus) : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken token) => Task.CompletedTask;
            public override async Task StopAsync(CancellationToken token) => await base.StopAsync(/* not ours */ token);
        }

        class Second(Bus bus) : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken token) => Task.CompletedTask;
            public override Task StopAsync(CancellationToken token) => bus.CloseAsync(token);
        }

        class Third(Bus bus) : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken token) => Task.CompletedTask;
            public override async Task StopAsync(CancellationToken token) { await bus.FlushAsync("stop", token).ConfigureAwait(false); }
        }
        """, LOCK207StopIgnoresTokenCodeFix.TokenKey);

    [Fact]
    public Task No_guard_where_a_task_would_outlive_the_guard() => Verify.OffersNoFix("""
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Hosting;

        class Service(Task? loop) : IHostedService
        {
            public Task StartAsync(CancellationToken token) => Task.CompletedTask;

            public Task [|StopAsync|](CancellationToken _)
            {
                if (loop is null)
                    return Task.CompletedTask;
                return loop;
            }
        }
        """);

    [Fact]
    public Task Waits_until_the_token_where_the_call_takes_none() => Verify.Fixes("""
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Hosting;

        class First(Task loop, Task<int> other) : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken token) => loop;

            public override async Task [|StopAsync|](CancellationToken token)
            {
                await Task.WhenAll(loop, other).ConfigureAwait(false); // both
            }
        }

        class Second(Task? loop) : IHostedService
        {
            public Task StartAsync(CancellationToken token) => Task.CompletedTask;
            public Task [|StopAsync|](CancellationToken token) => loop ?? Task.CompletedTask;
        }

        class Third(Task loop) : IHostedService
        {
            public Task StartAsync(CancellationToken token) => Task.CompletedTask;
            public Task [|StopAsync|](CancellationToken token)
            {
                return loop;
            }
        }
        """, """
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Hosting;

        class First(Task loop, Task<int> other) : BackgroundService
        {
            protected override Task ExecuteAsync(CancellationToken token) => loop;

            public override async Task StopAsync(CancellationToken token)
            {
                await Task.WhenAll(loop, other).WaitAsync(token).ConfigureAwait(false); // both
            }
        }

        class Second(Task? loop) : IHostedService
        {
            public Task StartAsync(CancellationToken token) => Task.CompletedTask;
            public Task StopAsync(CancellationToken token) => (loop ?? Task.CompletedTask).WaitAsync(token);
        }

        class Third(Task loop) : IHostedService
        {
            public Task StartAsync(CancellationToken token) => Task.CompletedTask;
            public Task StopAsync(CancellationToken token)
            {
                return loop.WaitAsync(token);
            }
        }
        """, LOCK207StopIgnoresTokenCodeFix.TokenKey);
}
