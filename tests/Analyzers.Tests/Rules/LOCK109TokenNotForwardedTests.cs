using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK109TokenNotForwardedAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK109TokenNotForwardedCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed class LOCK109TokenNotForwardedTests
{
    private static string In(string member) => $$"""
        using System;
        using System.Collections.Concurrent;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;

        sealed record Request(string User, CancellationToken Aborted);

        sealed class Printer(SemaphoreSlim tray)
        {
            private readonly CancellationTokenSource _closing = new();

        {{member}}

            static Task PrintAsync(CancellationToken token = default) => Task.CompletedTask;
        }
        """;

    public sealed class Reports
    {
        [Theory]
        [InlineData("tray.WaitAsync()")]
        [InlineData("tray.WaitAsync(-1)")]
        [InlineData("tray.WaitAsync(Timeout.InfiniteTimeSpan)")]
        [InlineData("tray.WaitAsync(CancellationToken.None)")]
        [InlineData("tray.WaitAsync(default(CancellationToken))")]
        [InlineData("tray.WaitAsync(Timeout.Infinite, CancellationToken.None)")]
        public Task A_semaphore_that_does_not_take_the_token_of_the_method(string wait) =>
            Verify.Reports(In($"async Task Print(CancellationToken stop) {{ await [|{wait}|]; await PrintAsync(stop); tray.Release(); }}"));

        [Fact]
        public Task A_blocking_wait() => Verify.Reports(In("void Print(int page, CancellationToken stop) { [|tray.Wait()|]; tray.Release(); }"));

        [Fact]
        public Task A_wait_behind_a_question_mark() => Verify.Reports(In("async Task Print(SemaphoreSlim? other, CancellationToken stop) { if (other != null) await other?[|.WaitAsync()|]!; }"));

        [Fact]
        public Task The_token_that_a_lambda_was_given() =>
            Verify.Reports(In("Task All(IEnumerable<int> pages) => Parallel.ForEachAsync(pages, async (page, stop) => { await [|tray.WaitAsync()|]; tray.Release(); });"));

        [Fact]
        public Task The_token_of_a_local_function() =>
            Verify.Reports(In("void Print() { One(_closing.Token); void One(CancellationToken stop) => [|tray.Wait()|]; }"));

        [Fact]
        public Task A_linked_token_made_before() =>
            Verify.Reports(In("""
                async Task Print(CancellationToken stop)
                {
                    using var both = CancellationTokenSource.CreateLinkedTokenSource(stop, _closing.Token);
                    var token = both.Token;
                    await [|tray.WaitAsync()|];
                }
                """));

        [Fact]
        public Task A_signal_a_queue_and_a_task() =>
            Verify.Reports(In("""
                void Print(ManualResetEventSlim ready, BlockingCollection<string> pages, Task last, CancellationToken stop)
                {
                    [|ready.Wait()|];
                    [|pages.Take()|];
                    [|last.Wait()|];
                }
                """));

        [Fact]
        public Task The_token_of_a_request_that_the_method_reads() =>
            Verify.Reports(In("void Meet(Barrier barrier, Request request) { if (request.Aborted.IsCancellationRequested) return; [|barrier.SignalAndWait()|]; }"));

        [Fact]
        public Task The_token_of_the_type_that_the_method_uses_elsewhere() =>
            Verify.Reports(In("async Task Print() { await [|tray.WaitAsync()|]; await PrintAsync(_closing.Token); }"));

        [Fact]
        public Task A_captured_token() =>
            Verify.Reports(In("Action Later(CancellationToken stop) => () => [|tray.Wait()|];"));
    }

    public sealed class Silent
    {
        [Theory]
        [InlineData("tray.WaitAsync(stop)")]
        [InlineData("tray.WaitAsync(TimeSpan.FromSeconds(5))")]
        [InlineData("tray.WaitAsync(0)")]
        [InlineData("tray.WaitAsync(5_000, CancellationToken.None)")]
        [InlineData("tray.WaitAsync().WaitAsync(stop)")]
        public Task Something_bounds_the_wait(string wait) =>
            Verify.StaysSilent(In($"async Task Print(CancellationToken stop) => await {wait};"));

        [Fact]
        public Task No_token_is_at_hand() => Verify.StaysSilent(In("async Task Print() => await tray.WaitAsync();"));

        [Fact]
        public Task The_token_is_never_cancelled() =>
            Verify.StaysSilent(In("async Task Print() { var none = CancellationToken.None; await tray.WaitAsync(); await PrintAsync(none); }"));

        [Fact]
        public Task The_type_has_a_token_that_the_method_does_not_use() =>
            Verify.StaysSilent(In("async Task Print() => await tray.WaitAsync();"));

        [Fact]
        public Task A_static_lambda_cannot_see_the_token() =>
            Verify.StaysSilent(In("Action<SemaphoreSlim> Later(CancellationToken stop) => static tray => tray.Wait();"));

        [Fact]
        public Task The_token_is_declared_later() =>
            Verify.StaysSilent(In("async Task Print() { await tray.WaitAsync(); var token = new CancellationTokenSource(50).Token; await PrintAsync(token); }"));

        [Fact]
        public Task The_wait_takes_no_token() =>
            Verify.StaysSilent(In("void Print(Mutex mutex, Thread worker, ReaderWriterLockSlim pages, CancellationToken stop) { mutex.WaitOne(); worker.Join(); pages.EnterReadLock(); }"));

        [Theory]
        [InlineData("async Task ReleaseAsync(CancellationToken stop) => await tray.WaitAsync();")]
        [InlineData("async Task OnStopping(CancellationToken stop) => await tray.WaitAsync();")]
        [InlineData("async Task Print(CancellationToken stop) { try { await PrintAsync(stop); } finally { await tray.WaitAsync(); } }")]
        public Task Cleanup_needs_a_deadline_of_its_own(string member) => Verify.StaysSilent(In(member));

        [Fact]
        public Task A_callback_of_the_token_ends_the_wait() =>
            Verify.StaysSilent(In("void Print(ManualResetEventSlim done, CancellationToken stop) { using (stop.Register(done.Set)) done.Wait(); }"));
    }

    public sealed class Fix
    {
        [Fact]
        public Task The_token_is_passed_on() =>
            Verify.Fixes(
                In("""
                    async Task Print(CancellationToken stop)
                    {
                        await [|tray.WaitAsync( /* our turn */ )|].ConfigureAwait(false); // one at a time
                        await [|tray.WaitAsync(CancellationToken.None)|];
                        [|tray.Wait(Timeout.Infinite)|];
                        [|tray.Wait(Timeout.InfiniteTimeSpan, default)|];
                    }
                """),
                In("""
                    async Task Print(CancellationToken stop)
                    {
                        await tray.WaitAsync( /* our turn */ stop).ConfigureAwait(false); // one at a time
                        await tray.WaitAsync(stop);
                        tray.Wait(Timeout.Infinite, stop);
                        tray.Wait(Timeout.InfiniteTimeSpan, stop);
                    }
                """));

        [Fact]
        public Task A_field_and_a_property_are_passed_on_as_they_are_read() =>
            Verify.Fixes(
                In("""
                    async Task Print() { await [|tray.WaitAsync()|]; await PrintAsync(_closing.Token); }
                    void Meet(Barrier barrier, Request request) { if (!request.Aborted.IsCancellationRequested) [|barrier.SignalAndWait()|]; }
                """),
                In("""
                    async Task Print() { await tray.WaitAsync(_closing.Token); await PrintAsync(_closing.Token); }
                    void Meet(Barrier barrier, Request request) { if (!request.Aborted.IsCancellationRequested) barrier.SignalAndWait(request.Aborted); }
                """));

        [Fact]
        public Task None_where_a_cancelled_wait_would_give_back_what_it_never_took() =>
            Verify.OffersNoFix(In("async Task Print(CancellationToken stop) { try { await [|tray.WaitAsync()|]; } finally { tray.Release(); } }"));
    }

    public sealed class Known
    {
        [Fact]
        public Task FN_a_token_in_a_tuple_or_an_option_object_that_the_method_does_not_read() =>
            Verify.StaysSilent(In("async Task Print(Request request) => await tray.WaitAsync();"));

        [Fact]
        public Task FP_a_token_that_means_something_else() =>
            Verify.Reports(In("async Task Print(CancellationToken skipCover) { await [|tray.WaitAsync()|]; await PrintAsync(skipCover); }"));
    }
}
