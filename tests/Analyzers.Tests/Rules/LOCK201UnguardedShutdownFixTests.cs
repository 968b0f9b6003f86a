using LockAnalyzers.CodeFixes.Rules;
using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK201UnguardedShutdownAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK201UnguardedShutdownCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed class LOCK201UnguardedShutdownFixTests
{
    [Fact]
    public Task Lambda_becomes_a_block() => Verify.Fixes("""
        using System;
        using System.Threading;

        class Outbox(Thread sender)
        {
            void Install()
            {
                // Letters first.
                [|AppDomain.CurrentDomain.ProcessExit|] += (_, _) => /* last */ sender.Join(); // then out
            }
        }
        """, """
        using System;
        using System.Threading;
        using LockAnalyzers.Runtime;

        class Outbox(Thread sender)
        {
            void Install()
            {
                // Letters first.
                AppDomain.CurrentDomain.ProcessExit += (_, _) => /* last */ { ShutdownWatchdog.Arm(); sender.Join(); }; // then out
            }
        }
        """);

    [Fact]
    public Task Block_gets_a_first_statement() => Verify.Fixes("""
        using System;
        using System.Threading;

        class Outbox(Thread sender)
        {
            void Install() => [|AppDomain.CurrentDomain.ProcessExit|] += (_, _) =>
            {
                // Letters first.
                sender.Join();
            };

            void InstallOther() => [|AppDomain.CurrentDomain.ProcessExit|] += delegate { sender.Join(); };
        }
        """, """
        using System;
        using System.Threading;
        using LockAnalyzers.Runtime;

        class Outbox(Thread sender)
        {
            void Install() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
            {
                ShutdownWatchdog.Arm();
                // Letters first.
                sender.Join();
            };

            void InstallOther() => AppDomain.CurrentDomain.ProcessExit += delegate { ShutdownWatchdog.Arm(); sender.Join(); };
        }
        """);

    [Fact]
    public Task Method_handler_shared_by_two_registrations() => Verify.Fixes("""
        using System;
        using System.Runtime.Loader;
        using System.Threading;

        class Outbox
        {
            readonly Thread _sender = new(() => { });

            Outbox()
            {
                [|AppDomain.CurrentDomain.ProcessExit|] += OnExit;
                [|AppDomain.CurrentDomain.ProcessExit|] += new EventHandler(OnExit);
            }

            /// <summary>Sends what is left.</summary>
            private void OnExit(object? sender, EventArgs e) => _sender.Join(); // as long as it takes
        }
        """, """
        using System;
        using System.Runtime.Loader;
        using System.Threading;
        using LockAnalyzers.Runtime;

        class Outbox
        {
            readonly Thread _sender = new(() => { });

            Outbox()
            {
                AppDomain.CurrentDomain.ProcessExit += OnExit;
                AppDomain.CurrentDomain.ProcessExit += new EventHandler(OnExit);
            }

            /// <summary>Sends what is left.</summary>
            private void OnExit(object? sender, EventArgs e)
            {
                ShutdownWatchdog.Arm();
                _sender.Join();
            } // as long as it takes
        }
        """);

    [Fact]
    public Task Where_the_process_may_live_on_the_guard_ends_with_the_handler() => Verify.Fixes("""
        using System;
        using System.Runtime.InteropServices;
        using System.Runtime.Loader;
        using System.Threading;
        using Microsoft.Extensions.Hosting;

        class Outbox(Thread sender, IHostApplicationLifetime lifetime)
        {
            void Install()
            {
                var watchdog = 1;
                [|AssemblyLoadContext.Default.Unloading|] += _ => sender.Join();
                [|Console.CancelKeyPress|] += Press;
                [|PosixSignalRegistration.Create|](PosixSignal.SIGTERM, context =>
                {
                    sender.Join();
                });
                [|lifetime.ApplicationStopping.Register|](() => sender.Join());
                Console.WriteLine(watchdog);
            }

            void Press(object? console, ConsoleCancelEventArgs e)
            {
                sender.Join();
            }
        }
        """, """
        using System;
        using System.Runtime.InteropServices;
        using System.Runtime.Loader;
        using System.Threading;
        using LockAnalyzers.Runtime;
        using Microsoft.Extensions.Hosting;

        class Outbox(Thread sender, IHostApplicationLifetime lifetime)
        {
            void Install()
            {
                var watchdog = 1;
                AssemblyLoadContext.Default.Unloading += _ => { using var watchdog2 = ShutdownWatchdog.Arm(); sender.Join(); };
                Console.CancelKeyPress += Press;
                PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
                {
                    using var watchdog2 = ShutdownWatchdog.Arm();
                    sender.Join();
                });
                lifetime.ApplicationStopping.Register(() => { using var watchdog2 = ShutdownWatchdog.Arm(TimeSpan.FromSeconds(30)); sender.Join(); });
                Console.WriteLine(watchdog);
            }

            void Press(object? console, ConsoleCancelEventArgs e)
            {
                using var watchdog = ShutdownWatchdog.Arm();
                sender.Join();
            }
        }
        """);

    [Fact]
    public Task Local_function_and_delegate_local() => Verify.Fixes("""
        using System;
        using System.Threading;

        class Outbox(Thread sender)
        {
            void Install()
            {
                EventHandler first = (_, _) => sender.Join();
                [|AppDomain.CurrentDomain.ProcessExit|] += first;
                [|AppDomain.CurrentDomain.ProcessExit|] += Second;

                void Second(object? s, EventArgs e) => sender.Join();
            }
        }
        """, """
        using System;
        using System.Threading;
        using LockAnalyzers.Runtime;

        class Outbox(Thread sender)
        {
            void Install()
            {
                EventHandler first = (_, _) => { ShutdownWatchdog.Arm(); sender.Join(); };
                AppDomain.CurrentDomain.ProcessExit += first;
                AppDomain.CurrentDomain.ProcessExit += Second;

                void Second(object? s, EventArgs e)
                {
                    ShutdownWatchdog.Arm();
                    sender.Join();
                }
            }
        }
        """);

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

        class Second(Thread thread) : IHostedService
        {
            public Task StartAsync(CancellationToken token) => Task.CompletedTask;

            public Task [|StopAsync|](CancellationToken token)
            {
                thread.Join();
                return Task.CompletedTask;
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

        class Second(Thread thread) : IHostedService
        {
            public Task StartAsync(CancellationToken token) => Task.CompletedTask;

            public Task StopAsync(CancellationToken token)
            {
                using var watchdog = ShutdownWatchdog.Arm(global::System.TimeSpan.FromSeconds(35));
                thread.Join();
                return Task.CompletedTask;
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
        """, LOCK201UnguardedShutdownCodeFix.ArmKey);

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
        """, LOCK201UnguardedShutdownCodeFix.TokenKey);

    [Fact]
    public Task Not_where_a_task_would_outlive_the_guard() => Verify.OffersNoFix("""
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Hosting;

        class Service(Task? loop) : IHostedService
        {
            public Task StartAsync(CancellationToken token) => Task.CompletedTask;

            public Task [|StopAsync|](CancellationToken token)
            {
                if (loop is null)
                    return Task.CompletedTask;
                return loop;
            }
        }
        """);

    [Fact]
    public Task Not_without_the_runtime() => Verify.FixesWithoutRuntime(Unreferenced, Unreferenced);

    private const string Unreferenced = """
        using System;
        using System.Threading;

        class Outbox(Thread sender)
        {
            void Install() => [|AppDomain.CurrentDomain.ProcessExit|] += (_, _) => sender.Join();
        }
        """;
}
