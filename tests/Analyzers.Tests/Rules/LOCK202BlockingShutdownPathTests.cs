using LockAnalyzers.Analyzers.Tests.Verifiers;
using LockAnalyzers.CodeFixes.Rules;
using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK202BlockingShutdownPathAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK202BlockingShutdownPathCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed class LOCK202BlockingShutdownPathTests
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading;
        using System.Threading.Tasks;
        using LockAnalyzers.Runtime;
        using Microsoft.Extensions.Hosting;

        """;

    private static string Spooler(string stop) => Usings + $$"""
        sealed class Spooler(Thread writer, SemaphoreSlim turn, IEnumerable<SemaphoreSlim> all) : IDisposable
        {
            {{stop}}

            void Take() => [|turn.Wait()|];
            async Task TakeAsync() => await turn.WaitAsync();
        }
        """;

    public sealed class Reports
    {
        [Theory]
        [InlineData("public void Dispose() => [|writer.Join()|];")]
        [InlineData("void Stop() => [|writer.Join()|]; public void Dispose() { }")]
        [InlineData("void Stop(Action ended) => [|writer.Join()|]; public void Dispose() { }")]
        [InlineData("void CloseAll(List<Thread> others) => [|writer.Join()|]; public void Dispose() { }")]
        [InlineData("void StopWriting(string reason) => [|writer.Join()|]; public void Dispose() { }")]
        [InlineData("bool ShutdownNow() { [|writer.Join()|]; return true; } public void Dispose() { }")]
        [InlineData("async Task CloseAsync() => await [|turn.WaitAsync()|]; public void Dispose() { }")]
        [InlineData("public void Dispose() { using var closed = new ManualResetEvent(false); Closed += (_, _) => closed.Set(); [|closed.WaitOne()|]; } event EventHandler? Closed;")]
        public Task A_wait_in_what_stops(string member) =>
            Verify.Reports(Spooler(member).Replace("void Take() => [|turn.Wait()|];", "").Replace("async Task TakeAsync() => await turn.WaitAsync();", ""));

        [Theory]
        [InlineData("~Page() => [|_writer.Join()|];")]
        [InlineData("~Page() { try { Flush(); } finally { _writer = null!; } } void Flush() => [|_writer.Join()|];")]
        [InlineData("protected override bool ReleaseHandle() { [|_writer.Join()|]; return true; }")]
        public Task A_wait_that_the_finalizer_thread_runs(string member) => Verify.Reports(Usings + $$"""
            class Page() : System.Runtime.InteropServices.SafeHandle(0, true)
            {
                Thread _writer = new(() => { });
                public override bool IsInvalid => _writer is null;
                {{(member.Contains("ReleaseHandle") ? "" : "protected override bool ReleaseHandle() => true;")}}
                {{member}}
            }
            """);

        [Theory]
        [InlineData("while ([|_busy|]) Thread.Sleep(50);")]
        [InlineData("while ([|_letters > 0|]) { Console.WriteLine(\"still busy\"); Thread.Sleep(TimeSpan.FromMilliseconds(50)); }")]
        [InlineData("do Thread.Sleep(50); while ([|!_writer.IsCompleted|]);")]
        [InlineData("while ([|Volatile.Read(ref _letters) != 0|]) { Thread.Sleep(1); }")]
        [InlineData("Flush().Wait(); async Task Flush() { while ([|_busy|]) await Task.Delay(50).ConfigureAwait(false); }")]
        public Task A_loop_that_pauses_and_asks(string body) => Verify.Reports(Usings + $$"""
            sealed class Inbox(Task writer) : IDisposable
            {
                readonly Task _writer = writer;
                volatile bool _busy = true;
                int _letters = 1;
                public void Done() { _busy = false; _letters = 0; }
                public void Dispose() { {{body}} }
            }
            """);

        [Fact]
        public Task A_lock_that_is_held_across_a_wait() => Verify.Reports(Usings + """
            class Inbox(System.Diagnostics.Process filter)
            {
                readonly object _sync = new();
                int _letters;

                void Install() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Save();

                void Save()
                {
                    [|lock (_sync) Console.WriteLine(_letters);|]
                }

                void Run()
                {
                    lock (_sync) { filter.WaitForExit(); _letters++; }
                }
            }
            """);

        [Theory]
        [InlineData("public void Dispose() => Take();")]
        [InlineData("public void Dispose() => this.Flush(); void Flush() { if (writer.IsAlive) Take(); }")]
        [InlineData("public void Dispose() { Last(); void Last() => Take(); }")]
        [InlineData("public void Dispose() { Action last = () => Take(); last(); }")]
        [InlineData("public void Dispose() { Run(() => Take()); static void Run(Action body) => body(); }")]
        [InlineData("public void Dispose() { Run(Take); } static void Run(Action body) => body();")]
        [InlineData("public void Dispose() => _ = Count; int Count { get { Take(); return 1; } }")]
        [InlineData("public void Dispose() => Count = 1; int Count { set => Take(); }")]
        [InlineData("public void Dispose() => _ = new Page(this); sealed class Page { public Page(Spooler spooler) => spooler.Take(); }")]
        [InlineData("public void Dispose() { using var page = new Page(this); } sealed class Page(Spooler spooler) { public void Free() { } public void Dispose() => spooler.Take(); }")]
        [InlineData("public void Dispose() { foreach (var page in Pages()) Console.Write(page); } IEnumerable<int> Pages() { Take(); yield return 1; }")]
        [InlineData("public void Dispose() => Pages().ToList(); IEnumerable<int> Pages() { Take(); yield return 1; }")]
        [InlineData("public void Dispose() => Again(3); void Again(int times) { if (times > 0) Again(times - 1); else Take(); }")]
        [InlineData("public void Dispose() => One<int>(); void One<T>() => Two<List<T>>(); void Two<T>() => Take();")]
        [InlineData("public void Dispose() => new List<int> { 1 }.ForEach(_ => Take());")]
        public Task Each_kind_of_call(string stop) => Verify.Reports(
            stop.Contains("sealed class Page(Spooler spooler)") ? Spooler(stop).Replace("sealed class Page(Spooler spooler)", "sealed class Page(Spooler spooler) : IDisposable") : Spooler(stop));

        [Theory]
        [InlineData("public void Dispose() => TakeAsync().Wait();")]
        [InlineData("public void Dispose() => TakeAsync().GetAwaiter().GetResult();")]
        [InlineData("public void Dispose() => Task.WhenAll(TakeAsync(), Task.CompletedTask).Wait();")]
        public Task A_task_that_the_stop_waits_for(string stop) => Verify.Reports(
            Spooler(stop).Replace("await turn.WaitAsync()", "await [|turn.WaitAsync()|]").Replace("void Take() => [|turn.Wait()|];", ""));

        [Fact]
        public Task Every_implementation_of_an_interface() => Verify.Reports(Usings + """
            interface ISink { void Flush(); }
            sealed class Disk(SemaphoreSlim turn) : ISink { public void Flush() => [|turn.Wait()|]; }
            sealed class Net(Thread sender) : ISink { void ISink.Flush() => [|sender.Join()|]; }
            sealed class Null : ISink { public void Flush() { } }
            sealed class Log(ISink sink) : IDisposable { public void Dispose() => sink.Flush(); }
            """);

        [Fact]
        public Task What_overrides_a_virtual_member() => Verify.Reports(Usings + """
            abstract class Sink : IDisposable
            {
                public void Dispose() => Flush();
                protected virtual void Flush() { }
            }
            sealed class Disk(SemaphoreSlim turn) : Sink { protected override void Flush() => [|turn.Wait()|]; }
            """);

        [Fact]
        public Task A_static_constructor_on_the_way() => Verify.Reports(Usings + """
            static class Table
            {
                static readonly Thread Loader = new(() => { });
                static Table() => [|Loader.Join()|];
                public static void Clear() { }
            }
            sealed class Log : IDisposable { public void Dispose() => Table.Clear(); }
            """);

        [Fact]
        public Task What_ends_the_process() => Verify.Reports(Usings + """
            sealed class Outbox(SemaphoreSlim turn)
            {
                void Install() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Table.Remove(turn);
            }
            static class Table { public static void Remove(SemaphoreSlim turn) => [|turn.Wait()|]; }
            """);

        [Fact]
        public Task A_method_of_another_project_that_says_it_waits() => Verify.Reports(Usings + """
            static class Library { [BlocksUnbounded] public static extern void Drain(); }
            sealed class Log : IDisposable { public void Dispose() => Close(); void Close() => [|Library.Drain()|]; }
            """);

        [Theory]
        [InlineData("public void Dispose() => [|Turn.Take(turn, -1)|];")]
        [InlineData("public void Dispose() => Close(); void Close() => [|turn.Take(Timeout.Infinite)|];")]
        [InlineData("public async Task StopAsync() => await [|turn.TakeAsync(Timeout.InfiniteTimeSpan)|]; public void Dispose() { }")]
        [InlineData("void Install() => AppDomain.CurrentDomain.ProcessExit += (_, _) => [|Turn.Lock(1, 2)|]; public void Dispose() { }")]
        public Task A_call_that_gives_a_wrapper_no_end(string stop) => Verify.Reports(Spooler(stop).Replace("void Take() => [|turn.Wait()|];", "").Replace("async Task TakeAsync() => await turn.WaitAsync();", "") + """

            static class Turn
            {
                public static bool Take(this SemaphoreSlim turn, int timeout) => turn.Wait(timeout);
                public static Task<bool> TakeAsync(this SemaphoreSlim turn, TimeSpan timeout) => turn.WaitAsync(timeout);
                public static bool Lock(int file, int how) => flock(file, how) == 0;
                [System.Runtime.InteropServices.DllImport("libc")] static extern int flock(int fd, int operation);
            }
            """);

        [Theory]
        [InlineData("void OnStopRequested(string why) => [|writer.Join()|];")]
        [InlineData("async Task OnCloseAsync() => await [|turn.WaitAsync()|];")]
        public Task Who_is_told_to_stop(string member) => Verify.Reports(Spooler(member + " public void Dispose() { }").Replace("void Take() => [|turn.Wait()|];", "").Replace("async Task TakeAsync() => await turn.WaitAsync();", ""));

        [Fact]
        public Task A_lock_that_somebody_else_holds_over_slow_work() => Verify.Reports(Usings + """
            sealed class Outbox(System.IO.Stream sink) : IDisposable
            {
                readonly SemaphoreSlim _turn = new(1, 1);
                byte[] _letter = [];

                public void Dispose() => Leave();
                void Leave() { [|_turn.Wait()|]; try { sink.Dispose(); } finally { _turn.Release(); } }
                void Send() { _turn.Wait(); try { sink.Write(_letter); } finally { _turn.Release(); } }
                void Clear() { _turn.Wait(); _letter = []; _turn.Release(); }
            }
            """);

        [Fact]
        public Task A_lock_that_is_handed_on() => Verify.Reports(Usings + """
            sealed class Outbox(IDisposable sink, Action<SemaphoreSlim> share) : IDisposable
            {
                readonly SemaphoreSlim _turn = new(1, 1);
                int _letters;

                public void Dispose() { [|_turn.Wait()|]; sink.Dispose(); _turn.Release(); }
                void Clear() { _turn.Wait(); _letters = 0; _turn.Release(); }
                void Share() => share(_turn);
            }
            """);

        [Fact]
        public Task One_report_for_a_wait_that_several_roots_reach() => Verify.Reports(Usings + """
            sealed class Outbox(SemaphoreSlim turn) : IDisposable
            {
                void Install() { AppDomain.CurrentDomain.ProcessExit += (_, _) => Leave(); Console.CancelKeyPress += (_, _) => Leave(); }
                public void Dispose() => Leave();
                void Leave() => [|turn.Wait()|];
            }
            """);
    }

    public sealed class Level
    {
        [Theory]
        [InlineData("Task _worker = Task.Delay(-1); public void Dispose() => _worker.Wait();", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        [InlineData("public void Dispose() => Later().Wait(); extern static Task Later();", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("public void Dispose() { var last = Task.Factory.StartNew(() => _last).GetAwaiter().GetResult(); last.Wait(); } Task _last = Task.Delay(-1);", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("public void Dispose() { } void Install() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Later().Wait(); extern static Task Later();", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        public async Task A_task_begun_to_be_blocked_on_is_often_meant_so(string member, Microsoft.CodeAnalysis.DiagnosticSeverity level) =>
            Assert.Equal(level, Assert.Single(await AllRules.ReportsAsync("LOCK202", Spooler(member).Replace("void Take() => [|turn.Wait()|];", ""))).Severity);

        [Theory]
        [InlineData("_stop.Cancel(); _worker.Join();", "while (!_stop.IsCancellationRequested) Tick();", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_stop.Cancel(); _worker.Join();", "while (!_stop.Token.WaitHandle.WaitOne(33)) Tick();", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_stop.Cancel(); _worker?.Join();", "var token = _stop.Token; while (true) { Tick(); token.ThrowIfCancellationRequested(); }", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_stop.Cancel(); _done.WaitOne();", "try { while (!_stop.Token.IsCancellationRequested) Tick(); } finally { _done.Set(); }", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_stop.Cancel(); _task.Wait();", "while (!_stop.IsCancellationRequested) Tick();", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_worker.Join(); _stop.Cancel();", "while (!_stop.IsCancellationRequested) Tick();", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        [InlineData("_other.Cancel(); _worker.Join();", "while (!_stop.IsCancellationRequested) Tick();", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        [InlineData("_stop.Cancel(); _worker.Join();", "_stop.Token.Register(Tick); while (!_ended) Tick();", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        [InlineData("_ended = true; _worker.Join();", "while (!_ended) Tick();", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("Volatile.Write(ref _ended, true); _worker.Join();", "for (; ; ) { if (_ended) return; Tick(); }", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_ended = true; foreach (var one in _list) one.Join();", "while (!_ended) Tick();", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_state = State.Ending; _worker.Join();", "while (_state != State.Ending) Tick();", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_ended = true; _worker.Join();", "while (!_ended) _input.ReadByte();", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        [InlineData("_ended = true; _worker.Join();", "while (!_ended) Elsewhere.poll(IntPtr.Zero, 1, -1);", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        [InlineData("_ended = true; _worker.Join();", "while (!_ended) _wake.WaitOne();", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        [InlineData("_ended = true; _worker.Join();", "while (true) Tick();", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        [InlineData("_ring.Stop(); _worker.Join();", "while (!_ring.IsStopped) Tick();", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_ring.Stop(); _worker.Join();", "while (!_ring.IsStopped) _input.ReadByte();", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        [InlineData("_input.Close(); _worker.Join();", "while (_input.ReadByte() > 0) Tick();", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_other.Dispose(); _ring.Stop(); _worker.Join();", "while (true) Tick();", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        [InlineData("_lines.CompleteAdding(); _worker.Join();", "foreach (var line in _lines.GetConsumingEnumerable()) Console.WriteLine(line);", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_lines.CompleteAdding(); _worker.Join();", "foreach (var line in _lines.GetConsumingEnumerable()) _pipe.Write(new byte[1]);", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        [InlineData("_ended = true; _worker.Join();", "while (!_ended) _socket.Receive(new byte[1]);", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        [InlineData("var worker = _worker; _stop.Cancel(); worker.Join();", "while (!_stop.IsCancellationRequested) Tick();", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_stop.Cancel(); foreach (var one in _workers) one.Join();", "while (!_stop.IsCancellationRequested) Tick();", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_stop.Cancel(); for (var i = 0; i < 1; i++) _workers[i].Join();", "while (!_stop.IsCancellationRequested) Tick();", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_stop.CancelAfter(500); Done.Wait();", "while (!_stop.IsCancellationRequested) Tick();", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_stop.CancelAfter(500); _task.Wait();", "Elsewhere.Run(_stop.Token);", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_stop.Cancel(); _task.Wait();", "Elsewhere.Run(_stop.Token);", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        [InlineData("Tell(); _worker.Join();", "Turn();", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_stop.Cancel(); End(); void End() => _worker.Join();", "while (!_stop.IsCancellationRequested) Tick();", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_queue.CompleteAdding(); _worker.Join();", "foreach (var item in _queue.GetConsumingEnumerable()) Tick();", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        [InlineData("_queue.CompleteAdding(); _stop.Cancel(); _worker.Join();", "foreach (var item in _queue.GetConsumingEnumerable(_stop.Token)) Tick();", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_stop.Cancel(); _worker.Join();", "while (_queue.TryTake(out var item, -1, _stop.Token)) Tick();", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_leave.Set(); _worker.Join();", "while (!_leave.WaitOne(33)) Tick();", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_leave.Set(); _worker.Join();", "Turn(_leave); void Turn(ManualResetEvent leave) { while (WaitHandle.WaitAny([leave, _wake]) == 1) Tick(); }", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_ended = true; _wake.Set(); _worker.Join();", "while (!_ended) { if (_wake.WaitOne(33)) Tick(); }", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        [InlineData("_wake.Set(); _worker.Join();", "while (true) { _wake.WaitOne(); Tick(); }", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        public async Task A_worker_that_was_told_to_end_where_it_asks_mostly_does(string stop, string work, Microsoft.CodeAnalysis.DiagnosticSeverity level) =>
            Assert.Equal(level, Assert.Single(await AllRules.ReportsAsync("LOCK202", Usings + $$"""
                sealed class Pump(Action tick) : IDisposable
                {
                    readonly CancellationTokenSource _stop = new(), _other = new();
                    readonly ManualResetEvent _done = new(false), _leave = new(false), _wake = new(false);
                    readonly System.Collections.Concurrent.BlockingCollection<int> _queue = new();
                    readonly System.Collections.Concurrent.BlockingCollection<LogLine> _lines = new();
                    readonly System.IO.Stream _input = Console.OpenStandardInput();
                    readonly Ring _ring = new();
                    readonly System.IO.Pipes.NamedPipeClientStream _pipe = new("log");
                    readonly System.Net.Sockets.Socket _socket = new(System.Net.Sockets.SocketType.Stream, System.Net.Sockets.ProtocolType.Tcp);
                    readonly Thread[] _workers = new Thread[1];
                    Thread _worker = null!;
                    Task _task = null!;
                    Task Done { get; set; } = null!;
                    volatile bool _ended;
                    volatile State _state;
                    readonly List<Thread> _list = new();

                    enum State { Running, Ending }

                    public Pump() : this(() => { }) => _list.Add(new Thread(Work));

                    public void Start()
                    {
                        var worker = new Thread(Work) { IsBackground = true };
                        _workers[0] = worker;
                        _worker = new Thread(Work) { IsBackground = true };
                        _task = Task.Run(() => Work());
                        Done = Task.Run(() => Work());
                        _worker.Start();
                    }

                    public void Dispose() { {{stop}} }
                    void Tell() => _stop.Cancel();
                    void Turn() { while (!_stop.IsCancellationRequested) Tick(); }
                    void Work() { {{work}} }
                    void Tick() => tick();
                }

                sealed record LogLine(string Text);
                sealed class Ring { public volatile bool IsStopped; public void Stop() => IsStopped = true; }

                static class Elsewhere
                {
                    public extern static void Run(CancellationToken token);
                    [System.Runtime.InteropServices.DllImport("libc")] public static extern int poll(IntPtr files, uint count, int timeout);
                }
                """)).Severity);

        [Theory]
        [InlineData("await Task.Delay(500, token);", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("await Task.Delay(500, CancellationToken.None);", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        public async Task A_token_that_the_worker_was_given(string pause, Microsoft.CodeAnalysis.DiagnosticSeverity level) =>
            Assert.Equal(level, Assert.Single(await AllRules.ReportsAsync("LOCK202", Usings + $$"""
                sealed class Pump(Action tick) : IDisposable
                {
                    readonly CancellationTokenSource _stop = new();
                    readonly ManualResetEvent _done = new(false);

                    public void Start() => _ = Task.Run(() => WorkAsync(_stop.Token));
                    public void Dispose() { _stop.Cancel(); _done.WaitOne(); }
                    async Task WorkAsync(CancellationToken token)
                    {
                        try { while (true) { {{pause}} tick(); } }
                        finally { _done.Set(); }
                    }
                }
                """)).Severity);

        [Theory]
        [InlineData("using var ended = new ManualResetEvent(false); if (ticks.Dispose(ended)) ended.WaitOne();", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("using var ended = new ManualResetEvent(false); tell(ended); ended.WaitOne();", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        [InlineData("if (Interlocked.Exchange(ref _closed, 1) == 1) { _over.Wait(); return; } try { ticks.Dispose(); } finally { _over.Set(); }", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("if (Interlocked.Exchange(ref _closed, 1) == 1) { _over.Wait(); return; } ticks.Dispose(); _over.Set();", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        [InlineData("Close(false).Wait(); async Task Close(bool later) { if (later) await _sent; else _sent.Wait(); }", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_last.Wait(); void Hand(Action work) => _last = _last.ContinueWith(_ => work());", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_holds = false; Add(); void Add() { while (_holds && Full) Pause(); } void Pause() => Monitor.Wait(this);", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_holds = true; Add(); void Add() { while (_holds && Full) Pause(); } void Pause() => Monitor.Wait(this);", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        [InlineData("var gone = new Task[2]; for (var i = 0; i < 2; i++) gone[i] = Gone(); Task.WaitAll(gone);", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("var gone = new Task[2]; for (var i = 0; i < 2; i++) gone[i] = _sent; Task.WaitAll(gone);", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        public async Task What_is_on_its_way_out_mostly_ends(string stop, Microsoft.CodeAnalysis.DiagnosticSeverity level) =>
            Assert.Equal(level, Assert.Single(await AllRules.ReportsAsync("LOCK202", Usings + $$"""
                sealed class Lamp(Timer ticks, Action<WaitHandle> tell) : IDisposable
                {
                    readonly ManualResetEventSlim _over = new();
                    Task _sent = Task.Delay(-1), _last = Task.CompletedTask;
                    bool _holds;
                    int _closed;
                    static bool Full => Environment.TickCount > 5;
                    public void Dispose() { {{stop}} }
                    extern static Task Gone();
                }
                """)).Severity);

        [Theory]
        [InlineData("class", "public async ValueTask DisposeAsync() { await gate.WaitAsync(); gate.Dispose(); }", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("class", "public ValueTask DisposeAsync() { gate.Wait(); gate.Dispose(); return default; }", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        [InlineData("class", "public ValueTask DisposeAsync() { gate.Wait(CancellationToken.None); gate.Dispose(); return default; }", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("class", "public ValueTask DisposeAsync() { End().GetAwaiter().GetResult(); return default; } async Task End() => await gate.WaitAsync();", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        [InlineData("class", "public ValueTask DisposeAsync() => default; public async Task StopAsync(CancellationToken stopping) { await gate.WaitAsync(); System.IO.File.Delete(\"a\"); gate.Release(); }", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        [InlineData("struct", "public ValueTask DisposeAsync() { gate.Wait(); return default; }", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        public async Task A_turn_that_nobody_blocks_for_comes_when_the_others_have_had_theirs(string kind, string stop, Microsoft.CodeAnalysis.DiagnosticSeverity level) =>
            Assert.Equal(level, Assert.Single(await AllRules.ReportsAsync("LOCK202", Usings + $$"""
                {{kind}} Store(SemaphoreSlim gate) : IAsyncDisposable { {{stop}} }
                """)).Severity);

        [Theory]
        [InlineData("Monitor.Enter(_sync); try { Console.WriteLine(1); } finally { Monitor.Exit(_sync); }", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_turns.EnterWriteLock(); try { Console.WriteLine(1); } finally { _turns.ExitWriteLock(); }", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("_turn.Wait(); try { Console.WriteLine(1); } finally { _turn.Release(); }", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        public async Task A_lock_of_a_thread_on_the_way_to_the_end_of_the_process_is_like_that_of_a_statement(string save, Microsoft.CodeAnalysis.DiagnosticSeverity level) =>
            Assert.Equal(level, Assert.Single(await AllRules.ReportsAsync("LOCK202", Usings + $$"""
                sealed class Inbox
                {
                    readonly object _sync = new();
                    readonly ReaderWriterLockSlim _turns = new();
                    readonly SemaphoreSlim _turn = new(1, 1);
                    void Install() => AppDomain.CurrentDomain.ProcessExit += (_, _) => Save();
                    void Save() { {{save}} }
                    void Read(System.IO.Stream letters) { lock (_sync) letters.ReadByte(); _turn.Wait(); letters.ReadByte(); _turn.Release(); _turns.EnterReadLock(); letters.ReadByte(); _turns.ExitReadLock(); }
                }
                """)).Severity);

        [Fact]
        public async Task Code_that_cannot_be_bound_says_nothing() =>
            Assert.DoesNotContain(
                await AllRules.RunAsync(AllRules.Compile(Usings + """
                    interface IInner { Task CloseAsync(TimeSpan timeout); }
                    interface IInner { Task CloseAsync(TimeSpan timeout); }
                    sealed class Outer(IInner inner) { void OnClose(TimeSpan timeout) => inner.CloseAsync(timeout).GetAwaiter().GetResult(); }
                    """)),
                report => report.Id == "LOCK202");

        [Fact]
        public async Task A_child_that_was_killed_is_only_reaped() =>
            Assert.Equal(Microsoft.CodeAnalysis.DiagnosticSeverity.Info, Assert.Single(await AllRules.ReportsAsync("LOCK202", Usings + """
                sealed class Filter(System.Diagnostics.Process child) : IDisposable { public void Dispose() { child.Kill(); child.WaitForExit(); } }
                """)).Severity);
    }

    public sealed class Silent
    {
        [Theory]
        [InlineData("Monitor.Enter(_sync); System.IO.File.Delete(\"a\"); Monitor.Exit(_sync);")]
        [InlineData("_doors.EnterWriteLock(); System.IO.File.Delete(\"a\"); _doors.ExitWriteLock();")]
        [InlineData("if (_sent.Status == TaskStatus.RanToCompletion) _sent.Wait();")]
        [InlineData("if (_sent.Status != TaskStatus.RanToCompletion) return; _sent.GetAwaiter().GetResult();")]
        public Task A_lock_like_that_of_a_statement_and_what_is_over(string stop) => Verify.StaysSilent(Usings + $$"""
            sealed class Hall : IDisposable
            {
                readonly object _sync = new();
                readonly ReaderWriterLockSlim _doors = new();
                Task _sent = Task.Delay(-1);
                public void Dispose() { {{stop}} }
            }
            """);

        [Fact]
        public Task What_a_finalizer_does_not_run() => Verify.StaysSilent(Usings + """
            class Page
            {
                Thread _writer = new(() => { });
                public void Finalize(int times) { if (times > 0) _writer.Join(); }
                ~Page() { ThreadPool.QueueUserWorkItem(_ => _writer.Join()); _writer.Join(500); }
            }
            """);

        [Theory]
        [InlineData("var tries = 0; while (_busy && tries++ < 10) Thread.Sleep(50);")]
        [InlineData("while (_busy) { if (Environment.TickCount64 > 5000) return; Thread.Sleep(50); }")]
        [InlineData("while (_busy) { Thread.Sleep(50); _busy = false; }")]
        [InlineData("while (Environment.TickCount64 < _until) Thread.Sleep(50);")]
        [InlineData("while (DateTime.UtcNow < _end) Thread.Sleep(50);")]
        [InlineData("Later().Wait(5000); async Task Later() { while (_busy) await Task.Delay(50, _stop.Token); }")]
        [InlineData("ThreadPool.QueueUserWorkItem(_ => { while (_busy) Thread.Sleep(50); });")]
        public Task A_loop_that_somebody_ends(string body) => Verify.StaysSilent(Usings + $$"""
            sealed class Inbox : IDisposable
            {
                readonly CancellationTokenSource _stop = new();
                readonly DateTime _end = DateTime.UtcNow.AddSeconds(5);
                long _until = 5000;
                bool _busy = true;
                public void Done() { _busy = false; _until = 0; }
                public void Dispose() { {{body}} }
            }
            """);

        [Theory]
        [InlineData("public void Dispose() { using var closed = new ManualResetEvent(false); Task.Run(() => closed.Set()); closed.WaitOne(); }")]
        [InlineData("public void Dispose() => writer.Join(500);")]
        [InlineData("public void Dispose() { Monitor.Exit(all); try { Console.Write(1); } finally { Monitor.Enter(all); } }")]
        [InlineData("public void Dispose() => turn.Dispose();")]
        [InlineData("public void Dispose() => Task.Run(() => turn.Wait());")]
        [InlineData("public void Dispose() => _ = TakeAsync();")]
        [InlineData("public void Dispose() { Action later = () => turn.Wait(); GC.KeepAlive(later); }")]
        [InlineData("public void Dispose() => Pages(); IEnumerable<int> Pages() { turn.Wait(); yield return 1; }")]
        [InlineData("public void Dispose() { ShutdownWatchdog.Arm(); turn.Wait(); }")]
        [InlineData("public void Dispose() { Guard(); turn.Wait(); } static void Guard() => ShutdownWatchdog.Arm();")]
        [InlineData("public void Dispose() { } void Print() => turn.Wait();")]
        [InlineData("public void Dispose() { } string CloseTag(string tag) { turn.Wait(); return tag; }")]
        [InlineData("public void Dispose() { } void Stopwatch() => turn.Wait();")]
        [InlineData("public void Dispose() => Take(500); bool Take(int timeout) => turn.Wait(timeout);")]
        public Task Nothing_that_stops_waits_for_ever(string member) => Verify.StaysSilent(Spooler(member).Replace("void Take() => [|turn.Wait()|];", ""));

        [Theory]
        [InlineData("void OnStopped() => writer.Join();")]
        [InlineData("void OnStopwatchTick() => writer.Join();")]
        [InlineData("void Onstage() => writer.Join();")]
        [InlineData("void OnReady() => writer.Join();")]
        [InlineData("void StopExecuting(Action work) => writer.Join();")]
        [InlineData("void CloseSession(Spooler session) => writer.Join();")]
        public Task Who_hears_of_something_else(string member) => Verify.StaysSilent(Spooler(member + " public void Dispose() { }").Replace("void Take() => [|turn.Wait()|];", ""));

        /// <summary>Whatever is done under it at the end: nobody else holds it for longer than a moment.</summary>
        [Fact]
        public Task A_lock_that_everybody_else_holds_for_a_moment() => Verify.StaysSilent(Usings + """
            sealed class Shelf(Stack<IDisposable> books) : IDisposable
            {
                readonly ReaderWriterLockSlim _turn = new();
                SpinLock _spin = new();

                public void Dispose()
                {
                    _turn.EnterWriteLock();
                    foreach (var book in books) book.Dispose();
                    _turn.ExitWriteLock();
                    Leave();
                }

                void Leave() { var taken = false; _spin.Enter(ref taken); foreach (var book in books) book.Dispose(); _spin.Exit(); }
                bool IsEmpty() { _turn.EnterReadLock(); try { return books.Count == 0; } finally { _turn.ExitReadLock(); } }
                void Put(IDisposable book) { var taken = false; this._spin.Enter(ref taken); books.Push(book); _spin.Exit(); }
            }
            """);

        [Fact]
        public Task A_guard_armed_where_the_program_begins() => Verify.StaysSilentProgram(Usings + """
            ShutdownWatchdog.Arm();
            var turn = new SemaphoreSlim(1);
            AppDomain.CurrentDomain.ProcessExit += (_, _) => turn.Wait();
            """);

        [Fact]
        public Task Contracts_of_the_framework_are_anybodys() => Verify.StaysSilent(Usings + """
            sealed class Disk(SemaphoreSlim turn) : IComparable<Disk> { public int CompareTo(Disk? other) { turn.Wait(); return 0; } }
            sealed class Log(IComparable<Disk> any) : IDisposable { public void Dispose() => any.CompareTo(null); }
            """);
    }

    public sealed class Fix
    {
        /// <summary>An exception in a finalizer ends the process.</summary>
        [Theory]
        [InlineData(LOCK202BlockingShutdownPathCodeFix.RuntimeKey, "BoundedWait.TryFor(_writer.Join)", "BoundedWait.TryFor(_turn.WaitOne)")]
        [InlineData(LOCK202BlockingShutdownPathCodeFix.TimeoutKey, "_writer.Join(TimeSpan.FromSeconds(10))", "_turn.WaitOne(TimeSpan.FromSeconds(10))")]
        public Task Nothing_throws_in_a_finalizer(string key, string join, string wait) => Verify.Fixes(Usings + """
            class Page() : System.Runtime.InteropServices.SafeHandle(0, true)
            {
                readonly Thread _writer = new(() => { });
                readonly EventWaitHandle _turn = new(false, EventResetMode.AutoReset);
                public override bool IsInvalid => false;

                protected override bool ReleaseHandle()
                {
                    // The last page.
                    [|_turn.WaitOne()|];
                    return true;
                }

                ~Page()
                {
                    [|_writer.Join()|];
                }
            }
            """, Usings + $$"""
            class Page() : System.Runtime.InteropServices.SafeHandle(0, true)
            {
                readonly Thread _writer = new(() => { });
                readonly EventWaitHandle _turn = new(false, EventResetMode.AutoReset);
                public override bool IsInvalid => false;

                protected override bool ReleaseHandle()
                {
                    // The last page.
                    if (!{{wait}})
                        return false;
                    return true;
                }

                ~Page()
                {
                    if (!{{join}})
                        return;
                }
            }
            """, key);

        [Fact]
        public Task The_wait_is_bounded_where_it_stands() => Verify.Fixes(
            Usings + """
            sealed class Spooler(Thread writer, SemaphoreSlim turn) : IDisposable
            {
                public void Dispose()
                {
                    Flush();
                    [|writer.Join()|];
                }

                void Flush()
                {
                    // Nobody else may print now.
                    [|turn.Wait()|];
                    turn.Release();
                }
            }
            """,
            Usings + """
            sealed class Spooler(Thread writer, SemaphoreSlim turn) : IDisposable
            {
                public void Dispose()
                {
                    Flush();
                    BoundedWait.For(writer.Join);
                }

                void Flush()
                {
                    // Nobody else may print now.
                    BoundedWait.For(turn.Wait);
                    turn.Release();
                }
            }
            """,
            LockAnalyzers.CodeFixes.Rules.LOCK202BlockingShutdownPathCodeFix.RuntimeKey);

        [Fact]
        public Task By_the_framework_with_the_answer_tested() => Verify.Fixes(
            Usings + """
            sealed class Spooler(Thread writer) : IDisposable
            {
                public void Dispose()
                {
                    [|writer.Join()|];
                }
            }
            """,
            Usings + """
            sealed class Spooler(Thread writer) : IDisposable
            {
                public void Dispose()
                {
                    if (!writer.Join(TimeSpan.FromSeconds(10)))
                        throw new TimeoutException();
                }
            }
            """,
            LockAnalyzers.CodeFixes.Rules.LOCK202BlockingShutdownPathCodeFix.TimeoutKey);
    }

    public sealed class Chains
    {
        [Fact]
        public async Task The_message_names_each_step_and_the_locations_show_it()
        {
            var reports = await AllRules.ReportsAsync("LOCK202", Usings + """
                sealed class Spooler(SemaphoreSlim turn) : IDisposable
                {
                    public void Dispose() => Flush();
                    void Flush() => Disk.Write(turn);
                }
                static class Disk { public static void Write(SemaphoreSlim turn) => turn.Wait(); }
                """);
            var report = Assert.Single(reports);
            Assert.Equal(
                "'SemaphoreSlim.Wait' waits with nothing to end it, and whatever it belongs to stops only after it: Spooler.Dispose → Flush → Disk.Write → SemaphoreSlim.Wait. Give the wait a deadline.",
                report.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(["Dispose", "Flush()", "Disk.Write(turn)"], report.AdditionalLocations.Select(AllRules.Text));
        }

        [Theory]
        [InlineData("void M() => Take();", "M → Take")]
        [InlineData("void M() { Last(); void Last() => Take(); }", "M → Last → Take")]
        [InlineData("void M() { Action last = () => Take(); last(); }", "M → a lambda → Take")]
        [InlineData("void M() { Action last = Take; last(); }", "M → Take")]
        [InlineData("void M() => last(); readonly Action last; Log() => last = Take;", "M → Take")]
        [InlineData("void M() => Run(() => Take()); static void Run(Action body) => body();", "M → a lambda → Take")]
        [InlineData("void M() => Run(Take); static void Run(Action body) => Twice(body); static void Twice(Action body) => body();", "M → Take")]
        [InlineData("void M() => new List<int> { 1 }.ForEach(_ => Take());", "M → a lambda → Take")]
        [InlineData("void M() => _ = Count; int Count { get { Take(); return 1; } }", "M → Count → Take")]
        [InlineData("void M() => Count = 1; int Count { set => Take(); }", "M → Count → Take")]
        [InlineData("void M() => _ = this[1]; int this[int at] { get { Take(); return at; } }", "M → this[] → Take")]
        [InlineData("void M() => _ = new Page(); class Page { public Page() => Take(); }", "M → new Page → Log.Take")]
        [InlineData("void M() => _ = new Page(); class Sheet { protected Sheet() => Take(); } class Page : Sheet { }", "M → new Sheet → Log.Take")]
        [InlineData("void M() => _ = new Page(); class Sheet { protected Sheet(int size) => Take(); } class Page : Sheet { public Page() : base(1) { } }", "M → new Page → new Sheet → Log.Take")]
        [InlineData("void M() => _ = new Page(); class Page { readonly int size = Measure(); static int Measure() { Take(); return 1; } }", "M → new Page → Measure → Log.Take")]
        [InlineData("void M() => Page.Turn(); class Page { static Page() => Take(); public static void Turn() { } }", "M → static Page → Log.Take")]
        [InlineData("void M() { using var page = new Page(); } class Page : Scope { public override void Dispose() => Take(); }", "Page.Dispose → Log.Take")]
        [InlineData("void M() { using (new Page()) { } } class Page : Scope { public override void Dispose() => Take(); }", "Page.Dispose → Log.Take")]
        [InlineData("async Task M() { await using var page = new Page(); } class Page : IAsyncDisposable { public async ValueTask DisposeAsync() => Take(); }", "Page.DisposeAsync → Log.Take")]
        [InlineData("void M() { foreach (var page in Pages()) { } } IEnumerable<int> Pages() { Take(); yield return 1; }", "M → Pages → Take")]
        [InlineData("async Task M() { await foreach (var page in Pages()) { } } async IAsyncEnumerable<int> Pages() { Take(); yield return 1; }", "M → Pages → Take")]
        [InlineData("void M() { foreach (var page in new Book()) { } } class Book { public Book GetEnumerator() => this; public int Current => 1; public bool MoveNext() { Take(); return false; } }", "M → Book.MoveNext → Log.Take")]
        [InlineData("void M() { foreach (var page in new Book()) { } } class Book : Scope { public Book GetEnumerator() => this; public int Current => 1; public bool MoveNext() => false; public override void Dispose() => Take(); }", "Book.Dispose → Log.Take")]
        [InlineData("void M() => _ = new Page() + new Page(); class Page { public static Page operator +(Page left, Page right) { Take(); return left; } }", "M → Page.op_Addition → Log.Take")]
        [InlineData("void M() { int size = new Page(); } class Page { public static implicit operator int(Page page) { Take(); return 1; } }", "M → Page.op_Implicit → Log.Take")]
        [InlineData("void M() => One<int>(); void One<T>() => Two<List<T>>(); void Two<T>() => Take();", "M → One → Two → Take")]
        [InlineData("void M() => Again(3); void Again(int times) { if (times > 0) Again(times - 1); else Take(); }", "M → Again → Take")]
        [InlineData("void M() => Ping(3); void Ping(int times) => Pong(times - 1); void Pong(int times) { if (times > 0) Ping(times); else Take(); }", "M → Ping → Pong → Take")]
        [InlineData("async Task M() => await LaterAsync(); async Task LaterAsync() { await Task.Yield(); Take(); }", "M → LaterAsync → Take")]
        [InlineData("void M() => Task.Run(() => Take()).Wait();", "M → a lambda → Take")]
        [InlineData("void M() => Task.Factory.StartNew(Take).Wait();", "M → Take")]
        [InlineData("async Task M() => await Task.Run(Take);", "M → Take")]
        [InlineData("Task M() => Task.Run(async () => { await Task.Yield(); Take(); });", "M → a lambda → Take")]
        [InlineData("async Task M() => await LaterAsync(); async ValueTask<int> LaterAsync() { await Task.Yield(); Take(); return 1; }", "M → LaterAsync → Take")]
        [InlineData("void M() => this.Later()?.Again(); Log Later() => this; void Again() => Take();", "M → Again → Take")]
        [InlineData("void M() => _ = Length; int Length => Size(); int Size() { Take(); return 1; }", "M → Length → Size → Take")]
        [InlineData("void M() => new Page().Turn(); class Sheet { public virtual void Turn() => Take(); } class Page : Sheet { public override void Turn() => base.Turn(); }", "M → Page.Turn → Sheet.Turn → Log.Take")]
        [InlineData("void M() => Run(new Page()); void Run<T>(T page) where T : IPage => page.Turn(); interface IPage { void Turn(); } class Page : IPage { public void Turn() => Take(); }", "M → Run → Page.Turn → Log.Take")]
        [InlineData("void M() { foreach (var page in Pages().Where(page => page > 0)) { } } IEnumerable<int> Pages() { Take(); yield return 1; }", "M → Pages → Take")]
        public async Task Each_kind_of_call_is_named(string member, string chain) => Assert.EndsWith(
            $": {chain.Replace("M →", "Log.Stop →")} → SemaphoreSlim.Wait. Give the wait a deadline.",
            Assert.Single(await AllRules.ReportsAsync("LOCK202", Usings + $$"""
                abstract class Scope : IDisposable { public abstract void Dispose(); }
                sealed class Log
                {
                    static readonly SemaphoreSlim turn = new(0);
                    static void Take() => turn.Wait();
                    public {{member.Replace(" M()", " Stop()")}}
                }
                """)).GetMessage(System.Globalization.CultureInfo.InvariantCulture));

        /// <summary>A finalizer is named as the code writes it, and what is at stake is the process.</summary>
        [Fact]
        public async Task A_finalizer_is_named() => Assert.Equal(
            "'SemaphoreSlim.Wait' waits with nothing to end it, and the process stops only after it: ~Page → Take → SemaphoreSlim.Wait. Give the wait a deadline.",
            Assert.Single(await AllRules.ReportsAsync("LOCK202", Usings + """
                sealed class Page(SemaphoreSlim turn)
                {
                    ~Page() => Take();
                    void Take() => turn.Wait();
                }
                """)).GetMessage(System.Globalization.CultureInfo.InvariantCulture));

        [Theory]
        [InlineData("interface ISink { void Flush(); } class Disk : ISink { public void Flush() => First.Wait(); } class Net : ISink { void ISink.Flush() => Second.Wait(); }", "ISink")]
        [InlineData("abstract class Sink { public abstract void Flush(); } class Disk : Sink { public override void Flush() => First.Wait(); } class Net : Sink { public override void Flush() => Second.Wait(); }", "Sink")]
        public async Task Each_implementation_has_its_own(string types, string contract) => Assert.Equal(
            ["Log.Dispose → Disk.Flush → SemaphoreSlim.Wait", "Log.Dispose → Net." + (contract == "ISink" ? "ISink." : "") + "Flush → SemaphoreSlim.Wait"],
            (await AllRules.ReportsAsync("LOCK202", Usings + $$"""
                using static Turns;
                static class Turns { public static readonly SemaphoreSlim First = new(0), Second = new(0); }
                {{types}}
                sealed class Log({{contract}} sink) : IDisposable { public void Dispose() => sink.Flush(); }
                """)).Select(report => report.GetMessage(System.Globalization.CultureInfo.InvariantCulture).Split(": ")[1].Split(". Give")[0]).Order());

        [Fact]
        public async Task Ten_methods_over_five_files()
        {
            var files = Enumerable.Range(0, 5).Select(file => $$"""
                static class Part{{file}}
                {
                    public static void First(System.Threading.SemaphoreSlim turn) => Second(turn);
                    public static void Second(System.Threading.SemaphoreSlim turn) => {{(file == 4 ? "turn.Wait()" : $"Part{file + 1}.First(turn)")}};
                }
                """).Append("sealed class Root { void Install(System.Threading.SemaphoreSlim turn) => System.AppDomain.CurrentDomain.ProcessExit += (_, _) => Part0.First(turn); }");
            var report = Assert.Single(await AllRules.ReportsAsync("LOCK202", files.ToArray()));
            Assert.EndsWith(
                "AppDomain.ProcessExit → Part0.First → Second → Part1.First → Second → Part2.First → Second → Part3.First → Second → Part4.First → Second → SemaphoreSlim.Wait. Give the wait a deadline.",
                report.GetMessage(System.Globalization.CultureInfo.InvariantCulture));
            Assert.Equal(11, report.AdditionalLocations.Count);
            Assert.Contains(Microsoft.CodeAnalysis.WellKnownDiagnosticTags.CompilationEnd, report.Descriptor.CustomTags);
        }

        /// <summary>What gives back at once what a task is to bring has to block on it, and says so.</summary>
        [Theory]
        [InlineData("public static void Await(this Task task)", 1)]
        [InlineData("public static T WaitAndUnwrap<T>(this Task<T> task)", 1)]
        [InlineData("public static T BlockOn<T>(this ValueTask<T> task)", 1)]
        [InlineData("public static void Forget(this Task task)", 0)]
        [InlineData("public static void Awaken(this Task task)", 0)]
        [InlineData("public static T Await<T>(this Task<T> task, TimeSpan limit)", 0)]
        [InlineData("public static bool Await(this Task task)", 0)]
        [InlineData("public static void Await(Task task)", 0)]
        [InlineData("public static async Task Await(this Task task)", 0)]
        public async Task A_task_that_an_extension_of_another_project_blocks_on(string extension, int reports)
        {
            var library = AllRules.Compile($"using System; using System.Threading.Tasks; public static class Tasks {{ {extension} => throw new NotSupportedException(); }}");
            var call = (extension.Contains("(this") ? $"worker.{Name(extension)}(" : $"Tasks.{Name(extension)}(worker") + (extension.Contains("limit") ? "TimeSpan.FromSeconds(5))" : ")");
            var task = extension.Contains("ValueTask<T>") ? "ValueTask<int>" : extension.Contains("Task<T>") ? "Task<int>" : "Task";
            var program = AllRules.Compile(Usings + $"sealed class Pump({task} worker) {{ public void Stop() => {call}; }}").AddReferences(library.ToMetadataReference());
            Assert.Empty(program.GetDiagnostics().Where(diagnostic => diagnostic.Severity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error));
            Assert.Equal(reports, (await AllRules.RunAsync(program)).Count(report => report.Id == "LOCK202"));

            static string Name(string extension) => extension.Split('(', '<')[0].Split(' ').Last();
        }

        /// <summary>An editor, and dotnet format, show the rules a referenced project as source.</summary>
        [Theory]
        [InlineData("public static void Drain(System.Threading.SemaphoreSlim turn) => turn.Wait();", 0)]
        [InlineData("[LockAnalyzers.Runtime.BlocksUnbounded] public static void Drain(System.Threading.SemaphoreSlim turn) => turn.Wait();", 1)]
        public async Task A_chain_ends_at_the_border_of_its_project(string drain, int reports)
        {
            var library = AllRules.Compile($"public static class Library {{ {drain} }}");
            var program = AllRules.Compile(["""
                sealed class Outbox { void Install(System.Threading.SemaphoreSlim turn) => System.AppDomain.CurrentDomain.ProcessExit += (_, _) => Table.Clear(turn); }
                """, "static class Table { public static void Clear(System.Threading.SemaphoreSlim turn) => Library.Drain(turn); }"]).AddReferences(library.ToMetadataReference());
            Assert.Equal(reports, (await AllRules.RunAsync(program)).Count(report => report.Id == "LOCK202"));
        }

        [Fact]
        public async Task FN_what_stops_an_object_and_waits_in_another_file() => Assert.Empty(await AllRules.ReportsAsync(
            "LOCK202",
            "sealed class Root(System.Threading.SemaphoreSlim turn) : System.IDisposable { public void Dispose() => Part.First(turn); }",
            "static class Part { public static void First(System.Threading.SemaphoreSlim turn) => turn.Wait(); }"));

        [Fact]
        public async Task The_shortest_way_is_named() => Assert.Contains(
            ": Spooler.Dispose → Take → SemaphoreSlim.Wait.",
            Assert.Single(await AllRules.ReportsAsync("LOCK202", Usings + """
                sealed class Spooler(SemaphoreSlim turn) : IDisposable
                {
                    public void Dispose() { Long(); Take(); }
                    void Long() => Take();
                    void Take() => turn.Wait();
                }
                """)).GetMessage(System.Globalization.CultureInfo.InvariantCulture),
            StringComparison.Ordinal);

        [Fact]
        public async Task What_one_file_shows_is_reported_once_although_the_build_sees_it_too() => Assert.Single(await AllRules.ReportsAsync("LOCK202", Usings + """
            sealed class Spooler(SemaphoreSlim turn) : IDisposable { public void Dispose() => turn.Wait(); }
            """, "sealed class Other : System.IDisposable { public void Dispose() { } }"));
    }
}
