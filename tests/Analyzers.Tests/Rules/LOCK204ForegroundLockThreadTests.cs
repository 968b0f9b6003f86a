using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK204ForegroundLockThreadAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK204ForegroundLockThreadCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed class LOCK204ForegroundLockThreadTests
{
    private const string Usings = """
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.IO;
        using System.Linq;
        using System.Runtime.InteropServices;
        using System.Threading;
        using System.Threading.Tasks;

        """;

    /// <summary>A worker whose thread runs BODY.</summary>
    private const string Worker = Usings + """
        class Worker
        {
            [DllImport("libc")] static extern int flock(int fd, int operation);
            readonly SemaphoreSlim _gate = new(0);
            readonly ManualResetEvent _go = new(false);
            readonly object _state = new();
            readonly BlockingCollection<int> _queue = new();
            readonly Mutex _machine = new(false, @"Global\worker");
            readonly Process _child = null!;
            readonly CancellationTokenSource _stop = new();
            void Begin()
            {
                var thread = new MARKED(Run);
                thread.Start();
            }

            void Run()
            {
                BODY
            }

            void Step() { while (true) { Deeper(); } }
            void Deeper() => _gate.Wait();
            async Task LoopAsync() { while (true) await Task.Delay(1000); }
        }
        """;

    public sealed class Reports
    {
        [Theory]
        [InlineData("while (true) { _gate.Wait(); Console.WriteLine(); }")]
        [InlineData("_go.WaitOne();")]
        [InlineData("_machine.WaitOne();")]
        [InlineData("flock(3, 2);")]
        [InlineData("foreach (var item in _queue.GetConsumingEnumerable()) Console.WriteLine(item);")]
        [InlineData("while (true) Console.WriteLine(_queue.Take());")]
        [InlineData("lock (_state) Monitor.Wait(_state);")]
        [InlineData("_child.WaitForExit();")]
        [InlineData("Console.ReadLine();")]
        [InlineData("Thread.Sleep(Timeout.Infinite);")]
        [InlineData("Step();")]
        [InlineData("using var turn = new Mutex(false, @\"Global\\turn\"); turn.WaitOne(); Console.WriteLine(); turn.ReleaseMutex();")]
        [InlineData("var server = new System.Net.Sockets.TcpListener(System.Net.IPAddress.Loopback, 0); while (true) server.AcceptTcpClient().Dispose();")]
        [InlineData("new TaskCompletionSource().Task.ContinueWith(_ => { }); _gate.Wait(-1);")]
        [InlineData("while (true) { try { using var file = new FileStream(\"/run/app.lock\", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); return; } catch (IOException) { Thread.Sleep(100); } }")]
        public Task Body_that_waits(string body) => Verify.Reports(Worker.Replace("MARKED", "[|Thread|]").Replace("BODY", body));

        [Theory]
        [InlineData("new [|Thread|](() => gate.Wait()).Start();")]
        [InlineData("new [|Thread|](() => { gate.Wait(); }) { Name = \"waiter\" }.Start();")]
        [InlineData("new [|Thread|](delegate() { gate.Wait(); }, 64 * 1024).Start();")]
        [InlineData("Thread thread = [|new|](() => gate.Wait()); thread.Start();")]
        [InlineData("var thread = new [|Thread|](new ThreadStart(Body)); thread.Start();")]
        [InlineData("var thread = new [|Thread|](Body); thread.Name = \"x\"; thread.Priority = ThreadPriority.Lowest; thread.Start();")]
        [InlineData("var thread = new [|Thread|](Body); thread.IsBackground = false; thread.Start();")]
        [InlineData("_thread = new [|Thread|](Body); _thread.Start();")]
        [InlineData("this._thread = new [|Thread|](Body) { Name = \"x\" }; this._thread?.Start();")]
        [InlineData("(_thread = new [|Thread|](Body)).Start();")]
        [InlineData("_thread ??= new [|Thread|](Body); _thread.Start();")]
        [InlineData("Property = new [|Thread|](Body); Property.Start();")]
        [InlineData("for (var i = 0; i < 2; i++) { _threads[i] = new [|Thread|](Body); _threads[i].Start(); }")]
        [InlineData("foreach (var thread in new[] { 1, 2 }.Select(_ => 0)) { var worker = new [|Thread|](Body); worker.Start(); }")]
        [InlineData("_list.Add(new [|Thread|](Body)); _list.ForEach(thread => thread.Start());")]
        [InlineData("var local = new [|Thread|](Body); _list.Add(local); foreach (var thread in _list) thread.Start();")]
        [InlineData("var thread = new [|Thread|](argument => ((SemaphoreSlim)argument!).Wait()); thread.Start(gate);")]
        public Task Thread_kept_in(string statements) => Verify.Reports(Usings + """
            class Host(SemaphoreSlim gate)
            {
                Thread? _thread;
                readonly Thread[] _threads = new Thread[2];
                readonly List<Thread> _list = new();
                Thread? Property { get; set; }
                void Begin() { STATEMENTS }
                void Body() => gate.Wait();
                string? Name => _thread?.Name;
            }
            """.Replace("STATEMENTS", statements));

        [Fact]
        public Task Started_by_another_member() => Verify.Reports(Usings + """
            static class Standby
            {
                static readonly ManualResetEventSlim Turn = new();
                static readonly Thread Waiter = new [|Thread|](Wait);
                public static void Begin() => Waiter.Start();
                static void Wait() => Turn.Wait();
            }
            """);

        [Fact]
        public Task Top_level_program() => Verify.ReportsProgram(Usings + """
            var gate = new SemaphoreSlim(0);
            var thread = new [|Thread|](() => gate.Wait());
            thread.Start();
            Console.WriteLine("main is done");
            """);

        [Fact]
        public Task At_info_when_somebody_joins() => Verify.ReportsAtInfo(Usings + """
            class Host(SemaphoreSlim gate)
            {
                void Run()
                {
                    var thread = new {|#0:Thread|}(() => gate.Wait());
                    thread.Start();
                    thread.Join();
                }
            }
            """);
    }

    public sealed class Silent
    {
        [Fact]
        public Task An_idle_loop_that_a_stop_ends() => Verify.StaysSilent(Usings + """
            class Host : IDisposable
            {
                readonly AutoResetEvent _work = new(false);
                volatile bool _isDone;
                void Begin() => new Thread(Run).Start();
                void Run() { while (!_isDone) { _work.WaitOne(); } }
                public void Dispose() { _isDone = true; _work.Set(); }
            }
            """);

        [Theory]
        [InlineData("Console.WriteLine();")]
        [InlineData("_gate.Wait(1000);")]
        [InlineData("_gate.Wait(_stop.Token);")]
        [InlineData("while (!_go.WaitOne(100)) { if (_stop.IsCancellationRequested) return; }")]
        [InlineData("foreach (var item in _queue.GetConsumingEnumerable(_stop.Token)) Console.WriteLine(item);")]
        [InlineData("lock (_state) Console.WriteLine();")]
        [InlineData("Monitor.Enter(_state); try { Console.WriteLine(); } finally { Monitor.Exit(_state); }")]
        [InlineData("Thread.Sleep(1000);")]
        [InlineData("Task.Run(() => _gate.Wait());")]
        [InlineData("_ = LoopAsync();")]
        [InlineData("while (!_stop.IsCancellationRequested) { Console.WriteLine(); Thread.Sleep(10); }")]
        [InlineData("for (var i = 0; i < 5; i++) { try { using var file = new FileStream(\"/run/app.lock\", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None); return; } catch (IOException) { Thread.Sleep(100); } }")]
        public Task Body_that_ends(string body) => Verify.StaysSilent(Worker.Replace("MARKED", "Thread").Replace("BODY", body));

        [Theory]
        [InlineData("new Thread(Body) { IsBackground = true }.Start();")]
        [InlineData("new Thread(Body) { IsBackground = background }.Start();")]
        [InlineData("var thread = new Thread(Body); thread.IsBackground = true; thread.Start();")]
        [InlineData("var thread = new Thread(Body); thread.Start(); Console.WriteLine(); thread.IsBackground = true;")]
        [InlineData("var thread = new Thread(Body); thread.IsBackground = background; thread.Start();")]
        [InlineData("var thread = new Thread(Body); (thread.Name, thread.IsBackground) = (\"x\", true); thread.Start();")]
        [InlineData("_thread = new Thread(Body); _thread.IsBackground = true; _thread.Start();")]
        [InlineData("_thread = new Thread(Body); this._thread.Start(); Configure();")]
        [InlineData("_field = new Thread(Body); _field.Start();")]
        [InlineData("var thread = new Thread(Body); _field = thread; thread.Start();")]
        [InlineData("for (var i = 0; i < 2; i++) { _threads[i] = new Thread(Body); _threads[i].IsBackground = true; _threads[i].Start(); }")]
        [InlineData("for (var i = 0; i < 2; i++) _threads[i] = new Thread(Body); foreach (var thread in _threads) { thread.IsBackground = true; thread.Start(); }")]
        [InlineData("var thread = new Thread(Body); thread.Start(); if (!thread.Join(5000)) Environment.FailFast(\"late\");")]
        [InlineData("var thread = new Thread(Body); thread.Start(); thread.Join(TimeSpan.FromSeconds(5));")]
        [InlineData("var thread = new Thread(Body); Tune(thread); thread.Start();")]
        [InlineData("var thread = new Thread(Body); Console.WriteLine(thread.Name);")]
        [InlineData("var thread = new Thread(action); thread.Start();")]
        [InlineData("Make(Body).Start();")]
        public Task Thread_that(string statements) => Verify.StaysSilent(Usings + """
            class Host(SemaphoreSlim gate, bool background, ThreadStart action)
            {
                Thread? _thread, _field;
                readonly Thread[] _threads = new Thread[2];
                void Begin() { STATEMENTS }
                void Body() => gate.Wait();
                void Configure() => _thread!.IsBackground = true;
                bool Stop() => _field?.Join(1000) ?? true;
                static void Tune(Thread thread) => thread.IsBackground = true;
                static Thread Make(ThreadStart body) { var thread = new Thread(body); thread.IsBackground = true; return thread; }
                static Thread Make(Func<int> body) { var thread = new Thread(() => new SemaphoreSlim(0).Wait()); return thread; }
            }
            """.Replace("STATEMENTS", statements));
    }

    public sealed class Fix
    {
        [Fact]
        public Task In_the_initializer() => Verify.Fixes("""
            using System.Threading;

            class Host(SemaphoreSlim gate)
            {
                void Begin()
                {
                    new [|Thread|](Body).Start(); // for ever
                    new [|Thread|](Body) { Name = "one" }.Start();
                    Thread two = [|new|](Body);
                    two.Start();
                    var three = new [|Thread|](() =>
                    {
                        gate.Wait(); // until it comes
                    })
                    {
                        // said in logs
                        Name = "three",
                        Priority = ThreadPriority.Lowest,
                    };
                    three.Start();
                    var four = new [|Thread|](Body) { IsBackground = false };
                    four.Start();
                    var five = new [|Thread|](Body);
                    five.IsBackground = false; // stay
                    five.Start();
                }

                void Body() => gate.Wait();
            }
            """, """
            using System.Threading;

            class Host(SemaphoreSlim gate)
            {
                void Begin()
                {
                    new Thread(Body) { IsBackground = true }.Start(); // for ever
                    new Thread(Body) { IsBackground = true, Name = "one" }.Start();
                    Thread two = new(Body) { IsBackground = true };
                    two.Start();
                    var three = new Thread(() =>
                    {
                        gate.Wait(); // until it comes
                    })
                    {
                        IsBackground = true,
                        // said in logs
                        Name = "three",
                        Priority = ThreadPriority.Lowest,
                    };
                    three.Start();
                    var four = new Thread(Body) { IsBackground = true };
                    four.Start();
                    var five = new Thread(Body);
                    five.IsBackground = true; // stay
                    five.Start();
                }

                void Body() => gate.Wait();
            }
            """);
    }

    public sealed class Known
    {
        [Fact]
        public Task FN_Body_in_another_file_or_type_of_a_library() => Verify.StaysSilent(Usings + """
            class Host(HttpListenerLike listener)
            {
                void Begin() => new Thread(listener.Listen).Start();
            }

            abstract class HttpListenerLike { public abstract void Listen(); }
            """);

        [Fact]
        public Task FN_Loop_without_end_that_only_sleeps() => Verify.StaysSilent(Usings + """
            class Ticker
            {
                void Begin() => new Thread(() => { while (true) { Console.WriteLine(); Thread.Sleep(1000); } }).Start();
            }
            """);
    }
}
