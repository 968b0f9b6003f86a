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
    public Task Local_function() => Verify.Fixes("""
        using System;
        using System.Threading;

        class Outbox(Thread sender)
        {
            void Install()
            {
                [|AppDomain.CurrentDomain.ProcessExit|] += Last;

                void Last(object? s, EventArgs e) => sender.Join();
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
                AppDomain.CurrentDomain.ProcessExit += Last;

                void Last(object? s, EventArgs e)
                {
                    ShutdownWatchdog.Arm();
                    sender.Join();
                }
            }
        }
        """);

    [Fact]
    public Task Delegate_local() => Verify.Fixes("""
        using System;
        using System.Threading;

        class Outbox(Thread sender)
        {
            void Install()
            {
                EventHandler last = (_, _) => sender.Join();
                [|AppDomain.CurrentDomain.ProcessExit|] += last;
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
                EventHandler last = (_, _) => { ShutdownWatchdog.Arm(); sender.Join(); };
                AppDomain.CurrentDomain.ProcessExit += last;
            }
        }
        """);

    [Fact]
    public Task Stop_member_arms_for_longer_than_the_host_waits() => Verify.Fixes("""
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.Hosting;

        class Service(Thread thread) : IHostedService
        {
            public Task StartAsync(CancellationToken token) => Task.CompletedTask;

            public Task [|StopAsync|](CancellationToken token)
            {
                thread.Join();
                return Task.CompletedTask;
            }
        }
        """, """
        using System.Threading;
        using System.Threading.Tasks;
        using LockAnalyzers.Runtime;
        using Microsoft.Extensions.Hosting;

        class Service(Thread thread) : IHostedService
        {
            public Task StartAsync(CancellationToken token) => Task.CompletedTask;

            public Task StopAsync(CancellationToken token)
            {
                using var watchdog = ShutdownWatchdog.Arm(global::System.TimeSpan.FromSeconds(35));
                thread.Join();
                return Task.CompletedTask;
            }
        }
        """, LOCK201UnguardedShutdownCodeFix.ArmKey);

    private const string Hosted = """

        namespace Microsoft.Extensions.DependencyInjection
        {
            // What the package compiles into a project with a host.
            static class ShutdownWatchdogServices
            {
                public static IServiceCollection AddShutdownWatchdog(this IServiceCollection services, TimeSpan? grace = null) => services;
            }
        }

        class Outbox(Thread sender) : IHostedService
        {
            public Task StartAsync(CancellationToken token) => Task.CompletedTask;
            public Task [|StopAsync|](CancellationToken token) { sender.Join(); return Task.CompletedTask; }
        }

        class Inbox(Thread receiver) : IHostedService
        {
            public Task StartAsync(CancellationToken token) => Task.CompletedTask;
            public Task [|StopAsync|](CancellationToken token) { receiver.Join(); return Task.CompletedTask; }
        }
        """;

    private const string HostUsings = """
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;

        """;

    [Theory]
    [InlineData(
        "var builder = Host.CreateApplicationBuilder();\n// Both ways.\nbuilder.Services.AddHostedService<Outbox>();\nbuilder.Services.AddHostedService<Inbox>();\n",
        "var builder = Host.CreateApplicationBuilder();\n// Both ways.\nbuilder.Services.AddShutdownWatchdog();\nbuilder.Services.AddHostedService<Outbox>();\nbuilder.Services.AddHostedService<Inbox>();\n")]
    [InlineData(
        "new HostBuilder().ConfigureServices((_, services) => services.AddHostedService<Outbox>().AddHostedService<Inbox>()).Build().Run();\n",
        "new HostBuilder().ConfigureServices((_, services) => services.AddShutdownWatchdog().AddHostedService<Outbox>().AddHostedService<Inbox>()).Build().Run();\n")]
    [InlineData(
        "new HostBuilder().ConfigureServices((_, services) =>\n{\n    services.AddHostedService<Outbox>();\n}).Build().Run();\n",
        "new HostBuilder().ConfigureServices((_, services) =>\n{\n    services.AddShutdownWatchdog();\n    services.AddHostedService<Outbox>();\n}).Build().Run();\n")]
    public Task One_line_guards_the_host(string program, string guarded) => Verify.FixesProgram(
        HostUsings + program + Hosted, HostUsings + guarded + Hosted.Replace("[|", "").Replace("|]", ""), LOCK201UnguardedShutdownCodeFix.HostKey);

    [Theory]
    [InlineData("static void Main() { }\n    void ConfigureServices")]
    [InlineData("static void Main() => Add(new ServiceCollection());\n    static void Add")]
    public Task One_line_guards_the_host_from_another_file(string member) => Verify.FixesElsewhere(
        HostUsings + Hosted,
        HostUsings + $$"""
        class Program
        {
            {{member}}(IServiceCollection services)
            {
                services.AddHostedService<Outbox>(); // and more
            }
        }
        """,
        HostUsings + $$"""
        class Program
        {
            {{member}}(IServiceCollection services)
            {
                services.AddShutdownWatchdog();
                services.AddHostedService<Outbox>(); // and more
            }
        }
        """,
        LOCK201UnguardedShutdownCodeFix.HostKey);

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
