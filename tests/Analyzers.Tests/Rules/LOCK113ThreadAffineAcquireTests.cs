using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK113ThreadAffineAcquireAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK113ThreadAffineAcquireCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed class LOCK113ThreadAffineAcquireTests
{
    private const string Usings = """
        using System;
        using System.Collections.Generic;
        using System.IO;
        using System.Threading;
        using System.Threading.Tasks;


        """;

    /// <summary>A library with every kind of lock, and an async member around the statements of the story.</summary>
    private static string Library(string body) => Usings + $$"""
        class Library
        {
            private readonly Mutex _door = new(), _named = new(false, "library");
            private readonly Semaphore _desks = new(3, 3);
            private readonly object _index = new();
            private readonly Lock _stairs = new();
            private readonly ReaderWriterLockSlim _shelf = new();
            private readonly ReaderWriterLock _cellar = new();
            private SpinLock _clock;
            private int _books;

            async Task<int> Lend(string book, TimeSpan patience, CancellationToken closing)
            {
                {{body.Replace("\n", "\n        ")}}
                return _books;
            }

            Task Fetch() => Task.Delay(1);
            async IAsyncEnumerable<int> Pages() { await Task.Yield(); yield return 1; }
        }
        """;

    public sealed class Reports
    {
        [Theory]
        [InlineData("[|_door.WaitOne()|]", "_door.ReleaseMutex()")]
        [InlineData("[|_named.WaitOne()|]", "_named.ReleaseMutex()")]
        [InlineData("if (![|_door.WaitOne(100)|]) throw new TimeoutException()", "_door.ReleaseMutex()")]
        [InlineData("[|_desks.WaitOne()|]", "_desks.Release()")]
        [InlineData("[|Monitor.Enter(_index)|]", "Monitor.Exit(_index)")]
        [InlineData("if (![|Monitor.TryEnter(_index, patience)|]) return 0", "Monitor.Exit(_index)")]
        [InlineData("var isMine = false; [|Monitor.Enter(_index, ref isMine)|]", "if (isMine) Monitor.Exit(_index)")]
        [InlineData("var isMine = [|Monitor.TryEnter(_index)|]; if (!isMine) { await Fetch(); return 0; }", "Monitor.Exit(_index)")]
        [InlineData("[|_stairs.Enter()|]", "_stairs.Exit()")]
        [InlineData("if (![|_stairs.TryEnter()|]) return 0", "_stairs.Exit()")]
        [InlineData("[|_shelf.EnterReadLock()|]", "_shelf.ExitReadLock()")]
        [InlineData("[|_shelf.EnterWriteLock()|]", "_shelf.ExitWriteLock()")]
        [InlineData("[|_shelf.EnterUpgradeableReadLock()|]", "_shelf.ExitUpgradeableReadLock()")]
        [InlineData("if (![|_shelf.TryEnterWriteLock(100)|]) return 0", "_shelf.ExitWriteLock()")]
        [InlineData("[|_cellar.AcquireReaderLock(100)|]", "_cellar.ReleaseLock()")]
        [InlineData("var isMine = false; [|_clock.Enter(ref isMine)|]", "_clock.Exit()")]
        public Task Held_across_an_await(string acquire, string release) =>
            Verify.Reports(Library($"{acquire};\ntry {{ await Fetch(); }}\nfinally {{ {release}; }}"));

        [Theory]
        [InlineData("{W}; await Fetch(); {R};")]
        [InlineData("try { {W}; await Fetch().ConfigureAwait(false); } finally { {R}; }")]
        [InlineData("{W}; if (book.Length > 0) await Fetch(); {R};")]
        [InlineData("{W}; try { if (book == null) return 0; await Fetch(); return 1; } finally { {R}; }")]
        [InlineData("{W}; try { while (true) await Fetch(); } finally { {R}; }")]
        [InlineData("{W}; try { _books++; } finally { await Fetch(); {R}; }")]
        [InlineData("{W}; try { _books++; } catch (IOException) { await Fetch(); } finally { {R}; }")]
        [InlineData("{W}; try { await foreach (var page in Pages()) _books += page; } finally { {R}; }")]
        [InlineData("{W}; try { await using var stream = new MemoryStream(); _books++; } finally { {R}; }")]
        [InlineData("{W}; try { using var file = File.OpenRead(await File.ReadAllTextAsync(book)); } finally { {R}; }")]
        [InlineData("foreach (var c in book) { {W}; try { await Fetch(); } finally { {R}; } }")]
        [InlineData("for (var i = 0; i < 3; i++) { if (i == 0) {W}; if (i == 1) await Fetch(); if (i == 2) {R}; }")]
        [InlineData("{W}; try { await Task.WhenAll(Fetch(), Task.Run(async () => await Fetch())); } finally { {R}; }")]
        public Task Whatever_the_flow_looks_like(string flow) =>
            Verify.Reports(Library(flow.Replace("{W}", "[|Monitor.Enter(_index)|]").Replace("{R}", "Monitor.Exit(_index)")));

        [Fact]
        public Task In_lambdas_local_functions_and_iterators() => Verify.Reports(Library("""
            Func<Task> later = async () =>
            {
                [|_door.WaitOne()|];
                await Fetch();
                _door.ReleaseMutex();
            };
            await Now();
            await foreach (var page in Turn()) { }

            async Task Now()
            {
                [|_shelf.EnterReadLock()|];
                try { await later(); }
                finally { _shelf.ExitReadLock(); }
            }

            async IAsyncEnumerable<int> Turn()
            {
                await Fetch();
                [|Monitor.Enter(_index)|];
                try { yield return 1; }
                finally { Monitor.Exit(_index); }
            }
            """));

        [Fact]
        public Task In_top_level_statements() => Verify.ReportsProgram("""
            using System.Threading;
            using System.Threading.Tasks;

            using var only = new Mutex(false, "library");
            if (![|only.WaitOne(0)|])
                return;
            await Task.Delay(1);
            only.ReleaseMutex();
            """);
    }

    public sealed class Silent
    {
        [Theory]
        [InlineData("await Fetch(); Monitor.Enter(_index); _books++; Monitor.Exit(_index); await Fetch();")]
        [InlineData("Monitor.Enter(_index); try { _books++; } finally { Monitor.Exit(_index); } await Fetch();")]
        [InlineData("try { Monitor.Enter(_index); _books++; Monitor.Exit(_index); } catch (IOException) { await Fetch(); }")]
        [InlineData("if (Monitor.TryEnter(_index)) { _books++; Monitor.Exit(_index); } else { await Fetch(); }")]
        [InlineData("while (!Monitor.TryEnter(_index)) await Fetch(); try { _books++; } finally { Monitor.Exit(_index); }")]
        [InlineData("var isMine = Monitor.TryEnter(_index); if (!isMine) await Fetch(); if (isMine) Monitor.Exit(_index);")]
        [InlineData("var isMine = false; try { Monitor.TryEnter(_index, 10, ref isMine); if (!isMine) { await Fetch(); return 0; } _books++; } finally { if (isMine) Monitor.Exit(_index); }")]
        [InlineData("foreach (var c in book) { Monitor.Enter(_index); _books++; Monitor.Exit(_index); await Fetch(); }")]
        [InlineData("Monitor.Enter(_index); var later = Task.Run(async () => await Fetch()); Monitor.Exit(_index); await later;")]
        [InlineData("lock (_index) { _books++; } await Fetch();")]
        [InlineData("if (!_named.WaitOne(0)) return 0; await Fetch();")]
        [InlineData("if (!_desks.WaitOne(100)) return 0; try { await Fetch(); } finally { _desks.Release(); }")]
        [InlineData("_shelf.EnterReadLock(); _books++; _shelf.ExitReadLock(); await Fetch(); _shelf.EnterWriteLock(); _books++; _shelf.ExitWriteLock();")]
        [InlineData("var gate = new SemaphoreSlim(1, 1); await gate.WaitAsync(closing); try { await Fetch(); } finally { gate.Release(); }")]
        public Task Not_held_there_or_not_bound_to_a_thread(string flow) => Verify.StaysSilent(Library(flow));

        [Fact]
        public Task Code_that_is_not_async() => Verify.StaysSilent(Library("""
            await Fetch();
            Count();

            int Count()
            {
                _door.WaitOne();
                try { Fetch().Wait(100); return ++_books; }
                finally { _door.ReleaseMutex(); }
            }
            """));

        [Fact]
        public Task Given_back_by_another_object() => Verify.StaysSilent(Library("""
            var other = new Mutex();
            _door.WaitOne();
            await Fetch();
            other.ReleaseMutex();
            """));
    }

    public sealed class Fix
    {
        [Fact]
        public Task Makes_a_monitor_a_semaphore_with_all_its_uses() => Verify.Fixes(Usings + """
            class Library
            {
                private readonly object _index = new(); // one at a time
                private static readonly Lock Stairs = new Lock();

                async Task Lend(CancellationToken closing)
                {
                    [|Monitor.Enter(_index)|]; // mine
                    try
                    {
                        await Task.Delay(1, closing);
                    }
                    finally
                    {
                        Monitor.Exit(_index);
                    }
                }

                async Task<bool> Sort()
                {
                    if (![|Monitor.TryEnter(this._index, TimeSpan.FromSeconds(5))|])
                        return false;
                    await Task.Delay(1);
                    Monitor.Exit(_index);
                    return true;
                }

                void Count()
                {
                    Monitor.Enter(_index);
                    Monitor.Exit(_index);
                    if (Monitor.TryEnter(_index))
                        Monitor.Exit(_index);
                }

                async Task Climb()
                {
                    [|Stairs.Enter()|];
                    await Task.Delay(1);
                    Stairs.Exit();
                }
            }
            """, Usings + """
            class Library
            {
                private readonly SemaphoreSlim _index = new(1, 1); // one at a time
                private static readonly SemaphoreSlim Stairs = new SemaphoreSlim(1, 1);

                async Task Lend(CancellationToken closing)
                {
                    await _index.WaitAsync(closing); // mine
                    try
                    {
                        await Task.Delay(1, closing);
                    }
                    finally
                    {
                        _index.Release();
                    }
                }

                async Task<bool> Sort()
                {
                    if (!await this._index.WaitAsync(TimeSpan.FromSeconds(5)))
                        return false;
                    await Task.Delay(1);
                    _index.Release();
                    return true;
                }

                void Count()
                {
                    _index.Wait();
                    _index.Release();
                    if (_index.Wait(0))
                        _index.Release();
                }

                async Task Climb()
                {
                    await Stairs.WaitAsync();
                    await Task.Delay(1);
                    Stairs.Release();
                }
            }
            """);

        [Fact]
        public Task Makes_kernel_objects_semaphores() => Verify.Fixes(Usings + """
            class Library : IDisposable
            {
                private readonly Mutex _door = new Mutex(false);
                private readonly Semaphore _desks = new(3, 3);

                async Task Lend(CancellationToken closing)
                {
                    [|_door.WaitOne()|];
                    await Task.Delay(1, closing);
                    _door.ReleaseMutex();
                    [|_desks.WaitOne()|];
                    await Task.Delay(1, closing);
                    _desks.Release(1);
                }

                public void Dispose()
                {
                    _door.Dispose();
                    _desks.Dispose();
                }
            }
            """, Usings + """
            class Library : IDisposable
            {
                private readonly SemaphoreSlim _door = new SemaphoreSlim(1, 1);
                private readonly SemaphoreSlim _desks = new(3, 3);

                async Task Lend(CancellationToken closing)
                {
                    await _door.WaitAsync(closing);
                    await Task.Delay(1, closing);
                    _door.Release();
                    await _desks.WaitAsync(closing);
                    await Task.Delay(1, closing);
                    _desks.Release(1);
                }

                public void Dispose()
                {
                    _door.Dispose();
                    _desks.Dispose();
                }
            }
            """);

        [Theory]
        [InlineData("private readonly object _lock = new();", "lock (_lock) { }")]
        [InlineData("private readonly object _lock = new();", "Monitor.PulseAll(_lock);")]
        [InlineData("private readonly object _lock = new();", "_ = Lend();")]
        [InlineData("private readonly object _lock = new();", "_ = Again(); Task Again() => Lend();")]
        [InlineData("private readonly object _lock = new();", "Console.WriteLine(_lock);")]
        [InlineData("private readonly object _lock = typeof(Library);", "")]
        [InlineData("internal readonly object _lock = new();", "")]
        [InlineData("private readonly List<int> _lock = new(10);", "")]
        [InlineData("private object _lock = new();", "_lock = new();")]
        public Task None_where_a_use_has_no_counterpart_or_a_thread_may_take_it_twice(string field, string use) => Verify.OffersNoFix(Usings + $$"""
            class Library
            {
                {{field}}

                async Task Lend()
                {
                    [|Monitor.Enter(_lock)|];
                    await Task.Delay(1);
                    Sort();
                    Monitor.Exit(_lock);
                }

                void Sort()
                {
                    {{use}}
                }
            }
            """);

        [Theory]
        [InlineData("Mutex", "new(false, \"library\")", "WaitOne", "ReleaseMutex")]
        [InlineData("Mutex", "new(true)", "WaitOne", "ReleaseMutex")]
        [InlineData("Semaphore", "new(1, 1, \"library\")", "WaitOne", "Release")]
        [InlineData("ReaderWriterLockSlim", "new(LockRecursionPolicy.SupportsRecursion)", "EnterReadLock", "ExitReadLock")]
        public Task None_where_others_share_it_or_it_begins_held(string type, string creation, string acquire, string release) => Verify.OffersNoFix(Usings + $$"""
            class Library
            {
                private readonly {{type}} _lock = {{creation}};

                async Task Lend()
                {
                    [|_lock.{{acquire}}()|];
                    await Task.Delay(1);
                    _lock.{{release}}();
                }
            }
            """);
    }

    public sealed class Known
    {
        [Fact]
        public Task FP_Where_every_await_comes_back_to_the_same_thread() => Verify.Reports(Library("""
            // On the thread of a window, whose SynchronizationContext brings the code back.
            [|Monitor.Enter(_index)|];
            await Fetch();
            Monitor.Exit(_index);
            """));

        [Fact]
        public Task FN_A_scope_that_hides_the_lock() => Verify.StaysSilent(Usings + """
            sealed class ReadScope : IDisposable
            {
                private readonly ReaderWriterLockSlim _shelf;
                public ReadScope(ReaderWriterLockSlim shelf) { _shelf = shelf; shelf.EnterReadLock(); }
                public void Dispose() => _shelf.ExitReadLock();
            }

            class Library
            {
                private readonly ReaderWriterLockSlim _shelf = new();

                async Task Lend()
                {
                    using (new ReadScope(_shelf))
                        await Task.Delay(1);
                }
            }
            """);

        [Fact]
        public Task FN_Given_back_by_a_helper() => Verify.StaysSilent(Library("""
            _door.WaitOne();
            await Fetch();
            Leave();

            void Leave() => _door.ReleaseMutex();
            """));
    }
}
