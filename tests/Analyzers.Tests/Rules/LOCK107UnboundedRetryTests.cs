using LockAnalyzers.Analyzers.Tests.Verifiers;
using Microsoft.CodeAnalysis;
using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK107UnboundedRetryAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK107UnboundedRetryCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed partial class LOCK107UnboundedRetryTests
{
    private const string Usings = """
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.IO;
        using System.Runtime.InteropServices;
        using System.Threading;
        using System.Threading.Tasks;


        """;

    /// <summary>A class around members, with locks to try.</summary>
    private static string Depot(string members) => Usings + """
        interface IStore { bool TryTakeLock(); Task<bool> TryLockAsync(); IDisposable? TryAcquire(string name); ValueTask<IDisposable?> TryAcquireAsync(); bool Set(string key, string value); long Run(string command); IDisposable AcquireLock(); void Open(); }
        class StoreLockedException : Exception { }
        class Limiter { public Lease AttemptAcquire() => new(); public class Lease : IDisposable { public bool IsAcquired => false; public void Dispose() { } } }
        class Depot
        {
            private readonly object _sync = new();
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly ReaderWriterLockSlim _table = new();
            private readonly Mutex _mutex = new(false, @"Global\depot");
            private readonly ConcurrentDictionary<string, int> _locks = new();
            private bool _acquired;
            private void Log(string text) => Console.Error.WriteLine(text);
            private void Work() { }

        """ + members + "\n}\n";

    private static Task Reports(string members) => Verify.Reports(Depot(members));

    private static Task StaysSilent(string members) => Verify.StaysSilent(Depot(members));

    public sealed class Level
    {
        /// <summary>Who only yields between two tries expects the lock to be free in no time.</summary>
        [Theory]
        [InlineData("while (!Monitor.TryEnter(_sync)) Thread.Yield();", DiagnosticSeverity.Info)]
        [InlineData("while (!_gate.Wait(0)) { }", DiagnosticSeverity.Info)]
        [InlineData("var spin = new SpinWait(); while (!_table.TryEnterWriteLock(0)) spin.SpinOnce();", DiagnosticSeverity.Info)]
        [InlineData("while (!Monitor.TryEnter(_sync)) Thread.Sleep(1);", DiagnosticSeverity.Warning)]
        [InlineData("while (!Monitor.TryEnter(_sync, 100)) Thread.Yield();", DiagnosticSeverity.Warning)]
        [InlineData("while (!Monitor.TryEnter(_sync)) Log(\"in use\");", DiagnosticSeverity.Warning)]
        [InlineData("while (!_mutex.WaitOne(0)) Thread.Yield();", DiagnosticSeverity.Warning)]
        public async Task Of_a_spin(string loop, DiagnosticSeverity level) => Assert.Equal(level, Assert.Single(await AllRules.ReportsAsync("LOCK107", Depot($"void Enter() {{ {loop} }}"))).Severity);
    }

    public sealed class Reports_every_try
    {
        [Theory]
        [InlineData("!Monitor.TryEnter(_sync)")]
        [InlineData("!Monitor.TryEnter(_sync, 100)")]
        [InlineData("!Monitor.TryEnter(_sync, TimeSpan.FromMilliseconds(100))")]
        [InlineData("Monitor.TryEnter(_sync) == false")]
        [InlineData("Monitor.TryEnter(_sync) is false")]
        [InlineData("!(Monitor.TryEnter(_sync))")]
        [InlineData("!_gate.Wait(0)")]
        [InlineData("!_gate.Wait(200)")]
        [InlineData("!_gate.Wait(200, CancellationToken.None)")]
        [InlineData("!_table.TryEnterWriteLock(50)")]
        [InlineData("!_mutex.WaitOne(0)")]
        [InlineData("!_mutex.WaitOne(TimeSpan.FromSeconds(1))")]
        [InlineData("!store.TryTakeLock()")]
        [InlineData("store.TryAcquire(\"a\") == null")]
        [InlineData("store.TryAcquire(\"a\") is null")]
        [InlineData("store.TryAcquire(\"a\") is not { } held")]
        [InlineData("!_locks.TryAdd(\"a\", 0)")]
        [InlineData("!store.Set(\"lock:depot\", \"me\")")]
        [InlineData("store.Run(\"SELECT GET_LOCK('depot', 0)\") != 1")]
        [InlineData("File.Exists(\"/run/depot.lock\")")]
        [InlineData("Mutex.TryOpenExisting(\"depot\", out _)")]
        [InlineData("IsFileLocked(\"/run/depot\")")]
        [InlineData("!store.Set(lockKey, \"me\")")]
        [InlineData("!Claim(\"/run/depot\", out _)")]
        [InlineData("Grab(\"/run/depot\") is null")]
        public Task In_a_condition(string condition) => Reports($$"""
                static bool IsFileLocked(string path) => false;
                static bool Claim(string path, out FileStream? held)
                {
                    try { held = File.Open(path, FileMode.OpenOrCreate); return true; }
                    catch (IOException) { held = null; return false; }
                }

                static FileStream? Grab(string path)
                {
                    try { return File.Open(path, FileMode.OpenOrCreate); }
                    catch (IOException) { return null; }
                }

                void Hold(IStore store)
                {
                    const string lockKey = "depot";
                    [|while ({{condition}})|]
                    {
                        Thread.Sleep(10);
                    }

                    Work();
                }
            """);

        [Theory]
        [InlineData("while (true)", "if (_gate.Wait(100)) break; Log(\"busy\");")]
        [InlineData("for (; ; )", "if (_gate.Wait(100)) return; Log(\"busy\");")]
        [InlineData("while (true)", "if (!_gate.Wait(100)) { Log(\"busy\"); continue; } break;")]
        [InlineData("while (true)", "var isMine = _gate.Wait(100); if (isMine) break; Log(\"busy\");")]
        [InlineData("while (!_acquired)", "_acquired = _gate.Wait(100);")]
        [InlineData("while (!_acquired)", "if (_gate.Wait(100)) _acquired = true; else Thread.Sleep(10);")]
        [InlineData("while (true)", "var held = false; Monitor.TryEnter(_sync, ref held); if (held) break; Thread.Sleep(10);")]
        [InlineData("while (true)", "switch (_gate.Wait(0)) { case true: return; default: Thread.Sleep(1); break; }")]
        [InlineData("while (true)", "try { if (_gate.Wait(100)) return; } finally { Log(\"tried\"); }")]
        [InlineData("for (var turn = 0; ; turn++)", "if (_gate.Wait(100)) return; if (turn % 10 == 0) Log($\"still waiting, {turn}\");")]
        [InlineData("while (true)", "if (_gate.Wait(pause)) return; pause = Math.Min(pause * 2, 1000);")]
        [InlineData("while (true)", "if (_gate.Wait(0)) return; Thread.Sleep(pause); if (pause < 1000) pause *= 2;")]
        [InlineData("while (true)", "var lease = limiter.AttemptAcquire(); if (lease.IsAcquired) return; lease.Dispose(); Thread.Sleep(10);")]
        [InlineData("while (true)", "var mine = new Mutex(true, \"depot\", out var created); if (created) return; mine.Dispose(); Thread.Sleep(10);")]
        [InlineData("while (true)", "if (store.TryAcquire(\"a\") is { } held) { held.Dispose(); return; } Thread.Sleep(10);")]
        [InlineData("while (true)", "var held = store.TryAcquire(\"a\"); if (held != null) { held.Dispose(); return; } Thread.Sleep(10);")]
        [InlineData("while (true)", "if (flock(3, 2 | 4) == 0) return; Thread.Sleep(10);")]
        [InlineData("while (true)", "var result = flock(3, 2 | 4); if (result != -1) break; Thread.Sleep(10);")]
        [InlineData("while (flock(3, 6) < 0)", "Thread.Sleep(10);")]
        [InlineData("while (true)", "if (store.Run(\"insert into locks values (1)\") == 1L) break; Thread.Sleep(10);")]
        [InlineData("while (true)", "try { store.AcquireLock(); return; } catch (StoreLockedException) { Thread.Sleep(10); }")]
        [InlineData("while (true)", "try { store.Open(); return; } catch (StoreLockedException) { Thread.Sleep(10); }")]
        [InlineData("while (true)", "try { store.AcquireLock(); return; } catch (Exception problem) { Log(problem.Message); Thread.Sleep(10); }")]
        public Task In_a_body(string loop, string body) => Reports($$"""
                [DllImport("libc")] static extern int flock(int fd, int operation);
                void Hold(IStore store, Limiter limiter)
                {
                    var pause = 1;
                    [|{{loop}}|]
                    {
                        {{body}}
                    }
                }
            """);

        [Theory]
        [InlineData("while (!await _gate.WaitAsync(100))", "Log(\"busy\");")]
        [InlineData("while (!await _gate.WaitAsync(100).ConfigureAwait(false))", "")]
        [InlineData("while (!await store.TryLockAsync())", "await Task.Delay(100);")]
        [InlineData("while (true)", "if (await store.TryLockAsync()) break; await Task.Delay(100);")]
        [InlineData("while (true)", "if (await store.TryAcquireAsync() is { } held) return; await Task.Delay(100);")]
        [InlineData("while (await timer.WaitForNextTickAsync())", "if (await store.TryLockAsync()) break;")]
        [InlineData("while (!(bool)(await command.ExecuteScalarAsync())!)", "await Task.Delay(100);")]
        [InlineData("while (true)", "var held = await store.TryAcquireAsync(); if (held is not null) return; await Task.Delay(100, default);")]
        [InlineData("while (!store.TryLockAsync().GetAwaiter().GetResult())", "Task.Delay(100).Wait();")]
        [InlineData("while (!store.TryLockAsync().Result)", "Task.Delay(100, CancellationToken.None).Wait();")]
        public Task That_is_awaited(string loop, string body) => Reports($$"""
                async Task Hold(IStore store, System.Data.Common.DbCommand command)
                {
                    using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
                    command.CommandText = "SELECT pg_try_advisory_lock(42)";
                    [|{{loop}}|]
                    {
                        {{body}}
                    }
                }
            """);

        [Fact]
        public Task By_do() => Reports("""
                void Hold()
                {
                    bool held;
                    [|do|]
                    {
                        held = _gate.Wait(100);
                    }
                    while (!held);
                }
            """);

        [Fact]
        public Task By_goto() => Reports("""
                void Hold()
                {
                again:
                    if (!_gate.Wait(100))
                    {
                        Log("busy");
                        [|goto again;|]
                    }

                    Work();
                }
            """);

        [Fact]
        public Task By_calling_itself() => Reports("""
                void Hold()
                {
                    if (_gate.Wait(100))
                        return;
                    [|Hold()|];
                }

                async Task HoldAsync(IStore store, int turn)
                {
                    if (await store.TryLockAsync())
                        return;
                    Log($"still waiting, {turn}");
                    await Task.Delay(10);
                    await [|HoldAsync(store, turn + 1)|];
                }
            """);

        [Fact]
        public Task By_calling_itself_later() => Reports("""
                Task Hold(IStore store)
                {
                    if (store.TryTakeLock())
                        return Task.CompletedTask;
                    return Task.Delay(10).ContinueWith(_ => [|Hold(store)|]).Unwrap();
                }
            """);

        [Fact]
        public Task Two_tries_in_one_loop_are_one_place() => Reports("""
                void Hold()
                {
                    [|while (true)|]
                    {
                        if (_gate.Wait(0))
                            return;
                        if (_gate.Wait(10))
                            return;
                    }
                }
            """);

        [Fact]
        public Task The_inner_loop_where_both_are_endless() => Reports("""
                void Serve()
                {
                    while (true)
                    {
                        [|while (!Monitor.TryEnter(_sync))|]
                            Thread.Sleep(1);
                        try { Work(); }
                        finally { Monitor.Exit(_sync); }
                    }
                }
            """);

        [Fact]
        public Task A_member_that_is_there_to_wait_for_a_lock() => Reports("""
                long AcquireMigrationLock(IStore store)
                {
                    var pause = TimeSpan.FromSeconds(1);
                    [|while (true)|]
                    {
                        var inserted = store.Run("insert");
                        if (inserted == 1)
                            return inserted;
                        Thread.Sleep(pause);
                        if (pause < TimeSpan.FromMinutes(1))
                            pause = pause.Add(pause);
                    }
                }
            """);

        [Fact]
        public Task With_a_limit_on_one_branch_only() => Reports("""
                bool Hold(bool patient)
                {
                    var left = 10;
                    [|while (true)|]
                    {
                        if (_gate.Wait(100))
                            return true;
                        if (!patient && --left == 0)
                            return false;
                    }
                }
            """);

        [Fact]
        public Task In_a_program() => Verify.ReportsProgram("""
            using System.Threading;

            var mutex = new Mutex(false, "Global\\depot");
            [|while (!mutex.WaitOne(1000))|]
                System.Console.WriteLine("another one is running");
            """);
    }

    public sealed class Silent_where_there_is_a_limit
    {
        [Theory]
        [InlineData("for (var i = 0; i < 10; i++)", "if (_gate.Wait(100)) return true;")]
        [InlineData("while (left-- > 0)", "if (_gate.Wait(100)) return true;")]
        [InlineData("while (!_gate.Wait(100) && left-- > 0)", "Log(\"busy\");")]
        [InlineData("while (watch.Elapsed < limit && !_gate.Wait(100))", "Log(\"busy\");")]
        [InlineData("while (!_gate.Wait(100))", "if (watch.Elapsed > limit) return false;")]
        [InlineData("while (!_gate.Wait(100))", "if (watch.Elapsed > limit) throw new TimeoutException();")]
        [InlineData("while (!_gate.Wait(100))", "if (Stopwatch.GetElapsedTime(started) > limit) return false;")]
        [InlineData("while (!_gate.Wait(100))", "if (DateTime.UtcNow >= until) return false;")]
        [InlineData("while (!_gate.Wait(100))", "if (Environment.TickCount64 - start > 1000) return false;")]
        [InlineData("while (!_gate.Wait(100, token))", "Log(\"busy\");")]
        [InlineData("while (!_gate.Wait(100))", "token.ThrowIfCancellationRequested();")]
        [InlineData("while (!_gate.Wait(0))", "await Task.Delay(100, token);")]
        [InlineData("while (!_gate.Wait(0))", "if (token.WaitHandle.WaitOne(100)) return false;")]
        [InlineData("while (!_gate.Wait(100) && !token.IsCancellationRequested)", "")]
        [InlineData("while (!_gate.Wait(100))", "if (_stopping) return false;")]
        [InlineData("while (!_stopping && !_gate.Wait(100))", "")]
        [InlineData("while (!_gate.Wait(0))", "if (_stop.WaitOne(100)) return false;")]
        [InlineData("foreach (var pause in new[] { 10, 20, 40 })", "if (_gate.Wait(pause)) return true;")]
        [InlineData("while (!_gate.Wait(limit - watch.Elapsed))", "if (_acquired) Log(\"busy\");")]
        [InlineData("while (!_gate.Wait(0))", "ThrowIfExpired(); Thread.Sleep(10);")]
        [InlineData("while (!_gate.Wait(0))", "if (++left > 100) Environment.FailFast(\"stuck\"); Thread.Sleep(10);")]
        public Task Of_any_kind(string loop, string body) => StaysSilent($$"""
                private volatile bool _stopping;
                private readonly ManualResetEvent _stop = new(false);
                private void ThrowIfExpired() { }
                public void Stop() => _stopping = true;
                async Task<bool> Hold(CancellationToken token)
                {
                    var left = 10;
                    var watch = Stopwatch.StartNew();
                    var started = Stopwatch.GetTimestamp();
                    var limit = TimeSpan.FromSeconds(10);
                    var until = DateTime.UtcNow + limit;
                    var start = Environment.TickCount64;
                    {{loop}}
                    {
                        {{body}}
                    }

                    await Task.Yield();
                    return true;
                }
            """);

        [Fact]
        public Task Counted_in_a_recursion() => StaysSilent("""
                bool Hold(int left)
                {
                    if (_gate.Wait(100))
                        return true;
                    if (left == 0)
                        return false;
                    return Hold(left - 1);
                }

                async Task<bool> HoldAsync(CancellationToken token)
                {
                    if (await _gate.WaitAsync(100, token))
                        return true;
                    return await HoldAsync(token);
                }
            """);

        [Fact]
        public Task By_the_Runtime() => StaysSilent("""
                IDisposable AcquireLock(IStore store)
                {
                    while (true)
                    {
                        var held = LockAnalyzers.Runtime.BoundedRetry.Acquire(() => store.TryAcquire("a"));
                        if (held is not null)
                            return held;
                        Thread.Sleep(10);
                    }
                }
            """);
    }

    public sealed class Silent_where_it_is_no_retry
    {
        [Theory]
        [InlineData("while (!_stop.WaitOne(1000))", "Work();")]
        [InlineData("while (true)", "if (_gate.Wait(1000)) { Work(); _gate.Release(); }")]
        [InlineData("while (true)", "if (!_gate.Wait(1000)) continue; try { Work(); } finally { _gate.Release(); }")]
        [InlineData("while (true)", "if (!_gate.Wait(1000)) return; try { Work(); } finally { _gate.Release(); }")]
        [InlineData("while (true)", "if (queue.TryTake(out var item)) return; Thread.Sleep(10);")]
        [InlineData("while (!queue.TryTake(out _, 1000))", "Log(\"idle\");")]
        [InlineData("while (true)", "var name = Console.ReadLine()!; if (store.TryAcquire(name) is { } held) return; Log(\"in use\"); Thread.Sleep(10);")]
        [InlineData("foreach (var name in names)", "if (store.TryAcquire(name) is { } held) return; Thread.Sleep(10);")]
        [InlineData("while (!File.Exists(\"/run/depot.ready\"))", "Thread.Sleep(10);")]
        [InlineData("while (Interlocked.CompareExchange(ref _busy, 1, 0) != 0)", "Thread.Yield();")]
        [InlineData("while (Volatile.Read(ref _busy) != 0)", "spin.SpinOnce();")]
        [InlineData("while (!_connected)", "Thread.Sleep(10);")]
        [InlineData("while (true)", "try { client.Send(); return; } catch (HttpProblem) { Thread.Sleep(10); }")]
        [InlineData("while (true)", "Thread.Sleep(1000); if (!store.Set(\"lease\", \"renewed\")) throw new InvalidOperationException();")]
        [InlineData("while (true)", "if (!client.RenewLock()) break; Thread.Sleep(1000);")]
        [InlineData("while (!client.ReleaseLock(lockKey))", "Thread.Sleep(1000);")]
        [InlineData("while (store.TryTakeLock())", "Work();")]
        public Task But_work(string loop, string body) => StaysSilent($$"""
                private readonly ManualResetEvent _stop = new(false);
                private int _busy;
                private bool _connected;
                class HttpProblem : Exception { }
                interface IClient { void Send(); bool RenewLock(); bool ReleaseLock(string key); }
                void Serve(IStore store, IClient client, BlockingCollection<int> queue, string[] names)
                {
                    var spin = new SpinWait();
                    const string lockKey = "depot";
                    {{loop}}
                    {
                        {{body}}
                    }
                }

                void Connected() => _connected = true;
            """);

        [Fact]
        public Task A_single_try() => StaysSilent("""
                bool Hold(IStore store) => _gate.Wait(100) && store.TryTakeLock() && Monitor.TryEnter(_sync);
            """);
    }
}
