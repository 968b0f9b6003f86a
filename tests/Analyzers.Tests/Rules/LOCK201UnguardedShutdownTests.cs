using LockAnalyzers.Analyzers.Tests.Verifiers;
using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK201UnguardedShutdownAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK201UnguardedShutdownCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed class LOCK201UnguardedShutdownTests
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.IO;
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
        /// <summary>By its name alone: the package is not needed. What runs before it may arm the guard.</summary>
        [Fact]
        public Task A_service_of_Topshelf() => Verify.Reports("""
            using System.Threading;
            using LockAnalyzers.Runtime;

            namespace Topshelf { public interface HostControl { } public interface ServiceControl { bool Start(HostControl control); bool Stop(HostControl control); } }

            class Pump(Thread worker) : Topshelf.ServiceControl
            {
                public bool Start(Topshelf.HostControl control) { worker.Start(); return true; }
                public bool [|Stop|](Topshelf.HostControl control) { worker.Join(); return true; }
            }

            class Guarded(Thread worker) : Topshelf.ServiceControl
            {
                public bool Start(Topshelf.HostControl control) { ShutdownWatchdog.ArmOn(Stopping, System.TimeSpan.FromSeconds(30)); worker.Start(); return true; }
                public bool Stop(Topshelf.HostControl control) { worker.Join(); return true; }
                static readonly CancellationToken Stopping = new CancellationTokenSource().Token;
            }
            """);

        /// <summary>LOCK207 has nothing to say of the same that is awaited: no token is taken there.</summary>
        [Fact]
        public Task Blocks_on_a_disposal() => Verify.Reports(Usings + """
            class Shell(IAsyncDisposable store)
            {
                void Install() => [|AppDomain.CurrentDomain.ProcessExit|] += (_, _) => store.DisposeAsync().AsTask().Wait();
            }
            """);

        [Fact]
        public Task Polling() => Verify.Reports(Usings + """
            class Shell
            {
                volatile bool _isDone;
                public void Done() => _isDone = true;
                void Install() => [|AppDomain.CurrentDomain.ProcessExit|] += (_, _) => { while (!_isDone) Thread.Sleep(50); };
            }
            """);

        [Theory]
        [InlineData("_queue.WaitToEmpty.Wait();")]
        [InlineData("_queue.Sender.Join();")]
        [InlineData("_queue.Sender.Join(Timeout.Infinite);")]
        [InlineData("_queue.SendAsync().GetAwaiter().GetResult();")]
        [InlineData("_queue.SendAsync().ConfigureAwait(false).GetAwaiter().GetResult();")]
        [InlineData("_ = _queue.CountAsync().Result;")]
        [InlineData("Task.WaitAll(_queue.SendAsync(), _queue.CountAsync());")]
        [InlineData("Task.WhenAll(_queue.SendAsync(), Task.Delay(10)).Wait();")]
        [InlineData("Task.WhenAny(_queue.SendAsync(), _queue.CountAsync()).Wait();")]
        [InlineData("_queue.Helper.WaitForExit();")]
        [InlineData("_queue.Gate.Wait(CancellationToken.None);")]
        [InlineData("_queue.Lock.EnterWriteLock();")]
        [InlineData("while (!_queue.Sender.Join(500)) Console.WriteLine(\"still sending\");")]
        [InlineData("if (!_queue.Helper.HasExited) _queue.Helper.WaitForExit();")]
        [InlineData("Task.Run(() => _queue.Sender.Join()).Wait();")]
        [InlineData("Thread.Sleep(Timeout.Infinite);")]
        [InlineData("if (Console.KeyAvailable) Environment.Exit(1); _queue.Sender.Join();")]
        [InlineData("if (_queue.Sender.IsAlive) { try { _queue.Sender.Join(); } catch (ThreadStateException) { } }")]
        [InlineData("_queue.Sender?.Join();")]
        public Task ProcessExit_handler_that_waits(string wait) => Verify.Reports(Usings + """
            class Queue
            {
                public Thread Sender = null!;
                public ManualResetEventSlim WaitToEmpty = new();
                public Process Helper = null!;
                public SemaphoreSlim Gate = new(1);
                public ReaderWriterLockSlim Lock = new();
                public async Task SendAsync() => await Gate.WaitAsync();
                public async Task<int> CountAsync() { await Gate.WaitAsync(); return 1; }
            }

            class Outbox
            {
                readonly Queue _queue = new();
                public Outbox() => [|AppDomain.CurrentDomain.ProcessExit|] += OnExit;
                void OnExit(object? sender, EventArgs e)
                {
                    Console.WriteLine("leaving");
                    WAIT
                }
            }
            """.Replace("WAIT", wait));

        [Theory]
        [InlineData("[|AppDomain.CurrentDomain.ProcessExit|] += (_, _) => _sender.Join();")]
        [InlineData("[|AppDomain.CurrentDomain.ProcessExit|] += delegate { _sender.Join(); };")]
        [InlineData("[|AssemblyLoadContext.Default.Unloading|] += _ => _sender.Join();")]
        [InlineData("[|Console.CancelKeyPress|] += (_, e) => { e.Cancel = true; _sender.Join(); };")]
        [InlineData("var signal = [|PosixSignalRegistration.Create|](PosixSignal.SIGTERM, _ => { _sender.Join(); Environment.Exit(0); });")]
        [InlineData("foreach (var s in new[] { PosixSignal.SIGINT }) [|PosixSignalRegistration.Create|](s, Handle);")]
        [InlineData("[|_lifetime.ApplicationStopping.Register|](() => _sender.Join());")]
        [InlineData("[|_lifetime.ApplicationStopped.Register|](static state => ((Thread)state!).Join(), _sender);")]
        [InlineData("var stopping = _lifetime.ApplicationStopping; [|stopping.Register|](Finish);")]
        [InlineData("EventHandler handler = (_, _) => Finish(); [|AppDomain.CurrentDomain.ProcessExit|] += handler;")]
        [InlineData("_handler = (_, _) => Finish(); [|AppDomain.CurrentDomain.ProcessExit|] += _handler;")]
        [InlineData("void Local() => Finish(); [|AppDomain.CurrentDomain.ProcessExit|] += (_, _) => Local();")]
        [InlineData("[|AppDomain.CurrentDomain.ProcessExit|] += (_, _) => _ = Finished;")]
        [InlineData("[|AppDomain.CurrentDomain.ProcessExit|] += (_, _) => Safely(() => _sender.Join());")]
        [InlineData("[|AppDomain.CurrentDomain.ProcessExit|] += (_, _) => Safely(Finish);")]
        [InlineData("[|AppDomain.CurrentDomain.ProcessExit|] += (_, _) => new List<Thread> { _sender }.ForEach(t => t.Join());")]
        [InlineData("[|AppDomain.CurrentDomain.ProcessExit|] += (_, _) => _inner.Close();")]
        public Task Each_way_in(string registration) => Verify.Reports(Usings + """
            class Outbox(Thread sender, IHostApplicationLifetime lifetime)
            {
                readonly Thread _sender = sender;
                readonly IHostApplicationLifetime _lifetime = lifetime;
                readonly Inner _inner = new();
                EventHandler? _handler;
                void Install()
                {
                    REGISTRATION
                }

                void Handle(PosixSignalContext context) => Finish();
                void Finish() { Finish(1); }
                void Finish(int depth) { if (depth > 0) Finish(depth - 1); _sender.Join(); }
                int Finished { get { _sender.Join(); return 1; } }
                static void Safely(Action action) { try { action(); } catch (IOException) { } }

                class Inner
                {
                    public Thread Own = null!;
                    public void Close() => Own.Join();
                }
            }
            """.Replace("REGISTRATION", registration));

        [Fact]
        public Task Top_level_program() => Verify.ReportsProgram(Usings + """
            var done = new ManualResetEventSlim();
            using var term = [|PosixSignalRegistration.Create|](PosixSignal.SIGTERM, context =>
            {
                context.Cancel = true;
                Drain();
            });
            Console.WriteLine("working");
            done.Set();

            void Drain() => done.Wait();
            """);

        [Theory]
        [InlineData("_cleanup();")]
        [InlineData("_cleanup?.Invoke();")]
        [InlineData("Console.WriteLine(1); Closing?.Invoke(this, EventArgs.Empty);")]
        [InlineData("foreach (var addin in _addins) addin.Close();")]
        [InlineData("_addins.ForEach(addin => addin.Close());")]
        [InlineData("_hooks.ForEach(hook => hook());")]
        [InlineData("foreach (var hook in _hooks) hook();")]
        [InlineData("Console.WriteLine(1); WriteRequested?.Invoke(this, EventArgs.Empty);")]
        public Task Foreign_code(string call) => Verify.Reports(Usings + """
            public interface IAddIn { void Close(); }

            public class Shell(Action cleanup)
            {
                readonly Action _cleanup = cleanup;
                readonly List<IAddIn> _addins = new();
                readonly List<Action> _hooks = new();
                public event EventHandler? Closing, WriteRequested;
                void Install() => [|AppDomain.CurrentDomain.ProcessExit|] += (_, _) => { CALL };
                void Raise() => Closing?.Invoke(this, EventArgs.Empty);
            }
            """.Replace("CALL", call));

        [Fact]
        public Task Signal_handler_that_does_more_than_forward() => Verify.Reports(Usings + """
            static class ExitHook
            {
                public static void Add(Action cleanup) => [|PosixSignalRegistration.Create|](PosixSignal.SIGTERM, _ => { cleanup(); Environment.Exit(143); });
            }
            """);

        [Fact]
        public Task Delegate_parameter_of_the_registering_method() => Verify.Reports(Usings + """
            static class ExitHook
            {
                public static void Add(Action cleanup) => [|AppDomain.CurrentDomain.ProcessExit|] += (_, _) => cleanup();
            }
            """);

        [Theory]
        [InlineData("token.ThrowIfCancellationRequested(); _thread.Join(); await Task.Yield();")]
        [InlineData("await base.StopAsync(token); _thread.Join();")]
        [InlineData("await base.StopAsync(token); _onStop();")]
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
        [InlineData("public Task [|StopAsync|](CancellationToken token) { _thread.Join(); return Task.CompletedTask; }")]
        [InlineData("public Task [|StopAsync|](CancellationToken token) { CloseAsync().Wait(); return Task.CompletedTask; } async Task CloseAsync() => await _bus.CloseAsync();")]
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
        public Task Windows_service() => Verify.Reports(Usings + """
            #pragma warning disable CA1416

            class Spooler : ServiceBase
            {
                Thread _worker = null!;
                protected override void [|OnStop|]() => End();
                protected override void [|OnShutdown|]() { End(); base.OnShutdown(); }
                void End() => _worker.Join();
            }
            """);

        [Fact]
        public Task Lock_that_is_held_across_a_wait() => Verify.Reports(Usings + """
            class Inbox(Process filter)
            {
                readonly object _sync = new();
                readonly List<string> _letters = new();

                void Install() => [|Console.CancelKeyPress|] += (_, e) => { e.Cancel = true; lock (_sync) Console.WriteLine(_letters.Count); };

                void Run()
                {
                    lock (_sync)
                    {
                        filter.WaitForExit();
                        _letters.Add("filtered");
                    }
                }
            }
            """);

        [Fact]
        public Task Desktop_programs() => Verify.Reports(Usings + """
            namespace System.Windows
            {
                public class ExitEventArgs : EventArgs { }

                public class Application
                {
                    public event EventHandler<ExitEventArgs>? Exit;
                    protected virtual void OnExit(ExitEventArgs e) => Exit?.Invoke(this, e);
                }
            }

            namespace System.Windows.Forms
            {
                public static class Application { public static event EventHandler? ApplicationExit { add { } remove { } } }
            }

            namespace Avalonia.Controls.ApplicationLifetimes
            {
                public interface IControlledApplicationLifetime { event EventHandler Exit; }
                public interface IClassicDesktopStyleApplicationLifetime : IControlledApplicationLifetime { event EventHandler ShutdownRequested; }
            }

            class App(Thread worker, Avalonia.Controls.ApplicationLifetimes.IClassicDesktopStyleApplicationLifetime desktop) : System.Windows.Application
            {
                protected override void [|OnExit|](System.Windows.ExitEventArgs e)
                {
                    base.OnExit(e);
                    worker.Join();
                }

                void Install()
                {
                    [|Exit|] += (_, _) => worker.Join();
                    [|System.Windows.Forms.Application.ApplicationExit|] += (_, _) => worker.Join();
                    [|desktop.Exit|] += (_, _) => worker.Join();
                    [|desktop.ShutdownRequested|] += (_, _) => worker.Join();
                    [|AppDomain.CurrentDomain.DomainUnload|] += (_, _) => worker.Join();
                }
            }
            """);

        [Fact]
        public Task Native_wait() => Verify.Reports(Usings + """
            static partial class Native
            {
                [DllImport("libc", SetLastError = true)] static extern int flock(int fd, int operation);
                static void Install(int fd) => [|AppDomain.CurrentDomain.ProcessExit|] += (_, _) => flock(fd, 2);
            }
            """);

        [Theory]
        [InlineData("_timer = new Timer(_ => Environment.FailFast(\"late\"), null, 5000, -1);")]
        [InlineData("_ = Task.Delay(5000).ContinueWith(_ => Process.GetCurrentProcess().Kill());")]
        [InlineData("new Thread(() => { Thread.Sleep(5000); Process.GetCurrentProcess().Kill(); }).Start();")]
        [InlineData("_ = new Thread(() => { Thread.Sleep(5000); Process.GetCurrentProcess().Kill(); }) { IsBackground = true };")]
        [InlineData("new Thread(() => { Thread.Sleep(5000); Environment.Exit(1); }) { IsBackground = true };")]
        [InlineData("new Thread(() => { Thread.Sleep(-1); Environment.FailFast(\"late\"); }) { IsBackground = true };")]
        [InlineData("new Thread(() => { Thread.Sleep(5000); Process.Start(\"x\").Kill(); }) { IsBackground = true };")]
        [InlineData("Process.Start(\"sync\");")]
        public Task What_is_no_guard(string attempt) => Verify.Reports(Usings + """
            class Outbox
            {
                Thread _sender = null!;
                Timer? _timer;
                void Install() => [|AppDomain.CurrentDomain.ProcessExit|] += (_, _) => { ATTEMPT _sender.Join(); };
            }
            """.Replace("ATTEMPT", attempt));

        [Theory]
        [InlineData("AppDomain.CurrentDomain.ProcessExit += (_, _) => ShutdownWatchdog.Arm();")]
        [InlineData("AssemblyLoadContext.Default.Unloading += _ => ShutdownWatchdog.Arm();")]
        [InlineData("lifetime.ApplicationStopped.Register(() => ShutdownWatchdog.Arm());")]
        public Task Guard_that_comes_too_late(string guard) => Verify.Reports(Usings + """
            class Service(Thread thread, IHostApplicationLifetime lifetime) : IHostedService
            {
                public Task StartAsync(CancellationToken token)
                {
                    GUARD
                    return Task.CompletedTask;
                }

                public Task [|StopAsync|](CancellationToken token)
                {
                    thread.Join();
                    return Task.CompletedTask;
                }
            }
            """.Replace("GUARD", guard));

        [Fact]
        public Task Guard_of_another_handler() => Verify.ReportsProgram(Usings + """
            var worker = new Thread(() => { });
            AppDomain.CurrentDomain.ProcessExit += (_, _) => { ShutdownWatchdog.Arm(); worker.Join(); };
            using var term = [|PosixSignalRegistration.Create|](PosixSignal.SIGTERM, context => { context.Cancel = true; worker.Join(); });
            """);

        /// <summary>When Main returns, no signal has armed anything.</summary>
        [Theory]
        [InlineData("Console.CancelKeyPress += (_, e) => { ShutdownWatchdog.Arm(); e.Cancel = true; };")]
        [InlineData("PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => { ShutdownWatchdog.Arm(); context.Cancel = true; });")]
        public Task Guard_of_a_signal_only(string guard) => Verify.ReportsProgram(Usings + """
            var worker = new Thread(() => { });
            GUARD
            [|AppDomain.CurrentDomain.ProcessExit|] += (_, _) => worker.Join();
            """.Replace("GUARD", guard));

        [Fact]
        public Task Guard_after_the_wait() => Verify.Reports(Usings + """
            class Outbox
            {
                Thread _sender = null!;
                void Install() => [|AppDomain.CurrentDomain.ProcessExit|] += (_, _) => { _sender.Join(); ShutdownWatchdog.Arm(); };
            }
            """);

        [Fact]
        public Task Wait_in_another_type() => Verify.Reports(Usings + """
            static class Table
            {
                public static void Close(Thread thread) => thread.Join();
            }

            class Shell(Thread thread)
            {
                void Install() => [|AppDomain.CurrentDomain.ProcessExit|] += (_, _) => Table.Close(thread);
            }
            """);

        [Fact]
        public Task Handler_in_another_type() => Verify.Reports(Usings + """
            static class Table
            {
                public static void Close(object? sender, EventArgs e) => Thread.CurrentThread.Join();
            }

            class Shell
            {
                void Install() => [|AppDomain.CurrentDomain.ProcessExit|] += Table.Close;
            }
            """);
    }

    public sealed class Silent
    {
        [Fact]
        public Task Second_press_that_is_let_through() => Verify.StaysSilent(Usings + """
            class Shell(CancellationTokenSource stop, Action leave)
            {
                readonly Action _leave = leave;
                void Install() => Console.CancelKeyPress += (_, e) =>
                {
                    if (stop.IsCancellationRequested) { e.Cancel = false; return; }
                    e.Cancel = true;
                    stop.Cancel();
                    _leave();
                };
            }
            """);

        [Fact]
        public Task Who_is_told_of_an_error_is_no_part_of_the_way() => Verify.StaysSilent(Usings + """
            class Service(CancellationTokenSource stop, Action<Exception>? onError) : ServiceBase
            {
                readonly Action<Exception>? _onError = onError;
                protected override void OnStop()
                {
                    try { stop.Cancel(); }
                    catch (Exception error) { _onError?.Invoke(error); throw; }
                }
            }
            """);

        [Theory]
        [InlineData("_queue.Sender.Join(500);")]
        [InlineData("if (!_queue.Sender.Join(TimeSpan.FromSeconds(2))) Console.WriteLine(\"gave up\");")]
        [InlineData("_queue.SendAsync().Wait(1000);")]
        [InlineData("_queue.SendAsync().WaitAsync(TimeSpan.FromSeconds(1)).GetAwaiter().GetResult();")]
        [InlineData("_queue.SendAsync(TimeSpan.FromSeconds(1)).GetAwaiter().GetResult();")]
        [InlineData("Task.WhenAny(_queue.SendAsync(), Task.Delay(2000)).Wait();")]
        [InlineData("Task.WaitAny(_queue.SendAsync(), Task.Delay(2000));")]
        [InlineData("Task.WaitAny([_queue.SendAsync(), Task.Delay(2000)]);")]
        [InlineData("using var cts = new CancellationTokenSource(1000); _queue.Gate.Wait(cts.Token);")]
        [InlineData("var sent = _queue.SendAsync(); if (sent.IsCompleted) sent.Wait();")]
        [InlineData("var sent = _queue.SendAsync(); if (!sent.Wait(1000)) return; sent.GetAwaiter().GetResult();")]
        [InlineData("if (_queue.Helper.WaitForExit(1000)) _queue.Helper.WaitForExit();")]
        [InlineData("var sent = _queue.SendAsync(); if (Task.WhenAny(sent, Task.Delay(100)).GetAwaiter().GetResult() == sent) sent.Wait();")]
        [InlineData("var sent = _queue.SendAsync(); if (Task.WaitAny(new[] { sent }, 500) == 0) sent.GetAwaiter().GetResult();")]
        [InlineData("if (_queue.Helper.HasExited) { _queue.Helper.WaitForExit(); }")]
        [InlineData("_queue.Stop.Set();")]
        [InlineData("_queue.Cts.Cancel();")]
        [InlineData("_ = _queue.SendAsync();")]
        [InlineData("lock (_queue) Console.WriteLine(\"bye\");")]
        [InlineData("File.Delete(\"app.pid\");")]
        [InlineData("Task.Run(() => _queue.Sender.Join());")]
        [InlineData("new Thread(() => _queue.Sender.Join()) { IsBackground = true }.Start();")]
        [InlineData("ThreadPool.QueueUserWorkItem(_ => _queue.Sender.Join());")]
        [InlineData("_queue.SendAsync().ContinueWith(t => t.GetAwaiter().GetResult());")]
        [InlineData("Task.CompletedTask.Wait();")]
        [InlineData("_queue.Log.LogInformation(\"leaving\"); _queue.Log.BeginScope(\"x\")?.Dispose();")]
        [InlineData("Console.WriteLine(1); WarningRaised?.Invoke(this, e);")]
        [InlineData("for (var i = 0; i < 10 && !_queue.Sender.Join(100); i++) Console.WriteLine(i);")]
        [InlineData("while (!_queue.Sender.Join(500)) { if (Environment.TickCount64 > 5) break; }")]
        public Task ProcessExit_handler_that_ends(string body) => Verify.StaysSilent(Usings + """
            class Queue
            {
                public Thread Sender = null!;
                public Process Helper = null!;
                public ILogger Log = null!;
                public SemaphoreSlim Gate = new(1);
                public ManualResetEventSlim Stop = new();
                public CancellationTokenSource Cts = new();
                public async Task SendAsync() => await Gate.WaitAsync();
                public async Task SendAsync(TimeSpan timeout) => await Gate.WaitAsync(timeout);
            }

            class Outbox
            {
                readonly Queue _queue = new();
                public event EventHandler? WarningRaised;
                public Outbox() => AppDomain.CurrentDomain.ProcessExit += OnExit;
                void OnExit(object? sender, EventArgs e)
                {
                    BODY
                }
            }
            """.Replace("BODY", body));

        [Theory]
        [InlineData("ShutdownWatchdog.Arm();")]
        [InlineData("using var watchdog = ShutdownWatchdog.Arm(TimeSpan.FromSeconds(5));")]
        [InlineData("Guard();")]
        [InlineData("alarm(10);")]
        [InlineData("new Thread(() => { Thread.Sleep(5000); Process.GetCurrentProcess().Kill(); }) { IsBackground = true }.Start();")]
        [InlineData("var killer = new Thread(Kill); killer.IsBackground = true; killer.Start();")]
        [InlineData("_killer = new Thread(() => { if (!_done.Wait(5000)) Environment.FailFast(\"late\"); }) { IsBackground = true, Name = \"killer\" }; _killer.Start();")]
        [InlineData("new Thread(() => { Thread.Sleep(5000); using var self = Process.GetProcessById(Environment.ProcessId); self.Kill(); }) { IsBackground = true }.Start();")]
        [InlineData("new Thread(() => { Thread.Sleep(5000); _exit(137); }) { IsBackground = true }.Start();")]
        [InlineData("Process.Start(\"sh\", $\"-c 'sleep 10; kill -9 {Environment.ProcessId}'\");")]
        [InlineData("var info = new ProcessStartInfo(\"reaper\"); info.ArgumentList.Add(Process.GetCurrentProcess().Id.ToString()); Process.Start(info);")]
        public Task Guards(string guard) => Verify.StaysSilent(Usings + """
            class Outbox
            {
                [DllImport("libc")] static extern uint alarm(uint seconds);
                [DllImport("libc")] static extern void _exit(int code);
                readonly ManualResetEventSlim _done = new();
                Thread _sender = null!;
                Thread? _killer;
                void Install() => AppDomain.CurrentDomain.ProcessExit += (_, _) =>
                {
                    GUARD
                    _sender.Join();
                };

                void Guard() => ShutdownWatchdog.Arm(TimeSpan.FromSeconds(2));
                static void Kill() { Thread.Sleep(TimeSpan.FromSeconds(5)); Die(); }
                static void Die() => Environment.FailFast("late");
            }
            """.Replace("GUARD", guard));

        [Theory]
        [InlineData("LastResort.After(5000);")]
        [InlineData("using var resort = new LastResort(5000);")]
        [InlineData("LastResort.Spawn();")]
        [InlineData("LastResort.Bell();")]
        public Task Guard_made_by_another_type(string guard) => Verify.StaysSilent(Usings + """
            sealed class LastResort : IDisposable
            {
                [DllImport("libc")] static extern uint alarm(uint seconds);
                readonly int _ms;
                public LastResort(int ms) { _ms = ms; new Thread(Run) { IsBackground = true }.Start(); }
                void Run() { Thread.Sleep(_ms); Environment.FailFast("late"); }
                public void Dispose() { }
                public static void After(int ms) => new Thread(() => { Thread.Sleep(ms); Process.GetCurrentProcess().Kill(); }) { IsBackground = true }.Start();
                public static void Spawn() => Process.Start("reaper", Environment.ProcessId.ToString());
                public static void Bell() => alarm(5);
            }

            class Outbox(Thread sender)
            {
                void Install() => AppDomain.CurrentDomain.ProcessExit += (_, _) => { GUARD sender.Join(); };
            }
            """.Replace("GUARD", guard));

        [Fact]
        public Task Second_press_ends_the_process() => Verify.StaysSilent(Usings + """
            class Shell(Thread worker)
            {
                int _presses;
                void Install()
                {
                    Console.CancelKeyPress += (_, e) =>
                    {
                        if (Interlocked.Increment(ref _presses) > 1)
                            Environment.Exit(130);
                        e.Cancel = true;
                        worker.Join();
                    };
                }
            }
            """);

        [Fact]
        public Task Guard_where_the_handler_is_registered() => Verify.StaysSilent(Usings + """
            class Outbox(Thread sender, ManualResetEventSlim leaving)
            {
                public void Install()
                {
                    AppDomain.CurrentDomain.ProcessExit += (_, _) => { leaving.Set(); sender.Join(); };
                    var killer = new Thread(() =>
                    {
                        leaving.Wait();
                        Thread.Sleep(5000);
                        Environment.FailFast("shutdown took longer than 5 s");
                    });
                    killer.IsBackground = true;
                    killer.Start();
                }
            }
            """);

        [Fact]
        public Task Guard_armed_before_the_service_stops() => Verify.StaysSilent(Usings + """
            class Service(IHostApplicationLifetime lifetime, Task loop) : IHostedService
            {
                public Task StartAsync(CancellationToken token)
                {
                    lifetime.ApplicationStopping.Register(() => ShutdownWatchdog.Arm(TimeSpan.FromSeconds(40)));
                    return Task.CompletedTask;
                }

                public async Task StopAsync(CancellationToken token) => await loop;
            }
            """);

        [Theory]
        [InlineData("ShutdownWatchdog.ArmOn(lifetime.ApplicationStopping, TimeSpan.FromSeconds(40));")]
        [InlineData("ShutdownSignals.Listen(TimeSpan.FromSeconds(40));")]
        [InlineData("PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => { context.Cancel = true; ShutdownWatchdog.Arm(); });")]
        [InlineData("Console.CancelKeyPress += (_, e) => { e.Cancel = true; ShutdownWatchdog.Arm(); };")]
        public Task Guard_that_arms_itself_before_the_service_stops(string guard) => Verify.StaysSilent(Usings + """
            class Service(Thread thread, IHostApplicationLifetime lifetime) : IHostedService
            {
                public Task StartAsync(CancellationToken token)
                {
                    GUARD
                    return Task.CompletedTask;
                }

                public Task StopAsync(CancellationToken token)
                {
                    thread.Join();
                    return Task.CompletedTask;
                }
            }
            """.Replace("GUARD", guard));

        [Fact]
        public Task Guard_armed_by_an_earlier_handler_of_the_same_event() => Verify.StaysSilent(Usings + """
            class Outbox
            {
                readonly Thread _sender = new(() => { });

                Outbox()
                {
                    AppDomain.CurrentDomain.ProcessExit += (_, _) => ShutdownWatchdog.Arm();
                    AppDomain.CurrentDomain.ProcessExit += (_, _) => _sender.Join();
                }
            }
            """);

        [Theory]
        [InlineData("ShutdownWatchdog.ArmOn(new CancellationToken(true), TimeSpan.FromSeconds(40));")]
        [InlineData("using var signals = ShutdownSignals.Listen();")]
        [InlineData("services.AddShutdownWatchdog();")]
        public async Task Guard_where_the_program_begins(string guard)
        {
            string[] files =
            [
                Usings + """
                class Service(Thread thread) : IHostedService
                {
                    public Task StartAsync(CancellationToken token) => Task.CompletedTask;
                    public Task StopAsync(CancellationToken token) { thread.Join(); return Task.CompletedTask; }
                    public static void Install(Thread thread) => AppDomain.CurrentDomain.ProcessExit += (_, _) => thread.Join();
                }
                """,
                Usings + """
                static class Program
                {
                    static void Main() => Configure(new());
                    static void Configure(Services services) { GUARD }
                }
                """.Replace("GUARD", guard),
                "class Services { public Services AddShutdownWatchdog() => this; }",
            ];
            Assert.Empty(await AllRules.ReportsOfProgramAsync("LOCK201", files));
            Assert.Equal(2, (await AllRules.ReportsOfProgramAsync("LOCK201", files[0], files[1].Replace(guard, ""), files[2])).Length);
        }

        [Fact]
        public async Task Guard_made_by_hand_where_the_program_begins()
        {
            string[] files =
            [
                Usings + "class Outbox { public static void Install(Thread sender) => AppDomain.CurrentDomain.ProcessExit += (_, _) => sender.Join(); }",
                Usings + """
                static class Program
                {
                    [DllImport("libc")] static extern uint alarm(uint seconds);
                    static void Main() { Console.CancelKeyPress += (_, _) => alarm(10); }
                }
                """,
            ];
            Assert.Empty(await AllRules.ReportsOfProgramAsync("LOCK201", files));
        }

        [Fact]
        public Task What_also_runs_while_nothing_ends() => Verify.StaysSilent(Usings + """
            class Handle() : SafeHandle(0, true)
            {
                readonly Thread _thread = new(() => { });
                public override bool IsInvalid => false;
                protected override bool ReleaseHandle() { _thread.Join(); return true; }
                ~Handle() => _thread.Join();
            }
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
        [InlineData("await CloseAsync();")]
        [InlineData("await (await Task.WhenAny(_loop, Task.Delay(5000)));")]
        [InlineData("await FlushAsync(new CancellationTokenSource(1000).Token);")]
        [InlineData("Console.WriteLine(\"stopped\");")]
        [InlineData("_ = _loop.ContinueWith(t => Console.WriteLine(t.Status)); await Task.Yield();")]
        [InlineData("ShutdownWatchdog.Arm(TimeSpan.FromSeconds(35)); await _loop;")]
        [InlineData("await _flush(token);")]
        [InlineData("_flushNow(token); await base.StopAsync(token);")]
        [InlineData("State = 2;")]
        public Task StopAsync(string body) => Verify.StaysSilent(Usings + """
            #pragma warning disable CS1998
            class Worker(Task loop, Func<CancellationToken, Task> flush, Action<CancellationToken> flushNow) : BackgroundService
            {
                readonly Task _loop = loop;
                readonly Func<CancellationToken, Task> _flush = flush;
                readonly Action<CancellationToken> _flushNow = flushNow;
                readonly CancellationTokenSource _cts = new();
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

        [Fact]
        public Task Not_a_root() => Verify.StaysSilent(Usings + """
            class Report(Task loop, Thread thread)
            {
                public async Task StopAsync(CancellationToken token) => await loop;
                public void OnStop() => thread.Join();
                public void Install(System.ComponentModel.INotifyPropertyChanged model) => model.PropertyChanged += (_, _) => thread.Join();
                public void Forget() => AppDomain.CurrentDomain.ProcessExit -= Leave;
                void Leave(object? sender, EventArgs e) => thread.Join();
                public void Reload() => PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => thread.Join());
                public void Any(CancellationToken token) => token.Register(() => thread.Join());
            }

            abstract class Service : BackgroundService
            {
                public abstract Task StopAsync(int code);
            }

            class Overload(Task loop) : Service
            {
                protected override Task ExecuteAsync(CancellationToken token) => loop;
                public override async Task StopAsync(int code) => await loop;
            }
            """);

        [Theory]
        [InlineData("lock (_sync) Console.WriteLine(1);", "lock (_sync) Monitor.Wait(_sync);")]
        [InlineData("lock (_sync) Console.WriteLine(1);", "lock (_other) _work.Wait();")]
        [InlineData("lock (_sync) Console.WriteLine(1);", "_work.Wait(); lock (_sync) Console.WriteLine(2);")]
        [InlineData("lock (_sync) Console.WriteLine(1);", "lock (_sync) _work.Wait(1000);")]
        [InlineData("_work.Set(); lock (_sync) Console.WriteLine(1);", "lock (_sync) _work.Wait();")]
        public Task Lock_that_is_held_for_a_moment(string leave, string run) => Verify.StaysSilent(Usings + """
            class Inbox
            {
                readonly object _sync = new();
                readonly object _other = new();
                readonly ManualResetEventSlim _work = new();
                void Install() => AppDomain.CurrentDomain.ProcessExit += (_, _) => { LEAVE };
                void Run() { RUN }
            }
            """.Replace("LEAVE", leave).Replace("RUN", run));

        [Fact]
        public Task Accessor_that_forwards() => Verify.StaysSilent(Usings + """
            class Environs
            {
                public event EventHandler Leaving
                {
                    add => AppDomain.CurrentDomain.ProcessExit += value;
                    remove => AppDomain.CurrentDomain.ProcessExit -= value;
                }
            }
            """);

        [Fact]
        public Task Handler_that_forwards() => Verify.StaysSilent(Usings + """
            class Environs(Action<string> stop)
            {
                public event EventHandler? Leaving;
                public event ConsoleCancelEventHandler? Pressed;

                void Install()
                {
                    AppDomain.CurrentDomain.ProcessExit += (_, _) => Leaving?.Invoke(this, EventArgs.Empty);
                    AssemblyLoadContext.Default.Unloading += _ => { if (Leaving != null) Leaving(this, null!); };
                    Console.CancelKeyPress += (_, e) => { e.Cancel = true; Pressed?.Invoke(this, e); };
                    PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => { context.Cancel = true; stop("SIGTERM"); });
                }
            }
            """);

        [Fact]
        public Task Handler_that_nobody_awaits() => Verify.StaysSilent(Usings + """
            class Outbox(Task loop)
            {
                void Install() => AppDomain.CurrentDomain.ProcessExit += async (_, _) => { await loop; loop.Wait(); };
            }
            """);

        [Fact]
        public Task Exit_at_the_end() => Verify.StaysSilentProgram(Usings + """
            Console.CancelKeyPress += (_, e) => { e.Cancel = true; Environment.Exit(130); };
            new HostBuilder().Build().Run();
            Environment.Exit(0);
            """);

        [Fact]
        public Task Contract_with_an_implementation_here() => Verify.StaysSilent(Usings + """
            interface ISink { void Close(); }
            class Sink : ISink { public void Close() { } }
            class Shell(ISink sink)
            {
                void Install() => AppDomain.CurrentDomain.ProcessExit += (_, _) => sink.Close();
            }
            """);
    }

    public sealed class Known
    {
        /// <summary>The signals are guarded, a return from Main is not.</summary>
        [Fact]
        public Task FN_Return_from_a_program_that_listens_for_signals() => Verify.StaysSilentProgram(Usings + """
            using var signals = ShutdownSignals.Listen();
            var worker = new Thread(() => { });
            AppDomain.CurrentDomain.ProcessExit += (_, _) => worker.Join();
            """);

        [Fact]
        public Task FN_Guard_on_one_branch_only() => Verify.StaysSilent(Usings + """
            class Shell(Thread thread, bool isGuarded)
            {
                void Install() => AppDomain.CurrentDomain.ProcessExit += (_, _) => { if (isGuarded) ShutdownWatchdog.Arm(); thread.Join(); };
            }
            """);
    }
}
