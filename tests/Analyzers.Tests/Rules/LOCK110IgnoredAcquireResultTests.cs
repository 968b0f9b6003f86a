using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK110IgnoredAcquireResultAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK110IgnoredAcquireResultCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed partial class LOCK110IgnoredAcquireResultTests
{
    private const string Usings = """
        using System;
        using System.Diagnostics;
        using System.Threading;
        using System.Threading.Tasks;


        """;

    /// <summary>A harbour with every kind of lock, and an async member around the statements of the story.</summary>
    private static string Harbour(string body) => Usings + $$"""
        class Harbour
        {
            private readonly SemaphoreSlim _pier = new(1, 1);
            private readonly Semaphore _cranes = new(2, 2);
            private readonly Mutex _gate = new();
            private readonly object _log = new();
            private readonly Lock _buoy = new();
            private readonly ReaderWriterLockSlim _chart = new();
            private readonly AutoResetEvent _horn = new(false);
            private readonly ManualResetEventSlim _tide = new();
            private int _ships;

            async Task<int> Land(TimeSpan patience, CancellationToken closing, Thread pilot, Process tug, Task cargo)
            {
                await Task.Yield();
                {{body.Replace("\n", "\n        ")}}
                return _ships++;
            }
        }
        """;

    public sealed class Reports
    {
        [Theory]
        [InlineData("[|LockAnalyzers.Runtime.PendingAcquisition.TrySettle(cargo)|]; _ships++;")]
        [InlineData("await [|LockAnalyzers.Runtime.PendingAcquisition.TrySettleAsync(cargo)|]; _ships++;")]
        public Task Whether_what_is_on_its_way_has_come(string statements) => Verify.Reports(Harbour(statements));

        [Theory]
        [InlineData("[|_gate.WaitOne(1_000)|]; _ships++;")]
        [InlineData("[|_gate.WaitOne(1_000, false)|]; _ships++; _gate.ReleaseMutex();")]
        [InlineData("_ = [|_gate.WaitOne(patience)|]; _ships++;")]
        [InlineData("try { [|_gate.WaitOne(patience)|]; _ships++; } finally { try { _gate.ReleaseMutex(); } catch (ApplicationException) { } }")]
        [InlineData("[|Monitor.TryEnter(_log, 500)|]; try { _ships++; } finally { Monitor.Exit(_log); }")]
        [InlineData("[|Monitor.TryEnter(_log)|]; try { _ships++; } finally { if (Monitor.IsEntered(_log)) Monitor.Exit(_log); }")]
        [InlineData("[|_buoy.TryEnter(patience)|]; _ships++; _buoy.Exit();")]
        [InlineData("[|_chart.TryEnterWriteLock(patience)|]; try { _ships++; } finally { if (_chart.IsWriteLockHeld) _chart.ExitWriteLock(); }")]
        [InlineData("[|_chart.TryEnterReadLock(100)|]; _ships++; _chart.ExitReadLock();")]
        [InlineData("await [|_pier.WaitAsync(patience)|]; try { _ships++; } finally { _pier.Release(); }")]
        [InlineData("await [|_pier.WaitAsync(patience, closing)|].ConfigureAwait(false); try { _ships++; } finally { _pier.Release(); }")]
        [InlineData("_ = await [|_pier.WaitAsync(100)|]; _ships++; _pier.Release();")]
        [InlineData("[|_pier.Wait(100, closing)|]; _ships++; _pier.Release();")]
        [InlineData("[|_pier.Wait(0)|]; _ships++; _pier.Release();")]
        [InlineData("_pier?.Wait(closing); _pier?[|.Wait(100)|]; _ships++; _pier?.Release();")]
        [InlineData("[|_cranes.WaitOne(100)|]; _ships++; _cranes.Release();")]
        [InlineData("var isOurs = [|_gate.WaitOne(100)|]; _ships++; _gate.ReleaseMutex();")]
        [InlineData("bool isOurs; isOurs = [|_gate.WaitOne(100)|]; _ships++; _gate.ReleaseMutex();")]
        [InlineData("if (_ships > 0) [|_gate.WaitOne(100)|]; _ships++; _gate.ReleaseMutex();")]
        [InlineData("Action later = () => [|_gate.WaitOne(100)|]; later(); _gate.ReleaseMutex();")]
        public Task An_answer_that_is_lost(string body) => Verify.Reports(Harbour(body));

        /// <summary>The forms of our own Runtime that answer instead of throwing.</summary>
        [Theory]
        [InlineData("[|BoundedWait.TryFor(_gate.WaitOne)|]; _ships++;")]
        [InlineData("[|BoundedWait.TryFor(_gate, out _)|]; _ships++; _gate.ReleaseMutex();")]
        [InlineData("await [|BoundedWait.TryForAsync(_pier.WaitAsync)|]; _ships++; _pier.Release();")]
        [InlineData("[|BoundedRetry.TryUntil(() => _buoy.TryEnter())|]; _ships++; _buoy.Exit();")]
        [InlineData("await [|BoundedRetry.TryUntilAsync(() => _pier.Wait(0))|]; _ships++; _pier.Release();")]
        [InlineData("[|BoundedRetry.TryAcquire<IDisposable>(() => null)|]; _ships++;")]
        [InlineData("using var berth = [|BoundedRetry.TryAcquire<IDisposable>(() => null)|]; _ships++;")]
        [InlineData("using var berth = await [|BoundedWait.TryAcquireAsync<IDisposable>((time, token) => default)|]; _ships++;")]
        public Task An_answer_of_the_Runtime_that_is_lost(string body) => Verify.Reports("using LockAnalyzers.Runtime;\n" + Harbour(body));

        [Fact]
        public Task A_mutex_that_its_using_only_closes() => Verify.Reports(Harbour("""
            using (var file = new Mutex(false, "harbour"))
            {
                // Three seconds will do.
                [|file.WaitOne(3_000)|];
                _ships++;
            }
            """));

        [Fact]
        public Task In_top_level_statements() => Verify.ReportsProgram("""
            using System;
            using System.Threading;

            using var only = new Mutex(false, "harbour");
            [|only.WaitOne(1_000)|];
            Console.WriteLine();
            """);
    }

    public sealed class Silent
    {
        [Theory]
        [InlineData("if (!_gate.WaitOne(1_000)) return 0; _ships++;")]
        [InlineData("var isOurs = _gate.WaitOne(1_000); if (isOurs) _ships++;")]
        [InlineData("bool isOurs; isOurs = _gate.WaitOne(1_000); Console.WriteLine(isOurs);")]
        [InlineData("var isOurs = false; try { isOurs = _pier.Wait(5); _ships++; } finally { if (isOurs) _pier.Release(); }")]
        [InlineData("var isOurs = false; Monitor.TryEnter(_log, 100, ref isOurs); if (isOurs) Monitor.Exit(_log);")]
        [InlineData("while (!await _pier.WaitAsync(patience)) { } _pier.Release();")]
        [InlineData("_gate.WaitOne(); _pier.Wait(); await _pier.WaitAsync(closing); _pier.Release();")]
        [InlineData("_pier.Wait(-1, closing); _pier.Wait(Timeout.InfiniteTimeSpan); _gate.WaitOne(Timeout.Infinite); _pier.Release();")]
        [InlineData("_gate.WaitOne(1_000); return 0;")]
        [InlineData("_gate.WaitOne(1_000); throw new TimeoutException();")]
        [InlineData("_chart.TryEnterWriteLock(5); if (!_chart.IsWriteLockHeld) return 0; _ships++; _chart.ExitWriteLock();")]
        [InlineData("Monitor.TryEnter(_log, 5); if (Monitor.IsEntered(_log)) Monitor.Exit(_log);")]
        [InlineData("Func<bool> later = () => _gate.WaitOne(100); if (later()) _ships++;")]
        [InlineData("var wait = _pier.WaitAsync(patience); if (await wait) _pier.Release();")]
        [InlineData("Debug.Assert(_gate.WaitOne(100)); _ships++;")]
        [InlineData("_ships += _gate.WaitOne(100) ? 1 : 0;")]
        [InlineData("_cellar().AcquireReaderLock(100); ReaderWriterLock _cellar() => new();")]
        public Task An_answer_that_is_read_or_that_nothing_hangs_on(string body) => Verify.StaysSilent(Harbour(body));

        [Theory]
        [InlineData("while (_ships < 3) { _horn.WaitOne(1_000); _ships++; }")]
        [InlineData("_tide.Wait(patience); _ships++;")]
        [InlineData("WaitHandle.WaitAny(new WaitHandle[] { _horn }, 1_000); _ships++;")]
        [InlineData("closing.WaitHandle.WaitOne(1_000); _ships++;")]
        [InlineData("pilot.Join(1_000); _ships++;")]
        [InlineData("tug.WaitForExit(1_000); _ships++;")]
        [InlineData("cargo.Wait(1_000); _ships++;")]
        [InlineData("lock (_log) { Monitor.Wait(_log, 1_000); _ships++; }")]
        [InlineData("SpinWait.SpinUntil(() => _ships > 0, 100); _ships++;")]
        [InlineData("while (!closing.IsCancellationRequested) { await _pier.WaitAsync(patience, closing); _ships++; }")]
        [InlineData("while (!closing.IsCancellationRequested) { _cranes.WaitOne(1_000); _ships++; }")]
        public Task A_pause_that_somebody_may_cut_short(string body) => Verify.StaysSilent(Harbour(body));
    }

    public sealed class Fix
    {
        [Fact]
        public Task Throws() => Verify.Fixes(Harbour("""
            // The gate first.
            [|_gate.WaitOne(1_000)|]; // not for long
            _ships++;
            var isOurs = await [|_pier.WaitAsync(patience)|];
            _pier.Release();
            _ = await [|_pier.WaitAsync(patience)|].ConfigureAwait(false);
            _pier.Release();
            """), Harbour("""
            // The gate first.
            if (!_gate.WaitOne(1_000))
                throw new TimeoutException(); // not for long
            _ships++;
            var isOurs = await _pier.WaitAsync(patience);
            if (!isOurs)
                throw new TimeoutException();
            _pier.Release();
            if (!await _pier.WaitAsync(patience).ConfigureAwait(false))
                throw new TimeoutException();
            _pier.Release();
            """));

        [Fact]
        public Task Leaves() => Verify.Fixes(Usings + """
            class Harbour
            {
                private readonly Mutex _gate = new();
                private int _ships;

                bool Land()
                {
                    [|_gate.WaitOne(1_000)|];
                    _ships++;
                    _gate.ReleaseMutex();
                    return true;
                }

                void Depart()
                {
                    [|_gate.WaitOne(1_000)|];
                    _ships--;
                    _gate.ReleaseMutex();
                }
            }
            """, Usings + """
            class Harbour
            {
                private readonly Mutex _gate = new();
                private int _ships;

                bool Land()
                {
                    if (!_gate.WaitOne(1_000))
                        return false;
                    _ships++;
                    _gate.ReleaseMutex();
                    return true;
                }

                void Depart()
                {
                    if (!_gate.WaitOne(1_000))
                        return;
                    _ships--;
                    _gate.ReleaseMutex();
                }
            }
            """, key: "LOCK110.Leave");

        [Fact]
        public Task Leaves_first_in_cleanup_code() => Verify.Fixes(Usings + """
            sealed class Harbour : IDisposable
            {
                private readonly SemaphoreSlim _pier = new(1, 1);
                private int _ships = 1;

                public void Dispose()
                {
                    [|_pier.Wait(1_000)|];
                    _ships = 0;
                    _pier.Release();
                }
            }
            """, Usings + """
            sealed class Harbour : IDisposable
            {
                private readonly SemaphoreSlim _pier = new(1, 1);
                private int _ships = 1;

                public void Dispose()
                {
                    if (!_pier.Wait(1_000))
                        return;
                    _ships = 0;
                    _pier.Release();
                }
            }
            """);

        [Fact]
        public Task Does_not_run_into_the_finally_that_gives_it_back() => Verify.Fixes(Harbour("""
            try
            {
                await [|_pier.WaitAsync(patience)|];
                _ships++;
            }
            finally
            {
                _pier.Release();
            }

            try
            {
                _ships++;
                await [|_pier.WaitAsync(patience)|];
            }
            finally
            {
                _pier.Release();
            }
            """), Harbour("""
            if (!await _pier.WaitAsync(patience))
                throw new TimeoutException();
            try
            {
                _ships++;
            }
            finally
            {
                _pier.Release();
            }

            var isPierHeld = false;
            try
            {
                _ships++;
                if (!await _pier.WaitAsync(patience))
                    throw new TimeoutException();
                isPierHeld = true;
            }
            finally
            {
                if (isPierHeld)
                    _pier.Release();
            }
            """));

        [Theory]
        [InlineData("_pier?.Wait(closing); _pier?[|.Wait(100)|]; _ships++; _pier?.Release();")]
        [InlineData("Action later = () => [|_gate.WaitOne(100)|]; later(); _gate.ReleaseMutex();")]
        [InlineData("try { _ships++; } finally { [|_gate.WaitOne(100)|]; _ships--; _gate.ReleaseMutex(); }")]
        public Task None_where_no_test_can_be_written(string body) => Verify.OffersNoFix(Harbour(body));
    }

    public sealed class Known
    {
        [Fact]
        public Task FN_A_flag_that_only_guards_the_release() => Verify.StaysSilent(Harbour("""
            var isOurs = _gate.WaitOne(100);
            _ships++;
            if (isOurs)
                _gate.ReleaseMutex();
            """));

        [Fact]
        public Task FN_A_semaphore_that_another_method_gives_back() => Verify.StaysSilent(Usings + """
            class Harbour
            {
                private readonly SemaphoreSlim _pier = new(1, 1);

                public void Enter() => _pier.Wait(1_000);

                public void Leave() => _pier.Release();
            }
            """);

        [Fact]
        public Task FN_The_answer_by_reference() => Verify.StaysSilent(Harbour("""
            var isOurs = false;
            Monitor.TryEnter(_log, 100, ref isOurs);
            _ships++;
            """));
    }
}
