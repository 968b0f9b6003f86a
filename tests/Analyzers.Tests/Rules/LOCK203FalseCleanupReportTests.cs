using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK203FalseCleanupReportAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK203FalseCleanupReportCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed class LOCK203FalseCleanupReportTests
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Threading;
        using System.Threading.Tasks;
        using LockAnalyzers.Runtime;
        using Medallion.Threading;
        using Microsoft.Extensions.Hosting;
        using Microsoft.Extensions.Logging;

        """;

    /// <summary>A holder whose lock is on its way, with the beginning and the cleanup to be written in.</summary>
    private static string Holder(string begin, string cleanup) => Usings + """
        public sealed class TurnLock : IDisposable, IAsyncDisposable
        {
            public static TurnLock Acquire(string path) => new();
            public static Task<TurnLock> AcquireAsync(string path, CancellationToken token = default) => Task.FromResult(new TurnLock());
            public static bool TryAcquire(string path, TimeSpan limit, out TurnLock? taken) => (taken = new()) != null;
            public bool Release() => true;
            public void Dispose() { }
            public ValueTask DisposeAsync() => default;
        }

        public static class Tasks
        {
            public static void Forget(this Task task) { }
        }

        public class Holder(string path, IDistributedLock turn, ILogger log)
        {
            private readonly object _sync = new();
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly ManualResetEventSlim _ready = new();
            private readonly CancellationTokenSource _stop = new();
            private TurnLock? _held;
            private IDistributedSynchronizationHandle? _lease;
            private Mutex _mutex = new(false, "Global\\turns");
            private bool _owns;
            private bool _closed;
            private Task _other = Task.CompletedTask;
            private Task? _pending;
            private Thread? _worker;
            private readonly List<Task> _tasks = new();

            private async Task TakeAsync(CancellationToken token = default) => _held = await TurnLock.AcquireAsync(path, token);
            private async Task<bool> LeaseAsync()
            {
                log.LogInformation("waiting");
                var lease = await turn.AcquireAsync(TimeSpan.FromMinutes(5));
                _lease = lease;
                return true;
            }
            private async Task RunAsync() { await Task.Yield(); await TakeAsync(); }
            private void TakeBlocking() => _held = TurnLock.Acquire(path);
            private void Take() { _mutex.WaitOne(); _owns = true; }
            private static TurnLock Open(string path) { Console.WriteLine(path); return TurnLock.Acquire(path); }

            BEGIN
            CLEANUP
        }
        """.Replace("BEGIN", begin).Replace("CLEANUP", cleanup);

    public sealed class Reports
    {
        /// <summary>The ways in which an acquisition is begun and left.</summary>
        [Theory]
        [InlineData("public void Begin() { _ = TakeAsync(); }")]
        [InlineData("public void Begin() => _ = TakeAsync(default);")]
        [InlineData("public void Begin() { _ = TakeAsync().ConfigureAwait(false); }")]
        [InlineData("public async Task BeginAsync() { _ = TakeAsync(); await Task.Delay(10); }")]
        [InlineData("public void Begin() { TakeAsync().Forget(); }")]
        [InlineData("public void Begin() { var task = TakeAsync(); log.LogInformation(\"begun\"); }")]
        [InlineData("public void Begin() { _pending = TakeAsync(); }")]
        [InlineData("public void Begin() { _tasks.Add(TakeAsync()); }")]
        [InlineData("public void Begin() { _ = RunAsync(); }")]
        [InlineData("public async void Begin() { await TakeAsync(); }")]
        [InlineData("public async void Begin() { _held = await TurnLock.AcquireAsync(path); }")]
        [InlineData("public async void Begin(object sender, EventArgs e) { if (_held == null) { _held = await TurnLock.AcquireAsync(path); } }")]
        [InlineData("public void Begin() { Task.Run(TakeBlocking); }")]
        [InlineData("public void Begin() { Task.Run(() => TakeBlocking()); }")]
        [InlineData("public void Begin() { Task.Run(() => _held = TurnLock.Acquire(path)); }")]
        [InlineData("public void Begin() { Task.Run(() => { var held = TurnLock.Acquire(path); _held = held; }); }")]
        [InlineData("public void Begin() { Task.Run(() => _held = Open(path)); }")]
        [InlineData("public void Begin() { _ = Task.Run(async () => { _held = await TurnLock.AcquireAsync(path, CancellationToken.None); }); }")]
        [InlineData("public void Begin() { _ = Task.Run(async () => await TakeAsync()); }")]
        [InlineData("public void Begin() { Task.Factory.StartNew(TakeBlocking, TaskCreationOptions.LongRunning); }")]
        [InlineData("public void Begin() { ThreadPool.QueueUserWorkItem(_ => TakeBlocking()); }")]
        [InlineData("public void Begin() { ThreadPool.QueueUserWorkItem(_ => { if (TurnLock.TryAcquire(path, TimeSpan.FromMinutes(1), out var held)) _held = held; }); }")]
        [InlineData("public void Begin() { ThreadPool.UnsafeQueueUserWorkItem(_ => { TurnLock.TryAcquire(path, TimeSpan.FromMinutes(1), out _held); }, null); }")]
        [InlineData("public void Begin() { new Thread(TakeBlocking) { IsBackground = true }.Start(); }")]
        [InlineData("public void Begin() { var worker = new Thread(TakeBlocking); worker.IsBackground = true; worker.Start(); }")]
        [InlineData("public void Begin() { var worker = new Thread(new ThreadStart(() => TakeBlocking())); worker.Start(); }")]
        [InlineData("public void Begin() { _worker = new Thread(TakeBlocking) { IsBackground = true }; _worker.Start(); }")]
        [InlineData("public void Begin() { TurnLock.AcquireAsync(path).ContinueWith(done => _held = done.Result); }")]
        [InlineData("public void Begin() { Task.Run(() => TurnLock.Acquire(path)).ContinueWith(done => { _held = done.Result; }, TaskScheduler.Default); }")]
        [InlineData("public void Begin() { Task.Run(() => Interlocked.Exchange(ref _held, TurnLock.Acquire(path))); }")]
        [InlineData("public void Begin() { Task.Run(() => Volatile.Write(ref _held, TurnLock.Acquire(path))); }")]
        [InlineData("public void Begin() { async Task Local() { _held = await TurnLock.AcquireAsync(path); } _ = Local(); }")]
        [InlineData("public void Begin() { void Local() { _held = TurnLock.Acquire(path); } Task.Run(Local); }")]
        [InlineData("public async Task BeginAsync() { await TakeAsync().WaitAsync(TimeSpan.FromSeconds(5)); }")]
        [InlineData("public async Task BeginAsync() { await Task.WhenAny(TakeAsync(), Task.Delay(5000)); }")]
        [InlineData("public bool Begin() => Task.Run(TakeBlocking).Wait(5000);")]
        [InlineData("public async Task BeginAsync() { var task = TakeAsync(); if (await Task.WhenAny(task, Task.Delay(5000)) != task) throw new TimeoutException(); }")]
        [InlineData("public Holder(string path) : this(path, null!, null!) { _ = TakeAsync(); }")]
        [InlineData("public void Begin() { _ = Retry(async () => { _held = await TurnLock.AcquireAsync(path); }); } private static async Task Retry(Func<Task> work) { await work(); }")]
        public Task Begun_and_left(string begin) => Verify.Reports(Holder(begin, """
            public void Release()
            {
                if ([|_held == null|])
                    return;
                _held.Dispose();
                _held = null;
            }
            """));

        /// <summary>The ways in which cleanup takes an empty variable for nothing held.</summary>
        [Theory]
        [InlineData("public bool Release() { if ([|_held is null|]) return true; _held.Dispose(); return true; }")]
        [InlineData("public void Dispose() { [|_held?.Dispose()|]; }")]
        [InlineData("public void Dispose() => [|_held?.Dispose()|];")]
        [InlineData("public void Dispose() { [|this._held?.Dispose()|]; log.LogInformation(\"released\"); }")]
        [InlineData("public void Dispose() { if ([|_held != null|]) _held.Dispose(); }")]
        [InlineData("public void Dispose() { if ([|_held is not null|]) { _held.Dispose(); _held = null; } log.LogInformation(\"all released\"); }")]
        [InlineData("public void Dispose() { if ([|_held is { } held|]) held.Dispose(); }")]
        [InlineData("public void Dispose() { if ([|_held is not { } held|]) return; held.Dispose(); }")]
        [InlineData("public void Dispose() { if (_closed || [|_held == null|]) return; _closed = true; _held.Dispose(); }")]
        [InlineData("public void Dispose() { [|Interlocked.Exchange(ref _held, null)?.Dispose()|]; }")]
        [InlineData("public void Dispose() { var held = _held; _held = null; if ([|held == null|]) return; held.Dispose(); }")]
        [InlineData("public void Dispose() { var held = Interlocked.Exchange(ref _held, null); [|held?.Dispose()|]; }")]
        [InlineData("public void Dispose() { if ([|null == _held|]) { log.LogInformation(\"nothing held\"); return; } _held.Dispose(); }")]
        [InlineData("public async ValueTask DisposeAsync() { if ([|_held != null|]) await _held.DisposeAsync(); }")]
        [InlineData("public Task StopAsync(CancellationToken token) { if ([|_held == null|]) return Task.CompletedTask; return _held.DisposeAsync().AsTask(); }")]
        [InlineData("public Task StopAsync(CancellationToken token) => [|_held?.DisposeAsync().AsTask()|] ?? Task.CompletedTask;")]
        [InlineData("public bool TryRelease() => [|_held == null|] || _held.Release();")]
        [InlineData("public Task StopAsync() => [|_held switch { null => Task.CompletedTask, var held => held.DisposeAsync().AsTask() }|];")]
        [InlineData("public async Task StopAsync(CancellationToken token) { await _other; if ([|_held is null|]) return; await _held.DisposeAsync(); }")]
        [InlineData("public async Task StopAsync(CancellationToken token) { await Task.Delay(10, token); if ([|_held is null|]) return; await _held.DisposeAsync(); }")]
        [InlineData("public void Shutdown() { lock (_sync) { if ([|_held == null|]) return; _held.Dispose(); } }")]
        [InlineData("public void OnProcessExit(object? sender, EventArgs e) { [|_held?.Dispose()|]; }")]
        [InlineData("public void Watch() { AppDomain.CurrentDomain.ProcessExit += (_, _) => [|_held?.Dispose()|]; }")]
        [InlineData("public void Watch(IHostApplicationLifetime life) { life.ApplicationStopping.Register(() => { if ([|_held == null|]) return; _held.Dispose(); }); }")]
        [InlineData("public void Watch() { Console.CancelKeyPress += Bye; } private void Bye(object? sender, ConsoleCancelEventArgs e) { [|_held?.Dispose()|]; }")]
        [InlineData("public void Dispose() { ReleaseCore(); } private void ReleaseCore() { [|_held?.Dispose()|]; }")]
        [InlineData("public void Dispose() { try { [|_held?.Dispose()|]; } catch (IOException) { } }")]
        [InlineData("public void Dispose() { _stop.Cancel(); [|_held?.Dispose()|]; }")]
        public Task Looked_at(string cleanup) => Verify.Reports(Holder("public void Begin() { _ = Task.Run(TakeBlocking); }", cleanup));

        /// <summary>The cleanup waits for the acquisition, but not for its end.</summary>
        [Theory]
        [InlineData("_pending = TakeAsync();", "public async Task StopAsync() { if (_pending != null) await [|Task.WhenAny(_pending, Task.Delay(1000))|]; log.LogInformation(\"gone\"); }")]
        [InlineData("_pending = TakeAsync();", "public async Task StopAsync() { await [|Task.WhenAny(_pending!, Task.Delay(TimeSpan.FromSeconds(1)))|].ConfigureAwait(false); _held?.Dispose(); }")]
        [InlineData("_pending = LeaseAsync();", "public void Dispose() { [|Task.WaitAny(new[] { _pending! }, 1000)|]; _held?.Dispose(); }")]
        [InlineData("_pending = Task.Run(TakeBlocking);", "public void Dispose() { [|_pending!.Wait(1000)|]; if (_held == null) return; _held.Dispose(); }")]
        [InlineData("_pending = Task.Run(() => { var held = TurnLock.Acquire(path); _held = held; });", "public void Dispose() { if (_pending != null) { [|_pending.Wait(TimeSpan.FromSeconds(1))|]; _pending = null; } }")]
        [InlineData("_pending = TakeAsync();", "public async Task StopAsync() { try { await [|_pending!.WaitAsync(TimeSpan.FromSeconds(1))|]; } catch (TimeoutException) { } _held?.Dispose(); }")]
        [InlineData("_worker = new Thread(TakeBlocking); _worker.Start();", "public bool Stop() { [|_worker!.Join(1000)|]; _worker = null; return true; }")]
        [InlineData("_worker = new Thread(() => TakeBlocking()) { IsBackground = true }; _worker.Start();", "public void Stop() { _ = [|_worker!.Join(1000)|]; _held?.Dispose(); }")]
        [InlineData("_pending = TakeAsync();", "public void Dispose() { if ([|_pending!.IsCompletedSuccessfully|]) _held!.Dispose(); }")]
        [InlineData("_pending = TakeAsync();", "public void Dispose() { if (![|_pending!.IsCompleted|]) return; _held?.Dispose(); }")]
        public Task Outcome_not_looked_at(string begin, string cleanup) => Verify.Reports(Holder($"public void Begin() {{ {begin} }}", cleanup));

        [Theory]
        [InlineData("public void Dispose() { if ({|#0:_pending!.Wait(1000)|}) _held?.Dispose(); log.LogInformation(\"cleanup completed\"); }")]
        [InlineData("public bool Stop() { if (!{|#0:_pending!.Wait(1000)|}) return true; _held?.Dispose(); return true; }")]
        [InlineData("public async Task StopAsync() { if (await {|#0:Task.WhenAny(_pending!, Task.Delay(1000))|} == _pending) _held?.Dispose(); Console.WriteLine(\"released\"); }")]
        [InlineData("public async Task StopAsync() { if (await {|#0:Task.WhenAny(_pending!, Task.Delay(1000))|} != _pending) { Console.WriteLine(\"all done\"); return; } _held?.Dispose(); }")]
        [InlineData("public async Task StopAsync() { _stop.Cancel(); await {|#0:Task.WhenAny(_pending!, Task.Delay(1000))|}; log.LogInformation(\"gone\"); }")]
        public Task Outcome_of_what_was_cancelled_or_tested(string cleanup) => Verify.ReportsAtInfo(Holder("public void Begin() { _pending = TakeAsync(_stop.Token); }", cleanup));

        [Theory]
        [InlineData("_all[path] = await TurnLock.AcquireAsync(path);", "foreach (var held in [|_all.Values|]) held.Dispose();")]
        [InlineData("var held = await TurnLock.AcquireAsync(path); _all.Add(path, held);", "foreach (var (name, turn) in _all) turn.Dispose(); foreach (var pair in [|_all|]) pair.Value.Dispose();")]
        [InlineData("_all.TryAdd(path, await TurnLock.AcquireAsync(path));", "if (![|_all.Remove(path, out var held)|]) return; held.Dispose();")]
        public Task Collection(string begin, string cleanup) => Verify.Reports(Holder($$"""
            private readonly Dictionary<string, TurnLock> _all = new();
            public void Begin() => _ = Task.Run(async () => { {{begin}} });
            """, $"public void Dispose() {{ {cleanup} }}"));

        [Fact]
        public Task Lock_of_a_database() => Verify.Reports(Holder("""
            public void Begin(System.Data.Common.DbCommand command) => _ = Task.Run(async () =>
            {
                command.CommandText = "SELECT pg_advisory_lock(42)";
                await command.ExecuteNonQueryAsync();
                _owns = true;
            });
            """, "public void Stop(System.Data.Common.DbCommand command) { if (![|_owns|]) return; command.ExecuteNonQuery(); }"));

        [Fact]
        public Task Handler_that_is_written_where_the_lock_is_taken() => Verify.Reports(Usings + """
            class Leader(IDistributedLock turn, IHostApplicationLifetime life) : BackgroundService
            {
                private object? _lease;

                protected override async Task ExecuteAsync(CancellationToken stop)
                {
                    life.ApplicationStopping.Register(() => [|(_lease as IDisposable)?.Dispose()|]);
                    _lease = await turn.AcquireAsync(cancellationToken: stop);
                }
            }
            """);

        [Theory]
        [InlineData("if ([|_taking.IsCompletedSuccessfully|]) _taking.Result.Dispose();")]
        [InlineData("if ([|_taking is not { IsCompletedSuccessfully: true }|]) return; _taking.Result.Dispose();")]
        [InlineData("if ([|_taking is { IsCompletedSuccessfully: true }|]) _taking.Result.Dispose();")]
        [InlineData("if ([|_taking?.IsCompleted|] == true) _taking.Result.Dispose();")]
        [InlineData("Console.WriteLine([|_taking.IsCompleted|] ? _taking.Result.Release() : \"nothing held\");")]
        [InlineData("[|_taking.Wait(1000)|]; _taking.Dispose();")]
        public Task Task_of_a_field(string cleanup) => Verify.Reports(Usings + """
            public interface IHeld : IDisposable { string Release(); }
            public interface ITurns { Task<IHeld> AcquireLockAsync(string name); }

            public sealed class Holder(ITurns turns) : IDisposable
            {
                private readonly Task<IHeld> _taking = turns.AcquireLockAsync("registry");
                public void Dispose() { CLEANUP }
            }
            """.Replace("CLEANUP", cleanup));

        [Theory]
        [InlineData("public bool Stop() { {|#0:_worker!.Join(1000)|}; return true; }")]
        [InlineData("public void Stop() { {|#0:_worker!.Join(1000)|}; _worker = null; log.LogInformation(\"worker stopped\"); }")]
        [InlineData("private bool _isStopped; public void Stop() { {|#0:_worker!.Join(1000)|}; _isStopped = true; }")]
        [InlineData("public async Task StopAsync() { await {|#0:Task.WhenAny(_other, Task.Delay(1000))|}; Console.WriteLine(\"Cleanup completed successfully\"); }")]
        public Task Success_that_nobody_has_seen(string cleanup) => Verify.ReportsAtInfo(Holder("public void Begin() { _worker = new Thread(() => Console.Read()); }", cleanup));

        [Theory]
        [InlineData("public bool Release() { try { _mutex.ReleaseMutex(); } {|#0:catch { }|} return true; }")]
        [InlineData("public void Shutdown() { try { _mutex.ReleaseMutex(); _mutex.Dispose(); } {|#0:catch (Exception) { }|} log.LogInformation(\"Cleanup completed successfully\"); }")]
        public Task Success_after_a_failure_that_was_swallowed(string cleanup) => Verify.ReportsAtInfo(Holder("", cleanup));

        [Fact]
        public Task Flag() => Verify.Reports(Holder("public void Begin() { new Thread(Take) { IsBackground = true }.Start(); }", """
            public void Release()
            {
                if (![|_owns|])
                    return;
                _mutex.ReleaseMutex();
            }

            public void Dispose()
            {
                if ([|_owns|])
                    _mutex.ReleaseMutex();
                _mutex.Dispose();
            }
            """));

        [Theory]
        [InlineData("if ([|_state != TurnState.Held|]) return;")]
        [InlineData("if ([|_state == TurnState.None|]) return;")]
        [InlineData("if ([|_state == TurnState.Held|]) log.LogInformation(\"releasing\");")]
        public Task State(string look) => Verify.Reports(Holder("""
            private enum TurnState { None, Held }
            private TurnState _state;
            public void Begin() { ThreadPool.QueueUserWorkItem(_ => { _mutex.WaitOne(); _state = TurnState.Held; }); }
            """, $"public void Release() {{ {look} _mutex.ReleaseMutex(); }}"));

        [Theory]
        [InlineData("if ([|_descriptor < 0|]) return;")]
        [InlineData("if ([|_descriptor == -1|]) return;")]
        [InlineData("if ([|_descriptor >= 0|]) close(_descriptor);")]
        [InlineData("if ([|_descriptor != -1|]) close(_descriptor);")]
        public Task Descriptor(string look) => Verify.Reports(Usings + """
            using System.Runtime.InteropServices;

            class Holder
            {
                private int _descriptor = -1;

                [DllImport("libc")] private static extern int open(string path, int flags);
                [DllImport("libc")] private static extern int flock(int descriptor, int operation);
                [DllImport("libc")] private static extern int close(int descriptor);

                public void Begin(string path)
                {
                    var worker = new Thread(() =>
                    {
                        var descriptor = open(path, 2);
                        flock(descriptor, 2);
                        _descriptor = descriptor;
                    });
                    worker.IsBackground = true;
                    worker.Start();
                }

                public void Release()
                {
                    LOOK
                    close(_descriptor);
                }
            }
            """.Replace("LOOK", look));

        [Fact]
        public Task Structure() => Verify.Reports(Usings + """
            struct Turn { public static Turn Acquire() => default; public void Release() { } }
            static class TurnLock { public static Turn AcquireLock() => default; }

            class Holder
            {
                private Turn? _turn;
                public void Begin() => Task.Run(() => _turn = TurnLock.AcquireLock());

                public void Release()
                {
                    if (![|_turn.HasValue|])
                        return;
                    _turn.Value.Release();
                }
            }
            """);

        [Fact]
        public Task Flag_of_a_semaphore() => Verify.Reports(Holder("""
            public void Begin() { _ = EnterAsync(); }
            private async Task EnterAsync() { _owns = await _gate.WaitAsync(TimeSpan.FromMinutes(1)); }
            """, "public void Close() { if ([|_owns|]) _gate.Release(); }"));

        [Fact]
        public Task Lease_of_a_library() => Verify.Reports(Holder("public Task StartAsync(CancellationToken token) { _ = LeaseAsync(); return Task.CompletedTask; }", """
            public async Task StopAsync(CancellationToken token)
            {
                if ([|_lease is not null|])
                    await _lease.DisposeAsync();
                log.LogInformation("Cleanup completed successfully");
            }
            """));

        [Fact]
        public Task Property() => Verify.Reports(Holder("""
            public TurnLock? Held { get; private set; }
            public void Begin() { Task.Run(() => Held = TurnLock.Acquire(path)); }
            """, "public void Dispose() => [|Held?.Dispose()|];"));

        [Fact]
        public Task File_that_is_opened_again_and_again() => Verify.Reports(Usings + """
            public sealed class Registry(string path) : IDisposable
            {
                private FileStream? _lock;

                public void Open() => _ = Task.Run(async () =>
                {
                    while (true)
                    {
                        try
                        {
                            _lock = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
                            return;
                        }
                        catch (IOException)
                        {
                            await Task.Delay(100);
                        }
                    }
                });

                public void Dispose() => [|_lock?.Dispose()|];
            }
            """);

        [Fact]
        public Task Store_that_is_told_to_wait() => Verify.Reports(Usings + """
            public interface IStore : IDisposable { }
            public interface IStores { Task<IStore> OpenAsync(string path, bool waitForLock); }

            public sealed class Client(IStores stores)
            {
                private IStore? _client;

                public void Start() => _ = ConnectAsync();

                private async Task ConnectAsync()
                {
                    var client = await stores.OpenAsync("registry", waitForLock: true);
                    _client = client;
                }

                public void Cleanup()
                {
                    if ([|_client == null|])
                        return;
                    _client.Dispose();
                }
            }
            """);

        [Fact]
        public Task Static_members() => Verify.Reports(Usings + """
            static class Instance
            {
                private static Mutex? s_mutex;
                private static bool s_isOwner;

                public static void Begin()
                {
                    s_mutex = new Mutex(false, "Global\\instance");
                    ThreadPool.QueueUserWorkItem(static _ =>
                    {
                        if (s_mutex.WaitOne(TimeSpan.FromMinutes(1)))
                            s_isOwner = true;
                    });
                }

                public static void Shutdown()
                {
                    if (![|s_isOwner|])
                        return;
                    s_mutex!.ReleaseMutex();
                }
            }
            """);

        [Fact]
        public Task Service_that_takes_its_turn_in_the_background() => Verify.Reports(Usings + """
            class Leader(IDistributedLock turn) : BackgroundService
            {
                private IDistributedSynchronizationHandle? _lease;

                protected override async Task ExecuteAsync(CancellationToken stop)
                {
                    _lease = await turn.AcquireAsync(cancellationToken: stop);
                    await Task.Delay(-1, stop);
                }

                public override async Task StopAsync(CancellationToken token)
                {
                    if ([|_lease is null|])
                        return;
                    await base.StopAsync(token);
                    await _lease.DisposeAsync();
                }
            }
            """);

        [Fact]
        public Task Local_of_a_program() => Verify.ReportsProgram("""
            using System;
            using System.Threading;
            using System.Threading.Tasks;

            IDisposable? held = null;
            var taking = Task.Run(() => held = Gate.AcquireLock("registry"));
            AppDomain.CurrentDomain.ProcessExit += (_, _) => [|held?.Dispose()|];
            Console.ReadLine();

            static class Gate
            {
                public static IDisposable AcquireLock(string name) => throw new NotSupportedException();
            }
            """);
    }

    public sealed class Silent
    {
        [Theory]
        [InlineData("public void Begin() => Task.Run(() => _ticks = new Timer(_ => TakeBlocking()));")]
        [InlineData("public void Begin() => Task.Run(() => _ticks = new Timer(Tick)); private void Tick(object? state) => TakeBlocking();")]
        public Task Timer_whose_ticks_acquire(string begin) => Verify.StaysSilent(Holder(begin, "private Timer? _ticks; public void Dispose() => _ticks?.Dispose();"));

        /// <summary>Whoever looks has waited, or whoever begins does.</summary>
        [Theory]
        [InlineData("public async Task BeginAsync() { await TakeAsync(); }", "public void Dispose() => _held?.Dispose();")]
        [InlineData("public Task BeginAsync() => TakeAsync();", "public void Dispose() => _held?.Dispose();")]
        [InlineData("public void Begin() { TakeAsync().GetAwaiter().GetResult(); }", "public void Dispose() => _held?.Dispose();")]
        [InlineData("public void Begin() { Task.Run(TakeBlocking).Wait(); }", "public void Dispose() => _held?.Dispose();")]
        [InlineData("public async Task BeginAsync() { await Task.Run(TakeBlocking); }", "public void Dispose() => _held?.Dispose();")]
        [InlineData("public async Task BeginAsync() { var task = Task.Run(TakeBlocking); log.LogInformation(\"begun\"); await task; }", "public void Dispose() => _held?.Dispose();")]
        [InlineData("public void Begin() { var worker = new Thread(TakeBlocking); worker.Start(); worker.Join(); }", "public void Dispose() => _held?.Dispose();")]
        [InlineData("public void Begin() { _held = TurnLock.Acquire(path); }", "public void Dispose() => _held?.Dispose();")]
        [InlineData("public Holder(string path) : this(path, null!, null!) { _held = TurnLock.Acquire(path); }", "public void Dispose() => _held?.Dispose();")]
        [InlineData("public async Task BeginAsync() { await Task.Run(async () => { _held = await TurnLock.AcquireAsync(path); }); }", "public void Dispose() => _held?.Dispose();")]
        [InlineData("public void Begin() { _pending = TakeAsync(); }", "public async Task StopAsync() { if (_pending != null) await _pending; _held?.Dispose(); }")]
        [InlineData("public void Begin() { _pending = Task.Run(TakeBlocking); }", "public void Dispose() { _pending?.Wait(); _held?.Dispose(); }")]
        [InlineData("public void Begin() { _pending = Task.Run(TakeBlocking); }", "public void Dispose() { Settle(); _held?.Dispose(); } private void Settle() { _pending?.Wait(TimeSpan.FromSeconds(5)); }")]
        [InlineData("public void Begin() { _pending = Task.Run(TakeBlocking); }", "public async Task StopAsync() { await _pending!; ReleaseCore(); } private void ReleaseCore() { _held?.Dispose(); }")]
        [InlineData("public void Begin() { _pending = Task.Run(TakeBlocking); }", "public void Dispose() { _pending?.ContinueWith(_ => _held?.Dispose()); }")]
        [InlineData("public void Begin() { _tasks.Add(Task.Run(TakeBlocking)); }", "public async Task StopAsync() { await Task.WhenAll(_tasks); _held?.Dispose(); }")]
        [InlineData("public void Begin() { _worker = new Thread(TakeBlocking); _worker.Start(); }", "public void Dispose() { _worker?.Join(); _held?.Dispose(); }")]
        [InlineData("public void Begin() { Task.Run(() => { TakeBlocking(); _ready.Set(); }); }", "public void Dispose() { _ready.Wait(); _held?.Dispose(); }")]
        [InlineData("public void Begin() { _ = InTurnAsync(); } private async Task InTurnAsync() { await _gate.WaitAsync(); try { await TakeAsync(); } finally { _gate.Release(); } }", "public async Task StopAsync() { await _gate.WaitAsync(); try { _held?.Dispose(); } finally { _gate.Release(); } }")]
        public Task Waited_for(string begin, string cleanup) => Verify.StaysSilent(Holder(begin, cleanup));

        [Theory]
        [InlineData("public void Begin() { _ = TakeAsync(_stop.Token); }", "public void Dispose() { _stop.Cancel(); _held?.Dispose(); }")]
        [InlineData("public void Begin() { var token = _stop.Token; _ = Task.Run(async () => { _held = await TurnLock.AcquireAsync(path, token); }); }", "public async Task StopAsync() { await _stop.CancelAsync(); if (_held == null) return; _held.Dispose(); }")]
        public Task Cancelled(string begin, string cleanup) => Verify.StaysSilent(Holder(begin, cleanup));

        /// <summary>What comes too late gives itself back.</summary>
        [Theory]
        [InlineData("public void Begin() { Task.Run(() => { var held = TurnLock.Acquire(path); if (_closed) held.Dispose(); else _held = held; }); }", "public void Dispose() { _closed = true; _held?.Dispose(); }")]
        [InlineData("public void Begin() { Task.Run(() => { var held = TurnLock.Acquire(path); lock (_sync) { if (_closed) { held.Dispose(); return; } _held = held; } }); }", "public void Dispose() { lock (_sync) { _closed = true; _held?.Dispose(); } }")]
        [InlineData("public void Begin() { Task.Run(() => { _held = TurnLock.Acquire(path); try { log.LogInformation(\"work\"); } finally { _held.Dispose(); _held = null; } }); }", "public void Dispose() { _held?.Dispose(); }")]
        [InlineData("public void Begin() { Task.Run(() => { lock (_sync) { _held = TurnLock.Acquire(path); } }); }", "public void Dispose() { lock (_sync) { _held?.Dispose(); } }")]
        public Task Told(string begin, string cleanup) => Verify.StaysSilent(Holder(begin, cleanup));

        /// <summary>Nothing is claimed.</summary>
        [Theory]
        [InlineData("public bool Release() { if (_held == null) return false; _held.Dispose(); return true; }")]
        [InlineData("public bool Release() { if (_held != null) { _held.Dispose(); return true; } return false; }")]
        [InlineData("public bool Release() { if (_held != null) { _held.Dispose(); return true; } else { return false; } }")]
        [InlineData("public bool TryRelease() => _held != null && _held.Release();")]
        [InlineData("public bool TryRelease() => _held?.Release() ?? false;")]
        [InlineData("public bool TryRelease() => _held?.Release() == true;")]
        [InlineData("public void Release() { if (_held == null) throw new InvalidOperationException(); _held.Dispose(); }")]
        [InlineData("public void Release() { (_held ?? throw new InvalidOperationException()).Dispose(); }")]
        [InlineData("public void Release() { if (_held == null) { log.LogWarning(\"the lock was not there\"); return; } _held.Dispose(); }")]
        [InlineData("public string Release() { if (_held == null) return \"still pending\"; _held.Dispose(); return \"released\"; }")]
        [InlineData("public void Release() { while (_held == null) Thread.Sleep(10); _held.Dispose(); }")]
        [InlineData("public void Release() { SpinWait.SpinUntil(() => _held != null); _held!.Dispose(); }")]
        [InlineData("public void Use() { if (_held == null) return; log.LogInformation(\"in use\"); }")]
        [InlineData("public bool IsReleased() => _held == null;")]
        [InlineData("public void Close() { if (_tasks.Count == 0) return; _tasks.Clear(); }")]
        [InlineData("public void Dispose() => _other?.Dispose();")]
        public Task Honest(string cleanup) => Verify.StaysSilent(Holder("public void Begin() { _ = TakeAsync(); }", cleanup));

        /// <summary>The outcome is looked at, or nothing is claimed.</summary>
        [Theory]
        [InlineData("public async Task StopAsync() { if (await Task.WhenAny(_pending!, Task.Delay(1000)) != _pending) throw new TimeoutException(); }")]
        [InlineData("public async Task StopAsync() { await Task.WhenAny(_pending!, Task.Delay(1000)); if (!_pending!.IsCompleted) log.LogError(\"not over\"); }")]
        [InlineData("public async Task StopAsync() { await Task.WhenAny(_pending!, Task.Delay(1000)); log.LogWarning(\"may be held later\"); }")]
        [InlineData("public async Task<bool> StopAsync() { var first = await Task.WhenAny(_pending!, Task.Delay(1000)); return first == _pending; }")]
        [InlineData("public bool Stop() => _pending!.Wait(1000);")]
        [InlineData("public void Stop() { if (!_pending!.Wait(1000)) throw new TimeoutException(); }")]
        [InlineData("public async Task StopAsync() { await _pending!.WaitAsync(TimeSpan.FromSeconds(1)); _held?.Dispose(); }")]
        [InlineData("public async Task StopAsync() { try { await _pending!.WaitAsync(TimeSpan.FromSeconds(1)); } catch (TimeoutException) { log.LogError(\"late\"); } }")]
        [InlineData("public void Dispose() { if (_pending!.IsCompleted) _held?.Dispose(); else _pending.ContinueWith(_ => _held?.Dispose()); }")]
        [InlineData("public async Task StopAsync() { if (!_pending!.IsCompleted) log.LogInformation(\"waiting\"); await _pending; }")]
        [InlineData("public void Stop() { _worker!.Join(1000); }")]
        [InlineData("public bool Stop() { if (Task.WaitAny(new[] { _pending! }, 1000) == -1) return false; _held?.Dispose(); return true; }")]
        [InlineData("public bool Stop() { if (Task.WaitAny(new[] { _pending! }, 1000) < 0) throw new TimeoutException(); _held?.Dispose(); return true; }")]
        [InlineData("public void Stop() { if (!_pending!.Wait(1000)) return; log.LogInformation(\"stopped\"); }")]
        [InlineData("public void Stop() { if (_pending!.Wait(1000)) log.LogInformation(\"stopped\"); }")]
        [InlineData("public void Stop() { if (_pending!.Wait(1000)) _held?.Dispose(); else log.LogInformation(\"left alone\"); log.LogInformation(\"done\"); }")]
        [InlineData("public async Task StopAsync() { if (await Task.WhenAny(_pending!, Task.Delay(1000)) == _pending) log.LogInformation(\"stopped\"); else log.LogError(\"late\"); }")]
        [InlineData("public void Stop() { _worker!.Join(1000); _worker = null; _closed = true; }")]
        [InlineData("public void Stop() { _worker!.Join(); log.LogInformation(\"stopped\"); }")]
        [InlineData("public void Stop() { _worker!.Join(1000); if (_worker.IsAlive) log.LogError(\"alive\"); log.LogInformation(\"stopped\"); }")]
        [InlineData("public async Task Run() { await Task.WhenAny(_other, Task.Delay(1000)); log.LogInformation(\"done\"); }")]
        public Task Outcome_looked_at(string cleanup) => Verify.StaysSilent(Holder("public void Begin() { _pending = TakeAsync(); _worker = new Thread(() => Console.Read()); }", cleanup));

        /// <summary>The failure is told, or nothing is claimed.</summary>
        [Theory]
        [InlineData("public bool Release() { try { _mutex.ReleaseMutex(); } catch { return false; } return true; }")]
        [InlineData("public bool Release() { try { _mutex.ReleaseMutex(); return true; } catch { } return false; }")]
        [InlineData("public bool Release() { try { _mutex.ReleaseMutex(); } catch (ApplicationException) { } return true; }")]
        [InlineData("public bool Release() { var ok = true; try { _mutex.ReleaseMutex(); } catch { ok = false; } return ok; }")]
        [InlineData("public bool Release() { try { _mutex.ReleaseMutex(); } catch (Exception e) { log.LogInformation(e, \"ended\"); } return true; }")]
        [InlineData("public void Dispose() { try { _mutex.Dispose(); } catch { } }")]
        [InlineData("public bool Stop() { try { Console.WriteLine(); } catch { } return true; }")]
        public Task Failure_told(string cleanup) => Verify.StaysSilent(Holder("", cleanup));

        [Fact]
        public Task What_is_no_lock() => Verify.StaysSilent(Usings + """
            public interface IConnection : IDisposable { }
            public interface IServer { Task<IConnection> ConnectAsync(); }

            public sealed class Client(IServer server) : IDisposable
            {
                private IConnection? _connection;
                private string? _text;

                public void Start() => _ = ConnectAsync();

                private async Task ConnectAsync()
                {
                    _text = await File.ReadAllTextAsync("greeting");
                    _connection = await server.ConnectAsync();
                }

                public void Dispose()
                {
                    if (_text == null)
                        return;
                    _connection?.Dispose();
                }
            }
            """);

        [Fact]
        public Task One_try_is_over_at_once() => Verify.StaysSilent(Holder("""
            public void Begin() { Task.Run(() => { if (_mutex.WaitOne(0)) _owns = true; }); }
            """, "public void Dispose() { if (_owns) _mutex.ReleaseMutex(); }"));

        [Fact]
        public Task Service_whose_base_is_stopped_first() => Verify.StaysSilent(Usings + """
            class Leader(IDistributedLock turn) : BackgroundService
            {
                private IDistributedSynchronizationHandle? _lease;

                protected override async Task ExecuteAsync(CancellationToken stop)
                {
                    _lease = await turn.AcquireAsync(cancellationToken: stop);
                    await Task.Delay(-1, stop);
                }

                public override async Task StopAsync(CancellationToken token)
                {
                    await base.StopAsync(token);
                    if (_lease is null)
                        return;
                    await _lease.DisposeAsync();
                }

                public override void Dispose()
                {
                    _lease?.Dispose();
                    base.Dispose();
                }
            }
            """);

        [Fact]
        public Task What_stands_before_the_first_await_has_run() => Verify.StaysSilent(Holder("""
            public void Begin() { _ = TakeAndWorkAsync(); }
            private async Task TakeAndWorkAsync() { _held = TurnLock.Acquire(path); await Task.Delay(1000); }
            """, "public void Dispose() => _held?.Dispose();"));
    }

    public sealed class Known
    {
        /// <summary>Another type begins the acquisition and lets go of it.</summary>
        [Fact]
        public Task FN_Begun_by_another_type() => Verify.StaysSilent(Holder("public async Task BeginAsync() { await TakeAsync(); }", """
            public void Dispose() => _held?.Dispose();
            }

            public static class Program
            {
                public static void Start(Holder holder) => _ = holder.BeginAsync();
            """));
    }
}
