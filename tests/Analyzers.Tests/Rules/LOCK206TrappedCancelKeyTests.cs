using LockAnalyzers.CodeFixes.Rules;
using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK206TrappedCancelKeyAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK206TrappedCancelKeyCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed class LOCK206TrappedCancelKeyTests
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
        [InlineData("e.Cancel = true; _cts.Cancel();")]
        [InlineData("_cts.Cancel(); e.Cancel = true;")]
        [InlineData("const bool keep = true; e.Cancel = keep; _cts.Cancel();")]
        [InlineData("e.Cancel = true; if (_cts.IsCancellationRequested) return; _cts.Cancel();")]
        [InlineData("if (e.SpecialKey == ConsoleSpecialKey.ControlC) { _cts.Cancel(); e.Cancel = true; } else { e.Cancel = true; }")]
        [InlineData("try { _cts.Cancel(); } finally { e.Cancel = true; }")]
        [InlineData("try { _cts.Cancel(); } catch (ObjectDisposedException) { } e.Cancel = true;")]
        [InlineData("lock (_cts) { e.Cancel = true; } _worker.Join();")]
        [InlineData("e.Cancel = true; Pressed?.Invoke(this, e);")]
        [InlineData("e.Cancel = true; _isRunning = false;")]
        [InlineData("Keep(e); _cts.Cancel();")]
        [InlineData("e.Cancel = true; Console.WriteLine(\"stopping\"); StopWorker();")]
        [InlineData("e.Cancel = true; Task.Run(() => StopWorker());")]
        [InlineData("e.Cancel = true;")]
        [InlineData("e.Cancel = true; try { _cts.Cancel(); } catch (Exception) { Environment.Exit(1); }")]
        public Task Press_that_never_gets_through(string body) => Verify.Reports(Usings + """
            class Shell
            {
                readonly CancellationTokenSource _cts = new();
                readonly Thread _worker = null!;
                bool _isRunning = true;
                public event ConsoleCancelEventHandler? Pressed;
                public bool IsRunning => _isRunning;
                void Install()
                {
                    [|Console.CancelKeyPress|] += (sender, e) => { BODY };
                }

                static void Keep(ConsoleCancelEventArgs args) => args.Cancel = true;
                void StopWorker() { _cts.Cancel(); _worker.Join(1000); }
            }
            """.Replace("BODY", body));

        [Fact]
        public Task Handler_of_its_own_is_reported_once_and_at_its_name() => Verify.Reports(Usings + """
            class Shell(CancellationTokenSource stop)
            {
                void Install()
                {
                    Console.CancelKeyPress += OnPress;
                    Console.CancelKeyPress += new ConsoleCancelEventHandler(OnPress);
                    Console.CancelKeyPress += Local;

                    void [|Local|](object? sender, ConsoleCancelEventArgs e) { stop.Cancel(); e.Cancel = true; }
                }

                void [|OnPress|](object? sender, ConsoleCancelEventArgs e)
                {
                    e.Cancel = true;
                    stop.Cancel();
                }
            }
            """);

        [Theory]
        [InlineData("PosixSignal.SIGINT")]
        [InlineData("PosixSignal.SIGQUIT")]
        public Task Signal_of_a_key(string signal) => Verify.Reports(Usings + """
            class Shell(ManualResetEventSlim stop)
            {
                IDisposable Install() => [|PosixSignalRegistration.Create|](SIGNAL, context => { context.Cancel = true; stop.Set(); });
            }
            """.Replace("SIGNAL", signal));

        [Fact]
        public Task Signals_of_a_list() => Verify.Reports(Usings + """
            class Shell(ManualResetEventSlim stop)
            {
                void Install()
                {
                    foreach (var signal in new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM })
                        [|PosixSignalRegistration.Create|](signal, context => { context.Cancel = true; stop.Set(); });
                }
            }
            """);

        [Fact]
        public Task Top_level_program() => Verify.ReportsProgram(Usings + """
            using var cts = new CancellationTokenSource();
            [|Console.CancelKeyPress|] += (_, e) =>
            {
                e.Cancel = true;
                cts.Cancel();
            };
            await Task.Delay(-1, cts.Token);
            """);

        [Fact]
        public Task Source_that_is_cancelled_once_and_for_all() => Verify.Reports(Usings + """
            class Program
            {
                static readonly CancellationTokenSource Stop = new();
                static void Read()
                {
                    [|Console.CancelKeyPress|] += (_, e) => { e.Cancel = true; Stop.Cancel(); };
                    while (Console.ReadLine() is { } line) Console.WriteLine(line);
                }
            }
            """);

        [Fact]
        public Task Handler_that_is_there_for_all_of_the_program() => Verify.Reports(Usings + """
            class Program
            {
                static readonly CancellationTokenSource Stop = new();
                static void Run() => Stop.Token.WaitHandle.WaitOne();
                static void Main()
                {
                    Console.CancelKeyPress += OnPress;
                    try { Run(); } finally { Console.CancelKeyPress -= OnPress; }
                }

                static void [|OnPress|](object? sender, ConsoleCancelEventArgs e) { e.Cancel = true; Stop.Cancel(); }
            }
            """);

        [Fact]
        public Task Delegate_in_a_variable() => Verify.Reports(Usings + """
            class Shell(CancellationTokenSource stop)
            {
                void Install()
                {
                    ConsoleCancelEventHandler handler = (_, e) => { e.Cancel = true; stop.Cancel(); };
                    [|Console.CancelKeyPress|] += handler;
                }
            }
            """);

        [Fact]
        public Task Other_processes_are_watched_and_killed_elsewhere() => Verify.Reports(Usings + """
            static class Processes
            {
                public static void Watch(Process other, Action gone) => new Thread(() => { other.WaitForExit(1000); gone(); }) { IsBackground = true }.Start();
                public static void End(Process other) => other.Kill();
            }

            class Shell(CancellationTokenSource stop, Process parent)
            {
                void Install()
                {
                    [|Console.CancelKeyPress|] += (_, e) => { e.Cancel = true; stop.Cancel(); };
                    Processes.Watch(parent, stop.Cancel);
                }
            }
            """);

        [Theory]
        [InlineData("", "while (shell.IsOpen) { _work = new(); shell.Run(Console.ReadLine()!); }")]
        [InlineData("", "do { _work = new(); shell.Run(shell.ReadCommand()); } while (shell.IsOpen);")]
        [InlineData("", "shell.Run(\"all\"); Console.CancelKeyPress -= press;")]
        [InlineData("try { shell.Run(\"all\"); } finally { Console.CancelKeyPress -= press; }", "")]
        public Task At_info_where_a_press_ends_a_piece_of_work(string first, string then) => Verify.ReportsAtInfo(Usings + """
            interface IShell { bool IsOpen { get; } string ReadCommand(); void Run(string command); }

            class Program(IShell shell)
            {
                CancellationTokenSource _work = new();
                void Go()
                {
                    ConsoleCancelEventHandler press = (_, e) => { e.Cancel = true; _work.Cancel(); };
                    {|#0:Console.CancelKeyPress|} += press;
                    FIRST
                    THEN
                }
            }
            """.Replace("FIRST", first).Replace("THEN", then));

        [Fact]
        public Task At_info_where_a_host_is_told_to_stop() => Verify.ReportsAtInfo(Usings + """
            class Shell(IHostApplicationLifetime lifetime)
            {
                void Install() => {|#0:Console.CancelKeyPress|} += (_, e) => { lifetime.StopApplication(); e.Cancel = true; };
            }
            """);
    }

    public sealed class Silent
    {
        [Theory]
        [InlineData("_cts.Cancel();")]
        [InlineData("e.Cancel = false; _cts.Cancel();")]
        [InlineData("if (_cts.IsCancellationRequested) return; e.Cancel = true; _cts.Cancel();")]
        [InlineData("e.Cancel = true; if (e.SpecialKey == ConsoleSpecialKey.ControlC) _cts.Cancel(); else Break();")]
        [InlineData("e.Cancel = true; switch (e.SpecialKey) { case ConsoleSpecialKey.ControlC: _cts.Cancel(); return; default: _cts.Dispose(); return; }")]
        [InlineData("e.Cancel = !_cts.IsCancellationRequested; _cts.Cancel();")]
        [InlineData("e.Cancel = Interlocked.Increment(ref _presses) == 1; _cts.Cancel();")]
        [InlineData("if (_presses++ == 0) { e.Cancel = true; _cts.Cancel(); }")]
        [InlineData("if (_presses++ > 0) Environment.Exit(130); e.Cancel = true; _cts.Cancel();")]
        [InlineData("e.Cancel = true; if (_presses++ > 0) Environment.FailFast(\"asked twice\"); _cts.Cancel();")]
        [InlineData("e.Cancel = true; if (_presses++ > 0) Process.GetCurrentProcess().Kill(); _cts.Cancel();")]
        [InlineData("e.Cancel = true; if (_presses++ > 0) _exit(130); _cts.Cancel();")]
        [InlineData("e.Cancel = true; _cts.Cancel(); Environment.Exit(0);")]
        [InlineData("e.Cancel = true; _cts.Cancel(); ShutdownWatchdog.Arm();")]
        [InlineData("e.Cancel = true; Leave();")]
        [InlineData("e.Cancel = true; _cts.Cancel(); new Thread(() => { Thread.Sleep(5000); Process.GetCurrentProcess().Kill(); }) { IsBackground = true }.Start();")]
        [InlineData("e.Cancel = true; _cts.Cancel(); Console.CancelKeyPress -= Other;")]
        [InlineData("switch (e.SpecialKey) { case ConsoleSpecialKey.ControlC: e.Cancel = true; break; }")]
        [InlineData("e.Cancel = true; e.Cancel = _presses < 2;")]
        [InlineData("Console.ResetColor();")]
        public Task Way_out(string body) => Verify.StaysSilent(Usings + """
            class Shell
            {
                [DllImport("libc")] static extern void _exit(int code);
                readonly CancellationTokenSource _cts = new();
                int _presses;
                void Install() => Console.CancelKeyPress += (sender, e) => { BODY };
                void Other(object? sender, ConsoleCancelEventArgs e) => _presses++;
                extern void Break();
                void Leave() { if (_presses++ > 1) Environment.Exit(130); _cts.Cancel(); }
            }
            """.Replace("BODY", body));

        [Fact]
        public Task Guard_armed_where_the_handler_is_registered() => Verify.StaysSilent(Usings + """
            class Shell(CancellationTokenSource stop)
            {
                void Install()
                {
                    stop.Token.Register(() => ShutdownWatchdog.Arm());
                    ShutdownWatchdog.Arm(TimeSpan.FromMinutes(5));
                    Console.CancelKeyPress += (_, e) => { e.Cancel = true; stop.Cancel(); };
                }
            }
            """);

        [Fact]
        public Task Shield_of_a_child() => Verify.StaysSilent(Usings + """
            class Shim
            {
                int Run(string[] arguments)
                {
                    Console.CancelKeyPress += (_, e) => e.Cancel = true;
                    using var child = Process.Start("dotnet", arguments);
                    child.WaitForExit();
                    return child.ExitCode;
                }
            }
            """);

        [Fact]
        public Task Child_that_is_killed() => Verify.StaysSilent(Usings + """
            class Runner(Process child)
            {
                void Install() => Console.CancelKeyPress += (_, e) => { e.Cancel = true; child.Kill(); };
            }
            """);

        [Fact]
        public Task Termination_that_no_key_asks_for() => Verify.StaysSilent(Usings + """
            class Daemon(ManualResetEventSlim stop)
            {
                IDisposable Install() => PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => { context.Cancel = true; stop.Set(); });
                IDisposable Reload() => PosixSignalRegistration.Create(PosixSignal.SIGHUP, context => { context.Cancel = true; stop.Set(); });
            }
            """);

        [Fact]
        public Task Registration_that_is_disposed_of() => Verify.StaysSilent(Usings + """
            class Shell(ManualResetEventSlim stop)
            {
                PosixSignalRegistration? _registration;
                void Install() => _registration = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => { context.Cancel = true; stop.Set(); _registration?.Dispose(); });
            }
            """);

        [Fact]
        public Task Other_events_with_a_cancel() => Verify.StaysSilent(Usings + """
            class Window(CancellationTokenSource stop)
            {
                public event System.ComponentModel.CancelEventHandler? Closing;
                void Install() => Closing += (_, e) => { e.Cancel = true; stop.Cancel(); };
                void Raise() => Closing?.Invoke(this, new());
            }
            """);
    }

    public sealed class Fix
    {
        [Fact]
        public Task Arms_the_watchdog() => Verify.Fixes("""
            using System;
            using System.Threading;

            class Shell(CancellationTokenSource stop)
            {
                void Install()
                {
                    // Ctrl+C
                    [|Console.CancelKeyPress|] += (_, e) =>
                    {
                        e.Cancel = true; // go on
                        stop.Cancel();
                    };
                    Console.CancelKeyPress += OnPress;
                    [|Console.CancelKeyPress|] += (_, e) => e.Cancel = true;
                }

                void [|OnPress|](object? sender, ConsoleCancelEventArgs e)
                {
                    stop.Cancel();
                    e.Cancel = true;
                }
            }
            """, """
            using System;
            using System.Threading;
            using LockAnalyzers.Runtime;

            class Shell(CancellationTokenSource stop)
            {
                void Install()
                {
                    // Ctrl+C
                    Console.CancelKeyPress += (_, e) =>
                    {
                        ShutdownWatchdog.Arm();
                        e.Cancel = true; // go on
                        stop.Cancel();
                    };
                    Console.CancelKeyPress += OnPress;
                    Console.CancelKeyPress += (_, e) => { ShutdownWatchdog.Arm(); e.Cancel = true; };
                }

                void OnPress(object? sender, ConsoleCancelEventArgs e)
                {
                    ShutdownWatchdog.Arm();
                    stop.Cancel();
                    e.Cancel = true;
                }
            }
            """, LOCK206TrappedCancelKeyCodeFix.ArmKey);

        [Fact]
        public Task Lets_the_second_press_through() => Verify.Fixes("""
            using System;
            using System.Threading;

            class Shell(CancellationTokenSource stop)
            {
                void Install()
                {
                    Console.WriteLine("ready");

                    // Ctrl+C
                    [|Console.CancelKeyPress|] += (_, e) =>
                    {
                        e.Cancel = true; // go on
                        stop.Cancel();
                    };
                    [|Console.CancelKeyPress|] += (_, e) => e.Cancel = true;
                }
            }
            """, """
            using System;
            using System.Threading;

            class Shell(CancellationTokenSource stop)
            {
                void Install()
                {
                    Console.WriteLine("ready");

                    // Ctrl+C
                    var presses = 0;
                    Console.CancelKeyPress += (_, e) =>
                    {
                        if (Interlocked.Increment(ref presses) > 1) return;
                        e.Cancel = true; // go on
                        stop.Cancel();
                    };
                    var presses2 = 0;
                    Console.CancelKeyPress += (_, e) => { if (Interlocked.Increment(ref presses2) > 1) return; e.Cancel = true; };
                }
            }
            """, LOCK206TrappedCancelKeyCodeFix.SecondPressKey);

        [Fact]
        public Task Without_the_runtime_a_top_level_program_lets_the_second_press_through() => Verify.FixesProgram("""
            using System;

            var isRunning = true;
            [|Console.CancelKeyPress|] += (_, e) => { e.Cancel = true; isRunning = false; };
            while (isRunning)
                Console.WriteLine();
            """, """
            using System;

            var isRunning = true;
            var presses = 0;
            Console.CancelKeyPress += (_, e) => { if (global::System.Threading.Interlocked.Increment(ref presses) > 1) return; e.Cancel = true; isRunning = false; };
            while (isRunning)
                Console.WriteLine();
            """, LOCK206TrappedCancelKeyCodeFix.SecondPressKey);
    }

    public sealed class Known
    {
        [Fact]
        public Task FN_Handler_in_another_type_that_counts_and_does_nothing_with_it() => Verify.StaysSilent(Usings + """
            class Shell
            {
                int _presses;
                void Install() => Console.CancelKeyPress += (_, e) => { e.Cancel = true; if (_presses++ > 0) Exit(); };
                void Exit() => Environment.Exit(1);
            }
            """);

        [Fact]
        public Task FP_Interactive_shell_that_stops_a_command_and_goes_on() => Verify.Reports(Usings + """
            class Repl
            {
                CancellationTokenSource _command = new();
                void Run()
                {
                    [|Console.CancelKeyPress|] += (_, e) => { e.Cancel = true; _command.Cancel(); };
                    while (Console.ReadLine() is { } line)
                        Console.WriteLine(line);
                }
            }
            """);
    }
}
