using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK112ReleaseWithoutAcquireAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK112ReleaseWithoutAcquireCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed class LOCK112ReleaseWithoutAcquireTests
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.Threading;
        using System.Threading.Tasks;


        """;

    /// <summary>A kitchen with every kind of lock, and a member around the statements of the story.</summary>
    private static string Kitchen(string body) => Usings + $$"""
        class Kitchen
        {
            private readonly SemaphoreSlim _stove = new(1, 1);
            private readonly Mutex _oven = new();
            private readonly Semaphore _hooks = new(2, 2);
            private readonly object _table = new();
            private readonly Lock _sink = new();
            private readonly ReaderWriterLockSlim _menu = new();
            private readonly ReaderWriterLock _cellar = new();
            private SemaphoreSlim? Bell { get; set; }
            private readonly SemaphoreSlim[] _rings = { new(1), new(1) };
            private int _meals;

            async Task<bool> Cook(SemaphoreSlim pan, TimeSpan patience, CancellationToken closing)
            {
                await Task.Yield();
                {{body.Replace("\n", "\n        ")}}
                return true;
            }
        }
        """;

    public sealed class Reports
    {
        [Theory]
        [InlineData("await [|_stove.WaitAsync(closing)|]", "_stove.Release()")]
        [InlineData("await [|this._stove.WaitAsync(closing)|].ConfigureAwait(false)", "_stove.Release()")]
        [InlineData("await [|pan.WaitAsync(patience, closing)|]", "pan.Release(1)")]
        [InlineData("[|pan.Wait(closing)|]", "pan.Release()")]
        [InlineData("if (![|pan.Wait(100)|]) return false", "pan.Release()")]
        [InlineData("if (!await [|pan.WaitAsync(patience)|]) throw new TimeoutException()", "pan.Release()")]
        [InlineData("if (await [|pan.WaitAsync(patience)|]) _meals++", "pan.Release()")]
        [InlineData("var isMine = await [|pan.WaitAsync(0)|]; if (!isMine) return false", "pan.Release()")]
        [InlineData("if (![|_oven.WaitOne(1_000)|]) throw new TimeoutException()", "_oven.ReleaseMutex()")]
        [InlineData("[|_oven.WaitOne(1_000)|]", "_oven.ReleaseMutex()")]
        [InlineData("if (![|_hooks.WaitOne(patience)|]) return false", "_hooks.Release()")]
        [InlineData("if (![|Monitor.TryEnter(_table, 100)|]) return false", "Monitor.Exit(_table)")]
        [InlineData("if (![|Monitor.TryEnter(_table)|]) return false", "Monitor.Exit(_table)")]
        [InlineData("if (![|Monitor.TryEnter(typeof(Kitchen))|]) return false", "Monitor.Exit(typeof(Kitchen))")]
        [InlineData("var isMine = false; [|Monitor.TryEnter(_table, 100, ref isMine)|]", "Monitor.Exit(_table)")]
        [InlineData("if (![|_sink.TryEnter()|]) return false", "_sink.Exit()")]
        [InlineData("if (![|_menu.TryEnterWriteLock(patience)|]) return false", "_menu.ExitWriteLock()")]
        [InlineData("[|_cellar.AcquireWriterLock(1_000)|]", "_cellar.ReleaseWriterLock()")]
        [InlineData("await [|Bell!.WaitAsync(closing)|]", "Bell.Release()")]
        [InlineData("await [|_rings[1].WaitAsync(closing)|]", "_rings[1].Release()")]
        [InlineData("await [|_stove.WaitAsync(closing)|]", "_stove?.Release()")]
        [InlineData("await [|_stove.WaitAsync(closing)|]", "if (_stove != null) _stove.Release()")]
        [InlineData("await [|_stove.WaitAsync(closing)|]", "try { _stove.Release(); } catch (SemaphoreFullException) { }")]
        [InlineData("_meals++; await [|_stove.WaitAsync(closing)|]", "_meals--; _stove.Release(); Console.WriteLine()")]
        [InlineData("if (_meals > 3) return false; [|_stove.Wait()|]", "_stove.Release()")]
        [InlineData("if (_meals > 3) throw new InvalidOperationException(); [|_menu.EnterReadLock()|]", "_menu.ExitReadLock()")]
        public Task An_acquisition_that_may_not_be_made(string acquire, string release) =>
            Verify.Reports(Kitchen($"try {{ {acquire}; _meals++; }} finally {{ {release}; }}"));

        [Theory]
        [InlineData("await {|#0:_stove.WaitAsync()|}", "_stove.Release()")]
        [InlineData("{|#0:pan.Wait(-1)|}", "pan.Release()")]
        [InlineData("{|#0:Monitor.Enter(_table)|}", "Monitor.Exit(_table)")]
        [InlineData("{|#0:_sink.Enter()|}", "_sink.Exit()")]
        [InlineData("{|#0:_menu.EnterWriteLock()|}", "_menu.ExitWriteLock()")]
        [InlineData("{|#0:_oven.WaitOne()|}", "_oven.ReleaseMutex()")]
        [InlineData("if (Bell is not null) await {|#0:Bell.WaitAsync()|}", "Bell?.Release()")]
        [InlineData("while (!{|#0:pan.Wait(100)|}) { _meals++; }", "pan.Release()")]
        [InlineData("Console.WriteLine(); {|#0:_menu.EnterReadLock()|}", "_menu.ExitReadLock()")]
        public Task At_Info_what_fails_by_nothing_but_an_exception(string acquire, string release) =>
            Verify.ReportsAtInfo(Kitchen($"try {{ {acquire}; _meals++; }} finally {{ {release}; }}"));

        [Fact]
        public Task The_catch_of_the_same_try_changes_nothing() => Verify.Reports(Kitchen("""
            try
            {
                await [|_stove.WaitAsync(closing)|];
            }
            catch (OperationCanceledException)
            {
                return false;
            }
            finally
            {
                _stove.Release();
            }
            """));

        [Fact]
        public Task A_try_inside_the_one_that_releases() => Verify.Reports(Kitchen("""
            try
            {
                try
                {
                    await [|_stove.WaitAsync(closing)|];
                }
                catch (OperationCanceledException)
                {
                    return false;
                }

                _meals++;
            }
            finally
            {
                _stove.Release();
            }
            """));

        [Fact]
        public Task In_a_loop_each_time_anew() => Verify.Reports(Kitchen("""
            foreach (var ring in _rings)
            {
                try
                {
                    await [|ring.WaitAsync(closing)|];
                    _meals++;
                }
                finally
                {
                    ring.Release();
                }
            }
            """));

        [Fact]
        public Task In_lambdas_and_local_functions() => Verify.Reports(Kitchen("""
            await Task.WhenAll(new List<Task> { Task.Run(async () =>
            {
                try { await [|pan.WaitAsync(closing)|]; }
                finally { pan.Release(); }
            }), Serve() });

            async Task Serve()
            {
                try { await [|pan.WaitAsync(closing)|]; }
                finally { pan.Release(); }
            }
            """));

        [Fact]
        public Task Left_by_continue_before_the_acquisition() => Verify.Reports(Kitchen("""
            for (var i = 0; i < 3; i++)
            {
                try
                {
                    if (i == 1)
                        continue;
                    [|_stove.Wait()|];
                }
                finally
                {
                    _stove.Release();
                }
            }
            """));
    }

    public sealed class Silent
    {
        [Theory]
        [InlineData("await _stove.WaitAsync(closing); isMine = true", "if (isMine) _stove.Release()")]
        [InlineData("isMine = await _stove.WaitAsync(patience)", "if (isMine) _stove.Release()")]
        [InlineData("isMine = _stove.Wait(0)", "if (isMine && _meals > 0) { _meals = 0; _stove.Release(); }")]
        [InlineData("isMine = _stove.Wait(0)", "_ = isMine ? _stove.Release() : 0")]
        [InlineData("Monitor.Enter(_table, ref isMine)", "if (isMine) Monitor.Exit(_table)")]
        [InlineData("Monitor.TryEnter(_table, 100, ref isMine)", "if (isMine) Monitor.Exit(_table)")]
        [InlineData("if (!_menu.TryEnterWriteLock(100)) return false", "if (_menu.IsWriteLockHeld) _menu.ExitWriteLock()")]
        [InlineData("_cellar.AcquireReaderLock(100)", "if (_cellar.IsReaderLockHeld) _cellar.ReleaseReaderLock()")]
        [InlineData("if (!Monitor.TryEnter(_table)) return false", "if (Monitor.IsEntered(_table)) Monitor.Exit(_table)")]
        [InlineData("if (!_oven.WaitOne(100)) return false", "try { _oven.ReleaseMutex(); } catch (ApplicationException) { }")]
        [InlineData("await _stove.WaitAsync(closing)", "pan.Release()")]
        [InlineData("await _rings[0].WaitAsync(closing)", "_rings[1].Release()")]
        [InlineData("if (!Monitor.TryEnter(_table)) return false", "Monitor.Exit(_sink)")]
        [InlineData("_menu.TryEnterReadLock(100)", "_menu.ExitWriteLock()")]
        [InlineData("await _stove.WaitAsync(closing)", "isMine = true")]
        [InlineData("_sink.EnterScope().Dispose()", "isMine = true")]
        public Task A_release_that_asks_first_or_is_of_another_lock(string acquire, string release) =>
            Verify.StaysSilent(Kitchen($"var isMine = false; try {{ {acquire}; _meals++; }} finally {{ {release}; }}"));

        [Fact]
        public Task Acquired_before_the_try() => Verify.StaysSilent(Kitchen("""
            await _stove.WaitAsync(closing);
            try
            {
                _meals++;
            }
            finally
            {
                _stove.Release();
            }
            """));

        [Fact]
        public Task Released_by_another_try() => Verify.StaysSilent(Kitchen("""
            try
            {
                await _stove.WaitAsync(closing);
                try
                {
                    _meals++;
                }
                finally
                {
                    _stove.Release();
                }
            }
            finally
            {
                _meals--;
            }
            """));

        [Fact]
        public Task Let_go_for_a_while_and_taken_again() => Verify.StaysSilent(Kitchen("""
            await _stove.WaitAsync(closing);
            try
            {
                _stove.Release();
                await Task.Delay(10, closing);
                await _stove.WaitAsync(closing);
            }
            finally
            {
                _stove.Release();
            }
            """));

        [Fact]
        public Task Taken_again_in_the_finally() => Verify.StaysSilent(Kitchen("""
            await _stove.WaitAsync(closing);
            try
            {
                _stove.Release();
                try
                {
                    await Task.Delay(10, closing);
                }
                finally
                {
                    await _stove.WaitAsync();
                }
            }
            finally
            {
                _stove.Release();
            }
            """));

        [Fact]
        public Task Owned_by_its_maker_or_waited_for() => Verify.StaysSilent(Usings + """
            class Kitchen
            {
                void Cook()
                {
                    using var oven = new Mutex(true, "oven", out var isMine);
                    try
                    {
                        if (!isMine)
                            oven.WaitOne();
                    }
                    finally
                    {
                        oven.ReleaseMutex();
                    }
                }
            }
            """);

        [Fact]
        public Task A_variable_that_is_set_once_it_is_held() => Verify.StaysSilent(Kitchen("""
            SemaphoreSlim? held = null;
            try
            {
                await _stove.WaitAsync(closing);
                held = _stove;
            }
            finally
            {
                held?.Release();
            }
            """));

        [Fact]
        public Task Done_by_a_function_that_runs_elsewhere() => Verify.StaysSilent(Kitchen("""
            try
            {
                _ = Task.Run(() => _stove.Wait(closing));
            }
            finally
            {
                _stove.Release();
            }
            """));

        [Fact]
        public Task Of_another_object_of_the_same_type() => Verify.StaysSilent("""
            using System.Threading;

            class Ring
            {
                public readonly SemaphoreSlim Heat = new(1, 1);

                void Move(Ring from, Ring to, CancellationToken closing)
                {
                    try { from.Heat.Wait(closing); }
                    finally { to.Heat.Release(); }
                }
            }
            """);
    }

    public sealed class Fix
    {
        [Fact]
        public Task Moves_the_acquisition_before_the_try() => Verify.Fixes(Kitchen("""
            // One cook at a time.
            try
            {
                // Not while closing.
                await [|_stove.WaitAsync(closing)|].ConfigureAwait(false); // own it

                _meals++;
            }
            finally
            {
                _stove.Release();
            }
            """), Kitchen("""
            // One cook at a time.
            // Not while closing.
            await _stove.WaitAsync(closing).ConfigureAwait(false); // own it
            try
            {
                _meals++;
            }
            finally
            {
                _stove.Release();
            }
            """));

        [Fact]
        public Task Moves_the_test_of_the_answer_along() => Verify.Fixes(Usings + """
            class Kitchen
            {
                private readonly SemaphoreSlim _stove = new(1, 1);

                bool Cook(int patience)
                {
                    try
                    {
                        if (![|_stove.Wait(patience)|])
                        {
                            Console.WriteLine("no stove");
                            return false;
                        }
                        Console.WriteLine("cooking");
                        return true;
                    }
                    finally
                    {
                        _stove.Release();
                    }
                }

                void Clean(int patience)
                {
                    Console.WriteLine("cleaning");

                    try
                    {
                        if (![|_stove.Wait(patience)|]) throw new TimeoutException();
                    }
                    finally
                    {
                        _stove.Release();
                    }
                }
            }
            """, Usings + """
            class Kitchen
            {
                private readonly SemaphoreSlim _stove = new(1, 1);

                bool Cook(int patience)
                {
                    if (!_stove.Wait(patience))
                    {
                        Console.WriteLine("no stove");
                        return false;
                    }
                    try
                    {
                        Console.WriteLine("cooking");
                        return true;
                    }
                    finally
                    {
                        _stove.Release();
                    }
                }

                void Clean(int patience)
                {
                    Console.WriteLine("cleaning");

                    if (!_stove.Wait(patience)) throw new TimeoutException();
                    try
                    {
                    }
                    finally
                    {
                        _stove.Release();
                    }
                }
            }
            """);

        [Fact]
        public Task Keeps_what_hangs_on_the_place_and_asks_before_it_gives_back() => Verify.Fixes(Usings + """
            class Kitchen
            {
                private readonly SemaphoreSlim _stove = new(1, 1), _sink = new(1, 1);

                async Task<bool> Cook(CancellationToken closing)
                {
                    try
                    {
                        await [|_stove.WaitAsync(closing)|];
                        await [|_sink.WaitAsync(closing)|];
                        return true;
                    }
                    catch (OperationCanceledException)
                    {
                        return false;
                    }
                    finally
                    {
                        _sink.Release();
                        // The stove is always free at night.
                        _stove.Release(); // let go
                    }
                }
            }
            """, Usings + """
            class Kitchen
            {
                private readonly SemaphoreSlim _stove = new(1, 1), _sink = new(1, 1);

                async Task<bool> Cook(CancellationToken closing)
                {
                    var isStoveHeld = false;
                    var isSinkHeld = false;
                    try
                    {
                        await _stove.WaitAsync(closing);
                        isStoveHeld = true;
                        await _sink.WaitAsync(closing);
                        isSinkHeld = true;
                        return true;
                    }
                    catch (OperationCanceledException)
                    {
                        return false;
                    }
                    finally
                    {
                        if (isSinkHeld)
                            _sink.Release();
                        // The stove is always free at night.
                        if (isStoveHeld)
                            _stove.Release(); // let go
                    }
                }
            }
            """);

        [Fact]
        public Task Leaves_alone_what_precedes_the_acquisition() => Verify.Fixes(Kitchen("""
            try
            {
                var meals = _meals;
                Console.WriteLine(meals);
                await [|_stove.WaitAsync(closing)|];
            }
            finally
            {
                _stove.Release();
            }
            """), Kitchen("""
            var isStoveHeld = false;
            try
            {
                var meals = _meals;
                Console.WriteLine(meals);
                await _stove.WaitAsync(closing);
                isStoveHeld = true;
            }
            finally
            {
                if (isStoveHeld)
                    _stove.Release();
            }
            """));

        [Fact]
        public Task Finds_a_free_name_for_the_flag() => Verify.Fixes(Kitchen("""
            var isStoveHeld = _meals > 0;
            try
            {
                if (!isStoveHeld)
                    return false;
                await [|_stove.WaitAsync(closing)|];
            }
            finally
            {
                _stove.Release();
            }
            """), Kitchen("""
            var isStoveHeld = _meals > 0;
            var isStoveHeld2 = false;
            try
            {
                if (!isStoveHeld)
                    return false;
                await _stove.WaitAsync(closing);
                isStoveHeld2 = true;
            }
            finally
            {
                if (isStoveHeld2)
                    _stove.Release();
            }
            """));

        [Theory]
        [InlineData("[|_oven.WaitOne(1_000)|]", "_oven.ReleaseMutex()")]
        [InlineData("if (![|_oven.WaitOne(1_000)|]) throw new TimeoutException()", "_oven.ReleaseMutex()")]
        [InlineData("[|pan.Wait(100)|]", "pan.Release()")]
        [InlineData("if ([|pan.Wait(100)|]) _meals++", "pan.Release()")]
        [InlineData("if (![|pan.Wait(100)|]) _meals++", "pan.Release()")]
        public Task None_for_a_mutex_nor_where_the_answer_is_lost(string acquire, string release) => Verify.OffersNoFix(Kitchen($$"""
            try
            {
                {{acquire}};
            }
            finally
            {
                {{release}};
            }
            """));
    }

    public sealed class Known
    {
        [Fact]
        public Task FN_A_helper_that_acquires() => Verify.StaysSilent(Kitchen("""
            try
            {
                await Enter();
            }
            finally
            {
                _stove.Release();
            }

            Task Enter() => _stove.WaitAsync(closing);
            """));

        [Fact]
        public Task FN_A_condition_that_has_nothing_to_do_with_the_lock() => Verify.StaysSilent(Kitchen("""
            try
            {
                await _stove.WaitAsync(closing);
            }
            finally
            {
                if (_meals > 0)
                    _stove.Release();
            }
            """));

        [Fact]
        public Task FP_Held_by_the_caller_on_entry() => Verify.Reports(Kitchen("""
            // Called with the stove held; the first pass gives it back, the next ones take it.
            while (_meals < 3)
            {
                try
                {
                    if (_meals == 0)
                        continue;
                    [|_stove.Wait()|];
                }
                finally
                {
                    _stove.Release();
                }
            }
            """));
    }
}
