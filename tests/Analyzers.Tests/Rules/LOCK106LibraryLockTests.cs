using LockAnalyzers.Analyzers.Tests.Verifiers;
using LockAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK106LibraryLockAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK106LibraryLockCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed class LOCK106LibraryLockTests
{
    /// <summary>Locks that other processes hold: DistributedLock.</summary>
    private static string Shared(string member) => $$"""
        using System;
        using System.Collections.Generic;
        using System.Data;
        using System.Threading;
        using System.Threading.Tasks;
        using Medallion.Threading;
        using Medallion.Threading.Postgres;
        using Medallion.Threading.Redis;

        sealed class Payroll(
            IDistributedLock ledger, IDistributedReaderWriterLock rates, IDistributedUpgradeableReaderWriterLock plan, IDistributedSemaphore tills,
            IDistributedLockProvider locks, IDistributedReaderWriterLockProvider doors, PostgresDistributedLock row, RedisDistributedSemaphore seats)
        {
            private static readonly TimeSpan? Patience = null;

        {{member}}

            static Task PayAsync() => Task.CompletedTask;
        }
        """;

    /// <summary>Locks of this process.</summary>
    private static string Own(string member) => $$"""
        using System;
        using System.Threading;
        using System.Threading.Tasks;

        sealed class Press(
            Nito.AsyncEx.AsyncLock gate, Nito.AsyncEx.AsyncReaderWriterLock pages, Microsoft.VisualStudio.Threading.AsyncSemaphore tray,
            Microsoft.VisualStudio.Threading.ReentrantSemaphore again, DotNext.Threading.AsyncExclusiveLock drum, NeoSmart.AsyncLock.AsyncLock nip)
        {
        {{member}}

            static Task PrintAsync(CancellationToken token = default) => Task.CompletedTask;
        }
        """;

    public sealed class Reports
    {
        [Theory]
        [InlineData("ledger.Acquire()")]
        [InlineData("ledger.Acquire(null)")]
        [InlineData("ledger.Acquire(timeout: Patience)")]
        [InlineData("ledger.Acquire(cancellationToken: default)")]
        [InlineData("ledger.TryAcquire(Timeout.InfiniteTimeSpan)")]
        [InlineData("rates.AcquireReadLock()")]
        [InlineData("rates.AcquireWriteLock(Timeout.InfiniteTimeSpan)")]
        [InlineData("plan.AcquireReadLock()")]
        [InlineData("plan.AcquireUpgradeableReadLock()")]
        [InlineData("tills.Acquire()")]
        [InlineData("locks.AcquireLock(\"pay\")")]
        [InlineData("locks.AcquireAllLocks(new List<string>())")]
        [InlineData("doors.AcquireWriteLock(\"pay\", cancellationToken: CancellationToken.None)")]
        [InlineData("locks.CreateLock(\"pay\").Acquire()")]
        [InlineData("row.Acquire()")]
        [InlineData("seats.Acquire()")]
        public Task A_lock_that_another_process_can_hold(string acquire) =>
            Verify.Reports(Shared($"void Pay() {{ using var held = [|{acquire}|]; }}"));

        [Theory]
        [InlineData("ledger.AcquireAsync()")]
        [InlineData("ledger.TryAcquireAsync(TimeSpan.FromMilliseconds(-1))")]
        [InlineData("plan.AcquireUpgradeableReadLockAsync(null, CancellationToken.None)")]
        [InlineData("locks.AcquireLockAsync(\"pay\")")]
        [InlineData("row.AcquireAsync()")]
        [InlineData("seats.AcquireAsync(Timeout.InfiniteTimeSpan)")]
        public Task The_same_asynchronously(string acquire) =>
            Verify.Reports(Shared($"async Task Pay() {{ await using var held = await [|{acquire}|]; }}"));

        [Fact]
        public Task An_upgrade_and_a_lock_within_a_transaction() =>
            Verify.Reports(Shared("""
                async Task Pay(IDistributedLockUpgradeableHandle held, IDbTransaction work)
                {
                    await [|held.UpgradeToWriteLockAsync()|];
                    [|PostgresDistributedLock.AcquireWithTransaction(new PostgresAdvisoryLockKey(7), work)|];
                }
                """));

        [Fact]
        public Task Through_a_type_parameter_and_a_class_of_ones_own() =>
            Verify.Reports(Shared("""
                static void Pay<T>(T any, Vault vault) where T : IDistributedLock { using var one = [|any.Acquire()|]; using var two = [|vault.Acquire()|]; }

                sealed class Vault : IDistributedLock
                {
                    public string Name => "vault";
                    public IDistributedSynchronizationHandle Acquire(TimeSpan? timeout = null, CancellationToken cancellationToken = default) => throw null!;
                    public IDistributedSynchronizationHandle? TryAcquire(TimeSpan timeout = default, CancellationToken cancellationToken = default) => null;
                    public ValueTask<IDistributedSynchronizationHandle> AcquireAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default) => throw null!;
                    public ValueTask<IDistributedSynchronizationHandle?> TryAcquireAsync(TimeSpan timeout = default, CancellationToken cancellationToken = default) => throw null!;
                }
                """));

        [Fact]
        public Task Behind_a_question_mark_in_a_lambda_and_in_cleanup() =>
            Verify.Reports(Shared("""
                void Pay(IDistributedLock? maybe) { using var held = maybe?[|.Acquire()|]; Task.Run(() => [|ledger.Acquire()|]); }
                async ValueTask StopAsync(CancellationToken stop) { await using var last = await [|ledger.AcquireAsync()|]; }
                """));

        [Theory]
        [InlineData("using (gate.Lock()) then();")]
        [InlineData("using (gate.Lock()) System.IO.File.Delete(\"page\");")]
        [InlineData("using (gate.Lock()) next.Dispose();")]
        [InlineData("using (await gate.LockAsync()) await PrintAsync();")]
        [InlineData("var held = gate.Lock(); held.Dispose();")]
        public Task A_section_of_this_process_that_may_take_long(string body) =>
            Verify.Reports(Own($"async Task Print(Action then, IDisposable next) {{ {body} await PrintAsync(); }}"
                .Replace("gate.LockAsync()", "[|gate.LockAsync()|]").Replace("gate.Lock()", "[|gate.Lock()|]")));

        [Fact]
        public Task A_cross_process_mutex() =>
            Verify.Reports(Own("async Task Print() { using (await [|new Microsoft.VisualStudio.Threading.AsyncCrossProcessMutex(\"press\").EnterAsync()|]) await PrintAsync(); }"));

        [Theory]
        [InlineData("using (await [|gate.LockAsync()|]) await PrintAsync(stop);")]
        [InlineData("using ([|gate.Lock()|]) await PrintAsync(stop);")]
        [InlineData("using (await [|gate.LockAsync(CancellationToken.None)|].ConfigureAwait(false)) await PrintAsync(stop);")]
        [InlineData("using (await [|pages.WriterLockAsync()|]) await PrintAsync(stop);")]
        [InlineData("using (await [|tray.EnterAsync()|]) await PrintAsync(stop);")]
        [InlineData("using (await [|tray.EnterAsync(Timeout.InfiniteTimeSpan)|]) await PrintAsync(stop);")]
        [InlineData("await [|again.ExecuteAsync(() => PrintAsync(stop))|];")]
        [InlineData("await [|drum.AcquireAsync()|]; await PrintAsync(stop);")]
        [InlineData("using (await [|nip.LockAsync()|]) await PrintAsync(stop);")]
        public Task A_lock_of_this_process_beside_a_token(string body) =>
            Verify.Reports(Own($"async Task Print(CancellationToken stop) {{ {body} }}"));
    }

    public sealed class Levels
    {
        [Theory]
        [InlineData("async Task Print(CancellationToken stop) { using (await gate.LockAsync()) await PrintAsync(stop); }", DiagnosticSeverity.Warning)]
        [InlineData("async Task Print() { using (await gate.LockAsync()) await PrintAsync(); }", DiagnosticSeverity.Info)]
        [InlineData("async Task Print() { using (await new Microsoft.VisualStudio.Threading.AsyncCrossProcessMutex(\"press\").EnterAsync()) await PrintAsync(); }", DiagnosticSeverity.Warning)]
        public async Task A_lock_of_this_process_warns_only_where_a_token_is_forgotten(string member, DiagnosticSeverity level)
        {
            var report = Assert.Single(await AllRules.RunAsync(AllRules.Compile(Own(member))));
            Assert.Equal((LOCK106LibraryLockAnalyzer.Id, level), (report.Id, report.Severity));
        }
    }

    public sealed class Silent
    {
        [Theory]
        [InlineData("ledger.Acquire(TimeSpan.FromSeconds(5))")]
        [InlineData("ledger.Acquire(cancellationToken: stop)")]
        [InlineData("ledger.Acquire(null, stop)")]
        [InlineData("ledger.Acquire(patience)")]
        [InlineData("ledger.TryAcquire()")]
        [InlineData("ledger.TryAcquire(TimeSpan.Zero)")]
        [InlineData("ledger.TryAcquire(cancellationToken: stop)")]
        [InlineData("row.TryAcquire()")]
        [InlineData("locks.TryAcquireLock(\"pay\")")]
        public Task Something_bounds_it_or_it_is_a_try(string acquire) =>
            Verify.StaysSilent(Shared($"void Pay(TimeSpan patience, CancellationToken stop) {{ using var held = {acquire}; }}"));

        [Theory]
        [InlineData("using (await gate.LockAsync(stop)) await PrintAsync();")]
        [InlineData("using (await tray.EnterAsync(50)) await PrintAsync();")]
        [InlineData("if (drum.TryAcquire()) await PrintAsync();")]
        [InlineData("if (await drum.TryAcquireAsync(TimeSpan.FromSeconds(1))) await PrintAsync();")]
        [InlineData("await nip.TryLockAsync(() => PrintAsync(), TimeSpan.FromSeconds(1));")]
        public Task A_lock_of_this_process_that_something_bounds(string body) =>
            Verify.StaysSilent(Own($"async Task Print(CancellationToken stop) {{ {body} }}"));

        [Fact]
        public Task A_redlock_tries_once_or_for_the_time_it_is_told() =>
            Verify.StaysSilent("""
                using System;
                using System.Threading.Tasks;
                using RedLockNet;

                sealed class Payroll(IDistributedLockFactory locks)
                {
                    async Task<bool> Pay(TimeSpan wait)
                    {
                        await using var once = await locks.CreateLockAsync("pay", TimeSpan.FromSeconds(30));
                        await using var held = await locks.CreateLockAsync("pay", TimeSpan.FromSeconds(30), wait, TimeSpan.FromSeconds(1));
                        return once.IsAcquired && held.IsAcquired;
                    }
                }
                """);

        [Theory]
        [InlineData("using (gate.Lock()) _pages++;")]
        [InlineData("using (await gate.LockAsync()) { _pages = Math.Max(_pages, 1); _names.Add(\"a\"); System.Threading.Interlocked.Increment(ref _pages); }")]
        [InlineData("using var held = await gate.LockAsync(); _pages++;")]
        public Task A_short_section_of_this_process(string body) =>
            Verify.StaysSilent(Own($$"""
                private int _pages;
                private readonly System.Collections.Generic.IList<string> _names = [];

                async Task Print()
                {
                    await PrintAsync();
                    {{body}}
                }
            """));

        [Fact]
        public Task Cleanup_that_takes_a_lock_of_this_process() =>
            Verify.StaysSilent(Own("async Task StopAsync(CancellationToken stop) { using (await gate.LockAsync()) await PrintAsync(stop); }"));

        [Fact]
        public Task A_signal_a_queue_and_a_lock_that_only_sounds_alike() =>
            Verify.StaysSilent("""
                using System.Threading.Tasks;

                sealed class Pool { public Page Acquire() => new(); public Task<Page> LockAsync() => Task.FromResult(new Page()); }
                sealed class Page;

                sealed class Press(Pool pool, Nito.AsyncEx.AsyncManualResetEvent ready, Nito.AsyncEx.AsyncCollection<Page> queue)
                {
                    async Task Print() { await ready.WaitAsync(); var page = await queue.TakeAsync(); pool.Acquire(); await pool.LockAsync(); }
                }
                """);
    }

    public sealed class Fix
    {
        [Fact]
        public Task A_time_out_and_the_token_at_hand() =>
            Verify.Fixes(
                Shared("""
                    async Task Pay(CancellationToken stop)
                    {
                        await using var held = await [|ledger.AcquireAsync()|]; // one payroll at a time
                        await using var row2 = await [|row.AcquireAsync(null)|].ConfigureAwait(false);
                        await using var door = await [|doors.AcquireReadLockAsync( /* east */ "door")|];
                        await using var tried = await [|ledger.TryAcquireAsync(Timeout.InfiniteTimeSpan, default)|];
                    }
                """),
                Shared("""
                    async Task Pay(CancellationToken stop)
                    {
                        await using var held = await ledger.AcquireAsync(timeout: TimeSpan.FromSeconds(10), cancellationToken: stop); // one payroll at a time
                        await using var row2 = await row.AcquireAsync(TimeSpan.FromSeconds(10), cancellationToken: stop).ConfigureAwait(false);
                        await using var door = await doors.AcquireReadLockAsync( /* east */ "door", timeout: TimeSpan.FromSeconds(10), cancellationToken: stop);
                        await using var tried = await ledger.TryAcquireAsync(TimeSpan.FromSeconds(10), stop);
                    }
                """));

        [Fact]
        public Task In_cleanup_a_time_out_alone() =>
            Verify.Fixes(
                Shared("async Task StopAsync(CancellationToken stop) { await using var held = await [|ledger.AcquireAsync()|]; }"),
                Shared("async Task StopAsync(CancellationToken stop) { await using var held = await ledger.AcquireAsync(timeout: TimeSpan.FromSeconds(10)); }"));

        [Fact]
        public Task An_overload_with_a_time_out() =>
            Verify.Fixes(
                Own("""
                    async Task Print(CancellationToken stop)
                    {
                        using (await [|tray.EnterAsync()|]) await PrintAsync(stop);
                        using (await [|tray.EnterAsync(CancellationToken.None)|]) await PrintAsync(stop);
                        await [|drum.AcquireAsync()|];
                    }
                """),
                Own("""
                    async Task Print(CancellationToken stop)
                    {
                        using (await tray.EnterAsync(TimeSpan.FromSeconds(10), cancellationToken: stop)) await PrintAsync(stop);
                        using (await tray.EnterAsync(TimeSpan.FromSeconds(10), stop)) await PrintAsync(stop);
                        await drum.AcquireAsync(TimeSpan.FromSeconds(10), token: stop);
                    }
                """));

        [Fact]
        public Task The_token_where_there_is_no_time_out() =>
            Verify.Fixes(
                Own("async Task Print(CancellationToken stop) { using (await [|gate.LockAsync()|]) await [|again.ExecuteAsync(() => PrintAsync(stop))|]; }"),
                Own("async Task Print(CancellationToken stop) { using (await gate.LockAsync(stop)) await again.ExecuteAsync(() => PrintAsync(stop), stop); }"));

        [Fact]
        public Task A_deadline_where_there_is_no_token_either() =>
            Verify.Fixes(
                Own("""
                    async Task Print()
                    {
                        // One at a time.
                        using (await [|gate.LockAsync()|])
                            await PrintAsync();

                        using var held = [|gate.Lock(CancellationToken.None)|];
                        using (await [|gate.LockAsync()|]) { await PrintAsync(); }
                    }
                """),
                Own("""
                    async Task Print()
                    {
                        // One at a time.
                        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
                        using (await gate.LockAsync(deadline.Token))
                            await PrintAsync();

                        using var deadline2 = new CancellationTokenSource(TimeSpan.FromSeconds(10));
                        using var held = gate.Lock(deadline2.Token);
                        using var deadline3 = new CancellationTokenSource(TimeSpan.FromSeconds(10));
                        using (await gate.LockAsync(deadline3.Token)) { await PrintAsync(); }
                    }
                """));

        [Fact]
        public Task None_where_a_failed_wait_would_give_back_what_it_never_took() =>
            Verify.OffersNoFix(Own("async Task Print(CancellationToken stop) { try { await [|drum.AcquireAsync()|]; } finally { drum.Release(); } }"));

        [Fact]
        public Task None_where_no_statement_can_stand_before() =>
            Verify.OffersNoFix(Own("Task Print() => [|again.ExecuteAsync(() => PrintAsync())|];"));
    }

    public sealed class Wrappers
    {
        [Fact]
        public Task A_call_that_gives_no_bound() =>
            Verify.Reports(Shared("IDisposable Take(TimeSpan? patience) => ledger.Acquire(patience);  void Pay() { using var held = [|Take(null)|]; using var soon = Take(TimeSpan.FromSeconds(1)); }"));

        [Fact]
        public Task A_default_that_is_none_at_info() =>
            Verify.ReportsAtInfo(Shared("IDisposable Take(TimeSpan? patience {|#0:= null|}) => ledger.Acquire(patience);  void Pay() { using var held = Take(); }"));
    }
}
