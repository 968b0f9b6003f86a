using LockAnalyzers.Analyzers.Tests.Verifiers;
using Microsoft.CodeAnalysis;
using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK104InProcessWaitAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK104InProcessWaitCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed class LOCK104InProcessWaitTests
{
    private static string In(string member) => $$"""
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.IO;
        using System.Threading;
        using System.Threading.Tasks;
        using LockAnalyzers.Runtime;

        sealed class Kiln
        {
            private readonly SemaphoreSlim _door = new(1);
            private readonly object _sync = new();
            private readonly ReaderWriterLockSlim _log = new();
            private readonly Dictionary<string, int> _fired = new();
            private readonly AutoResetEvent _bell = new(false);
            private readonly BlockingCollection<string> _orders = new();
            private volatile bool _closed;

        {{member}}
        }
        """;

    public sealed class Reports
    {
        [Theory]
        [InlineData("[|_door.Wait()|];")]
        [InlineData("[|_bell.WaitOne()|];")]
        [InlineData("[|Monitor.Enter(_sync)|];")]
        [InlineData("[|_log.EnterWriteLock()|];")]
        [InlineData("[|_orders.Take()|];")]
        [InlineData("[|WaitHandle.WaitAny(new WaitHandle[] { _bell, _door.AvailableWaitHandle })|];")]
        [InlineData("[|SpinWait.SpinUntil(() => _fired.Count > 0)|];")]
        [InlineData("[|Task.WaitAll(Task.Delay(-1))|];")]
        [InlineData("[|new Mutex().WaitOne()|];")]
        [InlineData("_bell?[|.WaitOne()|];")]
        public Task A_wait_that_nothing_ends(string wait) => Verify.Reports(In($"void Fire() {{ {wait} }}"));

        [Fact]
        public Task A_helper_that_hands_the_lock_out() => Verify.Reports(In("async Task<IDisposable> LockAsync() { await [|_door.WaitAsync()|]; return _door; }"));

        [Theory]
        [InlineData("File.AppendAllText(\"log\", \"x\");")]
        [InlineData("work();")]
        [InlineData("_bell.WaitOne(500);")]
        [InlineData("lock (_fired) { }")]
        public Task A_lock_held_over_what_may_be_slow(string inside) => Verify.Reports(In(
            $"void Fire(Action work) {{ [|_log.EnterWriteLock()|]; try {{ {inside} }} finally {{ _log.ExitWriteLock(); }} }}"));

        [Fact]
        public Task An_event_that_an_exception_leaves_unset() => Verify.Reports(In("""
            void Fire(Action work)
            {
                var done = new ManualResetEvent(false);
                ThreadPool.QueueUserWorkItem(_ => { work(); done.Set(); });
                [|done.WaitOne()|];
            }
            """));
    }

    public sealed class Level
    {
        [Theory]
        [InlineData("_door.Wait();", DiagnosticSeverity.Info)]
        [InlineData("_door.Wait(-1);", DiagnosticSeverity.Warning)]
        [InlineData("_door.Wait(CancellationToken.None);", DiagnosticSeverity.Warning)]
        [InlineData("if (!Monitor.TryEnter(_sync, Timeout.Infinite)) return; try { _fired.Clear(); } finally { Monitor.Exit(_sync); }", DiagnosticSeverity.Warning)]
        [InlineData("_bell.WaitOne(-1);", DiagnosticSeverity.Info)]
        [InlineData("_ = _door.WaitAsync(CancellationToken.None);", DiagnosticSeverity.Info)] // Blocks no thread.
        [InlineData("Open(); void Open() => Take(-1); void Take(int limit) => _door.Wait(limit);", DiagnosticSeverity.Warning)]
        public async Task A_lock_whose_limit_is_switched_off_is_a_warning(string wait, DiagnosticSeverity level) =>
            Assert.Equal(level, Assert.Single(await AllRules.ReportsAsync("LOCK104", In($"void Fire() {{ {wait} }}"))).Severity);
    }

    public sealed class Overloads
    {
        /// <summary>Who has no use for it calls the other.</summary>
        [Fact]
        public async Task That_leave_the_limit_out_are_at_info() =>
            Assert.Equal(DiagnosticSeverity.Info, Assert.Single(await AllRules.ReportsAsync("LOCK104", In("bool Open() => Open(Timeout.Infinite); bool Open(int limit) => _door.Wait(limit);"))).Severity);
    }

    public sealed class Silent
    {
        [Theory]
        [InlineData("_door.Wait(100);")]
        [InlineData("_door.Wait(0);")]
        [InlineData("lock (_sync) _fired.Clear();")]
        [InlineData("Monitor.Enter(_sync); try { _fired[\"a\"] = 1; } finally { Monitor.Exit(_sync); }")]
        [InlineData("_log.EnterReadLock(); try { _fired.TryGetValue(\"a\", out _); } finally { _log.ExitReadLock(); }")]
        [InlineData("_log.TryEnterReadLock(-1); try { _fired.TryGetValue(\"a\", out _); } finally { _log.ExitReadLock(); }")]
        [InlineData("Monitor.Exit(_sync); try { Console.Write(1); } finally { Monitor.Enter(_sync); }")]
        [InlineData("_ = Console.ReadLine();")]
        [InlineData("_ = Task.FromResult(1).Result;")]
        public Task Bounded_short_or_not_ours(string code) => Verify.StaysSilent(In($"void Fire() {{ {code} }}"));

        [Fact]
        public Task The_idle_wait_of_a_loop_that_can_be_stopped() => Verify.StaysSilent(In("""
            void Loop() { while (!_closed) { _bell.WaitOne(); _fired.Clear(); } }
            void Close() { _closed = true; _bell.Set(); }
            """));

        [Fact]
        public Task A_token_at_hand_is_LOCK109s() => Verify.StaysSilent(In("void Fire(CancellationToken stop) => _door.Wait(stop.CanBeCanceled ? default : CancellationToken.None);"));

        [Fact]
        public Task The_join_of_what_was_forked_here() => Verify.StaysSilent(In("""
            void Fire(Action work)
            {
                var done = new ManualResetEvent(false);
                ThreadPool.QueueUserWorkItem(_ => { try { work(); } finally { done.Set(); } });
                done.WaitOne();
                var worker = new Thread(() => work());
                worker.Start();
                worker.Join();
            }
            """));

        [Fact]
        public Task A_token_that_sets_the_event() => Verify.StaysSilent(In("void Fire(CancellationToken stop) { using (stop.Register(() => _bell.Set())) _bell.WaitOne(); }"));
    }

    public sealed class Fix
    {
        [Fact]
        public Task By_the_runtime() => Verify.Fixes(
            In("void Fire() {\n        [|_door.Wait()|]; // ours now\n        [|Monitor.Enter(_sync)|];\n    }\n    async Task FireAsync() => await [|_door.WaitAsync()|].ConfigureAwait(false);"),
            In("void Fire() {\n        BoundedWait.For(_door.Wait); // ours now\n        BoundedWait.For(time => Monitor.TryEnter(_sync, time));\n    }\n    async Task FireAsync() => await BoundedWait.ForAsync(_door.WaitAsync).ConfigureAwait(false);"),
            LockAnalyzers.CodeFixes.Rules.LOCK104InProcessWaitCodeFix.RuntimeKey);

        [Fact]
        public Task An_answer_that_is_thrown_away_leaves_nothing_behind() => Verify.Fixes(
            In("void Fire() {\n        _ = [|_bell.WaitOne()|]; // rung\n    }\n    void Light() => _ = [|_bell.WaitOne(-1)|];"),
            In("void Fire() {\n        BoundedWait.For(_bell.WaitOne); // rung\n    }\n    void Light() => BoundedWait.For(_bell.WaitOne);"),
            LockAnalyzers.CodeFixes.Rules.LOCK104InProcessWaitCodeFix.RuntimeKey);

        [Fact]
        public Task A_task_that_is_thrown_away_stays_so() => Verify.Fixes(
            In("void Fire() {\n        _ = [|_door.WaitAsync(-1)|];\n    }"),
            In("void Fire() {\n        _ = BoundedWait.TryForAsync(_door.WaitAsync);\n    }"),
            LockAnalyzers.CodeFixes.Rules.LOCK104InProcessWaitCodeFix.RuntimeKey);

        [Fact]
        public Task By_its_own_time_out() => Verify.Fixes(
            In("void Fire()\n    {\n        [|_log.EnterReadLock()|];\n    }"),
            In("void Fire()\n    {\n        if (!_log.TryEnterReadLock(TimeSpan.FromSeconds(10)))\n            throw new TimeoutException();\n    }"),
            LockAnalyzers.CodeFixes.Rules.LOCK104InProcessWaitCodeFix.TimeoutKey);
    }

    public sealed class Known
    {
        [Fact]
        public Task FP_a_slow_name_that_is_quick() => Verify.Reports(In(
            "void Fire(FileStream log) { [|_log.EnterWriteLock()|]; try { _ = log.Name; _ = File.Exists(\"a\"); } finally { _log.ExitWriteLock(); } }"));

        [Fact]
        public Task FN_a_section_that_calls_what_is_slow_in_another_method() => Verify.StaysSilent(In(
            "void Fire() { _log.EnterWriteLock(); try { Write(); } finally { _log.ExitWriteLock(); } } void Write() => File.AppendAllText(\"log\", \"x\");"));
    }
}
