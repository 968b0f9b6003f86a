using LockAnalyzers.CodeFixes.Rules;
using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK205IneffectiveGuardAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK205IneffectiveGuardCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed class LOCK205IneffectiveGuardTests
{
    private const string Usings = """
        using System;
        using System.Diagnostics;
        using System.Runtime.InteropServices;
        using System.Threading;
        using System.Threading.Tasks;
        using LockAnalyzers.Runtime;
        using Microsoft.Extensions.Hosting;

        """;

    public sealed class Reports
    {
        [Theory]
        [InlineData("_timer = new [|Timer|](_ => Environment.FailFast(\"late\"), null, 5000, Timeout.Infinite);")]
        [InlineData("using var timer = new [|Timer|](_ => Process.GetCurrentProcess().Kill(), null, TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);")]
        [InlineData("_timer = new [|Timer|](Die, null, 5000, 0);")]
        [InlineData("_timer = new [|Timer|](_ => { if (!_isDone) _exit(137); }, null, 5000, -1);")]
        [InlineData("_timer = new [|Timer|](_ => Environment.Exit(1), null, 5000, -1);")]
        [InlineData("[|Task.Delay(5000).ContinueWith|](_ => Environment.FailFast(\"late\"));")]
        [InlineData("_ = [|Task.Delay(TimeSpan.FromSeconds(5)).ContinueWith|](_ => Process.GetCurrentProcess().Kill());")]
        [InlineData("[|Task.Run|](async () => { await Task.Delay(5000); Environment.FailFast(\"late\"); });")]
        [InlineData("[|Task.Run|](async () => { await Task.Delay(5000).ConfigureAwait(false); Die(null); });")]
        [InlineData("[|Task.Run|](() => { Thread.Sleep(5000); Process.GetCurrentProcess().Kill(); });")]
        [InlineData("[|ThreadPool.QueueUserWorkItem|](_ => { Thread.Sleep(5000); Environment.FailFast(\"late\"); });")]
        [InlineData("_ = [|DieLater|]();")]
        [InlineData("[|new CancellationTokenSource(5000).Token.Register|](() => Environment.FailFast(\"late\"));")]
        [InlineData("var late = new CancellationTokenSource(); late.CancelAfter(5000); [|late.Token.Register|](() => Environment.FailFast(\"late\"));")]
        [InlineData("var timer = new System.Timers.Timer(5000); [|timer.Elapsed|] += (_, _) => Environment.FailFast(\"late\"); timer.Start();")]
        [InlineData("new [|Thread|](() => { Thread.Sleep(5000); Environment.Exit(1); }) { IsBackground = true }.Start();")]
        [InlineData("var killer = new [|Thread|](Leave) { IsBackground = true }; killer.Start();")]
        public Task Guard_of_a_stop(string guard) => Verify.Reports(Usings + """
            class Outbox(Thread sender) : IDisposable
            {
                [DllImport("libc")] static extern void _exit(int code);
                Timer? _timer;
                volatile bool _isDone;
                public void Dispose()
                {
                    GUARD
                    sender.Join();
                    _isDone = true;
                    _timer?.Dispose();
                }

                void Install() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
                {
                    GUARD
                    sender.Join();
                };

                static void Die(object? state) => Environment.FailFast("late");
                static async Task DieLater() { await Task.Delay(5000); Environment.FailFast("late"); }
                static void Leave() { Thread.Sleep(5000); Environment.Exit(1); }
            }
            """.Replace("GUARD", guard));

        [Fact]
        public Task By_the_names_around_it() => Verify.Reports(Usings + """
            static class Watchdog
            {
                public static void Start(TimeSpan time) => [|Task.Delay(time).ContinueWith|](_ => Process.GetCurrentProcess().Kill());
            }

            class Runner
            {
                Timer? _forceExit;
                void Begin() { _forceExit = new [|Timer|](_ => Environment.FailFast("gone"), null, 1000, -1); }
                void Later() { var timer = new [|Timer|](_ => Environment.FailFast("shutdown took too long"), null, 1000, -1); }
            }
            """);

        [Theory]
        [InlineData("AppDomain.CurrentDomain.ProcessExit += (_, _) => [|Environment.Exit(1)|];")]
        [InlineData("AppDomain.CurrentDomain.ProcessExit += delegate { Save(); [|Environment.Exit(1)|]; };")]
        [InlineData("AppDomain.CurrentDomain.ProcessExit += OnExit; AppDomain.CurrentDomain.ProcessExit += OnExit;")]
        public Task Exit_in_the_handler_of_the_exit(string registration) => Verify.Reports(Usings + """
            class Outbox
            {
                void Install() { REGISTRATION }
                void OnExit(object? sender, EventArgs e) => Leave(2);
                void Leave(int code) { Save(); LEAVE }
                static void Save() { }
            }
            """.Replace("REGISTRATION", registration).Replace("LEAVE", registration.Contains("OnExit") ? "[|Environment.Exit(code)|];" : "Environment.Exit(code);"));
    }

    public sealed class Silent
    {
        [Theory]
        [InlineData("ShutdownWatchdog.Arm(TimeSpan.FromSeconds(5));")]
        [InlineData("new Thread(() => { Thread.Sleep(5000); Process.GetCurrentProcess().Kill(); }) { IsBackground = true }.Start();")]
        [InlineData("new Thread(() => { Thread.Sleep(5000); Environment.FailFast(\"late\"); }) { IsBackground = true }.Start();")]
        [InlineData("Task.Factory.StartNew(() => { Thread.Sleep(5000); Environment.FailFast(\"late\"); }, TaskCreationOptions.LongRunning);")]
        [InlineData("_timer = new Timer(_ => Console.WriteLine(\"still stopping\"), null, 5000, -1);")]
        [InlineData("_timer = new Timer(_ => _child.Kill(), null, 5000, -1);")]
        [InlineData("Task.Delay(5000).ContinueWith(_ => _child.Kill());")]
        [InlineData("if (!sender.Join(5000)) Environment.Exit(1);")]
        [InlineData("if (!sender.Join(5000)) Environment.FailFast(\"late\");")]
        [InlineData("_timer = new Timer(_ => { if (_child.HasExited) Environment.FailFast(\"gone\"); }, null, 5000, 5000);")]
        [InlineData("_stop.Token.Register(() => Environment.FailFast(\"asked\"));")]
        [InlineData("Task.Run(() => Environment.FailFast(\"now\"));")]
        public Task Guard_of_a_stop(string guard) => Verify.StaysSilent(Usings + """
            class Outbox(Thread sender) : IDisposable
            {
                readonly Process _child = null!;
                readonly CancellationTokenSource _stop = new();
                Timer? _timer;
                public void Dispose() { GUARD sender.Join(1000); _timer?.Dispose(); }
            }
            """.Replace("GUARD", guard));

        [Fact]
        public Task Other_reasons_to_end() => Verify.StaysSilent(Usings + """
            class Daemon
            {
                Timer? _idle, _timer;
                void Touch() { _idle = new Timer(_ => Environment.Exit(0), null, 600_000, -1); Console.WriteLine(); }
                void Begin() { _timer = new Timer(_ => Environment.Exit(0), null, 600_000, -1); Console.WriteLine(); }
                void WatchParent(Process parent) => Task.Run(async () => { await Task.Delay(1000); if (parent.HasExited) Environment.Exit(0); });
            }
            """);

        [Fact]
        public Task The_end_itself_a_little_later() => Verify.StaysSilent(Usings + """
            class Admin
            {
                async Task ShutdownAsync() { await Task.Delay(500); Environment.Exit(0); }
                string Shutdown() { Task.Run(async () => { await Task.Delay(500); Environment.Exit(0); }); return "bye"; }
                async Task StopAsync() { Console.WriteLine(); await ShutdownAsync(); }
            }
            """);

        [Fact]
        public Task Exit_in_a_hosted_service_and_in_other_handlers() => Verify.StaysSilent(Usings + """
            class Service : BackgroundService
            {
                protected override async Task ExecuteAsync(CancellationToken token) { await Task.Yield(); Environment.Exit(3); }
                public override Task StopAsync(CancellationToken token) { Environment.Exit(0); return Task.CompletedTask; }
                void Install()
                {
                    Console.CancelKeyPress += (_, _) => Environment.Exit(130);
                    PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Environment.Exit(0));
                    AppDomain.CurrentDomain.ProcessExit += (_, _) => Environment.ExitCode = 1;
                    AppDomain.CurrentDomain.UnhandledException += (_, _) => Environment.Exit(1);
                }
            }
            """);
    }

    public sealed class Fix
    {
        [Fact]
        public Task Arms_the_watchdog_for_the_same_time() => Verify.Fixes("""
            using System;
            using System.Diagnostics;
            using System.Threading;
            using System.Threading.Tasks;

            class Outbox(Thread sender, TimeSpan grace)
            {
                public void Stop()
                {
                    // At most five seconds.
                    [|Task.Delay(5000).ContinueWith|](_ => Environment.FailFast("late")); // then it is over
                    _ = [|Task.Delay(grace).ContinueWith|](_ => Process.GetCurrentProcess().Kill());
                    _ = [|Task.Run|](async () => { await Task.Delay(grace); Environment.FailFast("late"); });
                    new [|Thread|](() => { Thread.Sleep(2000); Environment.Exit(3); }) { IsBackground = true }.Start();
                    sender.Join();
                }

                public void StopScoped()
                {
                    using var timer = new [|Timer|](_ => Environment.FailFast("late"), null, 5000, Timeout.Infinite);
                    sender.Join();
                }
            }
            """, """
            using System;
            using System.Diagnostics;
            using System.Threading;
            using System.Threading.Tasks;
            using LockAnalyzers.Runtime;

            class Outbox(Thread sender, TimeSpan grace)
            {
                public void Stop()
                {
                    // At most five seconds.
                    ShutdownWatchdog.Arm(TimeSpan.FromMilliseconds(5000)); // then it is over
                    _ = ShutdownWatchdog.Arm(grace);
                    _ = ShutdownWatchdog.Arm(grace);
                    ShutdownWatchdog.Arm(TimeSpan.FromMilliseconds(2000), exitCode: 3);
                    sender.Join();
                }

                public void StopScoped()
                {
                    using var timer = ShutdownWatchdog.Arm(TimeSpan.FromMilliseconds(5000));
                    sender.Join();
                }
            }
            """, LOCK205IneffectiveGuardCodeFix.ArmKey);

        [Fact]
        public Task Sets_the_exit_code() => Verify.Fixes("""
            using System;

            class Outbox
            {
                void Install()
                {
                    AppDomain.CurrentDomain.ProcessExit += (_, _) => [|Environment.Exit(1)|]; // with an error
                    AppDomain.CurrentDomain.ProcessExit += (_, _) =>
                    {
                        Console.WriteLine("bye");
                        [|Environment.Exit(Code())|];
                    };
                }

                static int Code() => 2;
            }
            """, """
            using System;

            class Outbox
            {
                void Install()
                {
                    AppDomain.CurrentDomain.ProcessExit += (_, _) => Environment.ExitCode = 1; // with an error
                    AppDomain.CurrentDomain.ProcessExit += (_, _) =>
                    {
                        Console.WriteLine("bye");
                        Environment.ExitCode = Code();
                    };
                }

                static int Code() => 2;
            }
            """, LOCK205IneffectiveGuardCodeFix.ExitCodeKey);

        [Fact]
        public Task None_where_the_guard_does_more_or_is_kept() => Verify.OffersNoFix("""
            using System;
            using System.Threading;
            using System.Threading.Tasks;

            class Outbox(Thread sender)
            {
                Timer? _timer;
                public void Stop()
                {
                    _timer = new [|Timer|](_ => Environment.FailFast("late"), null, 5000, -1);
                    [|Task.Delay(5000).ContinueWith|](_ => { Console.WriteLine("late"); Console.WriteLine("very"); Environment.FailFast("late"); });
                    sender.Join();
                    _timer.Dispose();
                }
            }
            """);
    }

    public sealed class Known
    {
        [Fact]
        public Task FN_Timer_told_in_another_member() => Verify.StaysSilent(Usings + """
            class Guard
            {
                readonly Timer _timer;
                public Guard() => _timer = new Timer(_ => Environment.FailFast("late"));
                public void Arm() => _timer.Change(5000, -1);
            }
            """);
    }
}
