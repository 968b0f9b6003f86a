using LockAnalyzers.Analyzers.Tests.Verifiers;
using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK207StopIgnoresTokenAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK207StopIgnoresTokenCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed class LOCK207StopIgnoresTokenTests
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.IO;
        using System.Linq;
        using System.Net.Http;
        using System.Runtime.InteropServices;
        using System.Runtime.Loader;
        using System.ServiceProcess;
        using System.Threading;
        using System.Threading.Tasks;
        using LockAnalyzers.Runtime;
        using Microsoft.Extensions.Hosting;
        using Microsoft.Extensions.Logging;

        """;

    public sealed class Reports
    {
        [Theory]
        [InlineData("await base.StopAsync(CancellationToken.None);")]
        [InlineData("await base.StopAsync(default);")]
        [InlineData("await _bus.CloseAsync();")]
        [InlineData("await _bus.CloseAsync().ConfigureAwait(false);")]
        [InlineData("_cts.Cancel(); await _loop;")]
        [InlineData("_cts.Cancel(); if (_loop != null) await _loop;")]
        [InlineData("await Task.WhenAll(_loop, _bus.CloseAsync());")]
        [InlineData("await Task.WhenAny(_loop, Task.Delay(Timeout.Infinite));")]
        [InlineData("await CloseAsync();")]
        [InlineData("_ = nameof(token); await _bus.CloseAsync();")]
        [InlineData("await foreach (var item in _bus.Drain()) Console.WriteLine(item);")]
        public Task StopAsync(string body) => Verify.Reports(Usings + """
            public interface IBus { Task CloseAsync(); IAsyncEnumerable<int> Drain(); }

            class Worker(IBus bus, Thread thread, Action onStop) : BackgroundService
            {
                readonly IBus _bus = bus;
                readonly Thread _thread = thread;
                readonly Action _onStop = onStop;
                readonly CancellationTokenSource _cts = new();
                Task _loop = null!;
                protected override Task ExecuteAsync(CancellationToken stop) => _loop = Task.CompletedTask;
                public override async Task [|StopAsync|](CancellationToken token)
                {
                    BODY
                }

                async Task CloseAsync()
                {
                    Console.WriteLine("closing");
                    await _bus.CloseAsync();
                }
            }
            """.Replace("BODY", body));

        [Theory]
        [InlineData("public Task [|StopAsync|](CancellationToken token) => _bus.CloseAsync();")]
        [InlineData("public Task [|StopAsync|](CancellationToken token) { return _loop ?? Task.CompletedTask; }")]
        [InlineData("public async Task [|StopAsync|](CancellationToken _) => await _bus.CloseAsync();")]
        [InlineData("async Task IHostedService.[|StopAsync|](CancellationToken token) => await _bus.CloseAsync();")]
        public Task Hosted_service(string member) => Verify.Reports(Usings + """
            public interface IBus { Task CloseAsync(); }

            class Service(IBus bus, Thread thread, Task? loop) : IHostedService
            {
                readonly IBus _bus = bus;
                readonly Thread _thread = thread;
                readonly Task? _loop = loop;
                public Task StartAsync(CancellationToken token) { _thread.Start(); return Task.CompletedTask; }
                MEMBER
            }
            """.Replace("MEMBER", member));

        [Fact]
        public Task Lifecycle() => Verify.Reports(Usings + """
            class Service(Task loop) : IHostedLifecycleService
            {
                public Task StartingAsync(CancellationToken token) => Task.CompletedTask;
                public Task StartAsync(CancellationToken token) => Task.CompletedTask;
                public Task StartedAsync(CancellationToken token) => Task.CompletedTask;
                public async Task [|StoppingAsync|](CancellationToken token) => await loop;
                public Task StopAsync(CancellationToken token) => Task.CompletedTask;
                public async Task [|StoppedAsync|](CancellationToken token) => await loop;
            }
            """);

        [Fact]
        public Task Override_of_a_base_in_source() => Verify.Reports(Usings + """
            abstract class Service : IHostedService
            {
                public virtual Task StartAsync(CancellationToken token) => Task.CompletedTask;
                public virtual Task StopAsync(CancellationToken token) => Task.CompletedTask;
            }

            class Pump(Task loop) : Service
            {
                public override async Task [|StopAsync|](CancellationToken token) => await loop;
            }
            """);
    }

    public sealed class OtherHosts
    {
        /// <summary>By their names alone: the packages are not needed.</summary>
        [Fact]
        public Task Orleans_and_a_server() => Verify.Reports("""
            using System.Threading;
            using System.Threading.Tasks;

            namespace Orleans { public interface ILifecycleObserver { Task OnStart(CancellationToken token); Task OnStop(CancellationToken token); } }
            namespace Microsoft.AspNetCore.Hosting.Server { public interface IServer { Task StopAsync(CancellationToken token); } }

            class Reminders(Task loop) : Orleans.ILifecycleObserver
            {
                public Task OnStart(CancellationToken token) => Task.CompletedTask;
                public Task [|OnStop|](CancellationToken token) => loop;
            }

            class Pipe(Task accepting) : Microsoft.AspNetCore.Hosting.Server.IServer
            {
                public async Task [|StopAsync|](CancellationToken token) => await accepting;
            }
            """);
    }

    public sealed class Level
    {
        [Theory]
        [InlineData("_stop.Cancel(); await _loop;")]
        [InlineData("_stop.Cancel(); var loop = _loop; if (loop is not null) await loop;")]
        public Task A_worker_that_was_told_to_end_mostly_does(string stop) => Verify.ReportsAtInfo(Usings + """
            class Pump : IHostedService
            {
                readonly CancellationTokenSource _stop = new();
                readonly System.Threading.Channels.Channel<int> _items = System.Threading.Channels.Channel.CreateUnbounded<int>();
                Task _loop = null!;
                public Task StartAsync(CancellationToken token) { _loop = RunAsync(); return Task.CompletedTask; }
                public async Task {|#0:StopAsync|}(CancellationToken token) { STOP }
                async Task RunAsync()
                {
                    while (await _items.Reader.WaitToReadAsync(_stop.Token))
                        Console.WriteLine(await _items.Reader.ReadAsync());
                }
            }
            """.Replace("STOP", stop));

        [Fact]
        public Task What_else_is_awaited_counts_all_the_same() => Verify.Reports(Usings + """
            public interface IBus { Task CloseAsync(); }

            class Pump(IBus bus) : IHostedService
            {
                readonly CancellationTokenSource _stop = new();
                Task _loop = null!;
                public Task StartAsync(CancellationToken token) { _loop = RunAsync(); return Task.CompletedTask; }
                public async Task [|StopAsync|](CancellationToken token) { _stop.Cancel(); await _loop; await bus.CloseAsync(); }
                async Task RunAsync() { while (!_stop.IsCancellationRequested) await Task.Delay(500, _stop.Token); }
            }
            """);
    }

    public sealed class Silent
    {
        [Fact]
        public Task Member_that_only_has_the_name() => Verify.StaysSilent(Usings + """
            public interface ISale { Task Finalize(string customer); }
            class Sale(HttpClient shop) : ISale { public async Task Finalize(string customer) => await shop.GetAsync(customer); }
            """);

        [Theory]
        [InlineData("await base.StopAsync(token);")]
        [InlineData("_cts.Cancel(); await Task.WhenAny(_loop, Task.Delay(Timeout.Infinite, token));")]
        [InlineData("await _loop.WaitAsync(token);")]
        [InlineData("using var linked = CancellationTokenSource.CreateLinkedTokenSource(token); await FlushAsync(linked.Token);")]
        [InlineData("using var reg = token.Register(() => _cts.Cancel()); await _loop;")]
        [InlineData("await _cts.CancelAsync(); await Task.CompletedTask; await Task.Delay(50); await Task.Yield();")]
        [InlineData("await Task.WhenAny(_loop, Task.Delay(TimeSpan.FromSeconds(5)));")]
        [InlineData("await _loop.WaitAsync(TimeSpan.FromSeconds(5)).ConfigureAwait(false);")]
        [InlineData("var first = await Task.WhenAny(_loop, Task.Delay(5000)); if (first == _loop) await _loop;")]
        [InlineData("var first = await Task.WhenAny(_loop, Task.Delay(5000)); if (first != _loop) return; await _loop;")]
        [InlineData("if (_loop.IsCompleted) await _loop.ConfigureAwait(false);")]
        [InlineData("await File.WriteAllTextAsync(\"rates\", \"1\");")]
        [InlineData("await CloseAsync();")]
        [InlineData("await (await Task.WhenAny(_loop, Task.Delay(5000)));")]
        [InlineData("await FlushAsync(new CancellationTokenSource(1000).Token);")]
        [InlineData("Console.WriteLine(\"stopped\");")]
        [InlineData("_ = _loop.ContinueWith(t => Console.WriteLine(t.Status)); await Task.Yield();")]
        [InlineData("ShutdownWatchdog.Arm(TimeSpan.FromSeconds(35)); await _loop;")]
        [InlineData("await _flush(token);")]
        [InlineData("_flushNow(token); await base.StopAsync(token);")]
        [InlineData("State = 2;")]
        [InlineData("await _file.DisposeAsync();")]
        public Task StopAsync(string body) => Verify.StaysSilent(Usings + """
            #pragma warning disable CS1998
            class Worker(Task loop, Func<CancellationToken, Task> flush, Action<CancellationToken> flushNow) : BackgroundService
            {
                readonly Task _loop = loop;
                readonly Func<CancellationToken, Task> _flush = flush;
                readonly Action<CancellationToken> _flushNow = flushNow;
                readonly CancellationTokenSource _cts = new();
                readonly IAsyncDisposable _file = Stream.Null;
                protected override Task ExecuteAsync(CancellationToken stop) => _flush(stop);
                public override async Task StopAsync(CancellationToken token)
                {
                    BODY
                }

                public event EventHandler? StateChanged;
                int State { set => StateChanged?.Invoke(this, EventArgs.Empty); }
                async Task CloseAsync() { await _cts.CancelAsync(); await Task.Delay(10); }
                Task FlushAsync(CancellationToken token) => _flush(token);
            }
            """.Replace("BODY", body));

        [Theory]
        [InlineData("thread.Join(); await loop;")]
        [InlineData("onStop(); await loop;")]
        public Task What_blocks_first_is_another_rule(string body) => Verify.StaysSilent(Usings + """
            class Service(Thread thread, Action onStop, Task loop) : IHostedService
            {
                public Task StartAsync(CancellationToken token) => Task.CompletedTask;
                public async Task StopAsync(CancellationToken token) { BODY }
            }
            """.Replace("BODY", body));

        [Fact]
        public Task Not_called_by_a_host() => Verify.StaysSilent(Usings + """
            class Report(Task loop)
            {
                public async Task StopAsync(CancellationToken token) => await loop;
            }
            """);
    }

    public sealed class Messages
    {
        [Theory]
        [InlineData("all[0]", "all[0]")]
        [InlineData("Task.WhenAll(all)", "all")]
        [InlineData("Task.WhenAll(all.Where(one => !one.IsCompleted).ToArray())", "Task.WhenAll")]
        public async Task Name_what_is_awaited(string task, string name) => Assert.Contains(
            $"awaits '{name}'",
            Assert.Single(await AllRules.ReportsAsync("LOCK207", Usings + $$"""
                class Service(Task[] all) : IHostedService
                {
                    public Task StartAsync(CancellationToken token) => Task.CompletedTask;
                    public async Task StopAsync(CancellationToken token) => await {{task}};
                }
                """)).GetMessage(System.Globalization.CultureInfo.InvariantCulture),
            StringComparison.Ordinal);
    }

    public sealed class Known
    {
        [Fact]
        public Task FN_Token_read_for_something_else() => Verify.StaysSilent(Usings + """
            class Service(Task loop, ILogger log) : IHostedService
            {
                public Task StartAsync(CancellationToken token) => Task.CompletedTask;
                public async Task StopAsync(CancellationToken token) { log.LogInformation("{State}", token.IsCancellationRequested); await loop; }
            }
            """);
    }
}
