using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK107UnboundedRetryAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK107UnboundedRetryCodeFix>;
using CodeFix = LockAnalyzers.CodeFixes.Rules.LOCK107UnboundedRetryCodeFix;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed partial class LOCK107UnboundedRetryTests
{
    private static Task Fixes(string members, string fixedMembers, string? key = null) =>
        Verify.Fixes(Depot(members), Fixed(fixedMembers), key);

    private static string Fixed(string members) => Depot(members).Replace("using System.Threading.Tasks;\n", "using System.Threading.Tasks;\nusing LockAnalyzers.Runtime;\n");

    public sealed class Fix
    {
        [Fact]
        public Task Replaces_a_loop_that_only_asks_and_pauses() => Fixes("""
                void Hold(IStore store)
                {
                    // ours first
                    [|while (!Monitor.TryEnter(_sync))|]
                    {
                        Thread.Sleep(10);
                    }

                    [|while (!store.TryTakeLock())|] Thread.Yield();
                    [|while (File.Exists("/run/depot.lock"))|]
                        Thread.Sleep(10); // theirs
                    Work();
                }
            """, """
                void Hold(IStore store)
                {
                    // ours first
                    BoundedRetry.Until(() => Monitor.TryEnter(_sync));

                    BoundedRetry.Until(() => store.TryTakeLock());
                    BoundedRetry.Until(() => !File.Exists("/run/depot.lock")); // theirs
                    Work();
                }
            """, CodeFix.RetryKey);

        [Fact]
        public Task Awaits_and_passes_the_token_on() => Fixes("""
                async Task Hold(IStore store, CancellationToken stopping)
                {
                    [|while (!await store.TryLockAsync())|]
                        await Task.Delay(100);
                    [|while (!await _gate.WaitAsync(100).ConfigureAwait(false))|] { }
                    [|while (!store.TryTakeLock())|] { await Task.Delay(10); }
                    [|while (!Monitor.TryEnter(_sync))|] { Thread.Sleep(10); }
                    Monitor.Exit(_sync);
                }
            """, """
                async Task Hold(IStore store, CancellationToken stopping)
                {
                    await BoundedRetry.UntilAsync(_ => store.TryLockAsync(), cancellationToken: stopping);
                    await BoundedRetry.UntilAsync(_ => _gate.WaitAsync(100), cancellationToken: stopping);
                    await BoundedRetry.UntilAsync(() => store.TryTakeLock(), cancellationToken: stopping);
                    BoundedRetry.Until(() => Monitor.TryEnter(_sync), cancellationToken: stopping);
                    Monitor.Exit(_sync);
                }
            """, CodeFix.RetryKey);

        [Fact]
        public Task Goes_around_the_try_in_any_other_loop() => Fixes("""
                [DllImport("libc", SetLastError = true)] static extern int flock(int fd, int operation);
                void Hold(IStore store)
                {
                again:
                    if (!_gate.Wait(200))
                    {
                        Log("busy");
                        [|goto again;|]
                    }

                    [|while (true)|]
                    {
                        using var held = store.TryAcquire("a");
                        if (held is not null)
                            break;
                        Log("busy");
                    }

                    [|while (flock(3, 2 | 4) != 0)|]
                        Log("busy");
                }
            """, """
                [DllImport("libc", SetLastError = true)] static extern int flock(int fd, int operation);
                void Hold(IStore store)
                {
                again:
                    if (!BoundedRetry.Until(() => _gate.Wait(200), static answer => answer))
                    {
                        Log("busy");
                        goto again;
                    }

                    while (true)
                    {
                        using var held = BoundedRetry.Acquire(() => store.TryAcquire("a"));
                        if (held is not null)
                            break;
                        Log("busy");
                    }

                    while (BoundedRetry.Native(() => flock(3, 2 | 4)) != 0)
                        Log("busy");
                }
            """, CodeFix.RetryKey);

        [Fact]
        public Task Goes_around_each_try_of_a_loop() => Fixes("""
                FileStream? _ledger;
                void Enter(string path)
                {
                    [|while (true)|]
                    {
                        try
                        {
                            _ledger = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
                            _ledger.Lock(0, 1);
                            break;
                        }
                        catch (IOException)
                        {
                            Thread.Sleep(20);
                        }
                    }
                }
            """, """
                FileStream? _ledger;
                void Enter(string path)
                {
                    while (true)
                    {
                        try
                        {
                            _ledger = BoundedFile.Open(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
                            BoundedRetry.Invoke(() => _ledger.Lock(0, 1));
                            break;
                        }
                        catch (IOException)
                        {
                            Thread.Sleep(20);
                        }
                    }
                }
            """, CodeFix.RetryKey);

        [Fact]
        public Task Goes_around_an_awaited_try() => Fixes("""
                async Task Hold(IStore store)
                {
                    [|while (true)|]
                    {
                        var held = await store.TryAcquireAsync();
                        if (held is not null)
                            break;
                        Log("busy");
                    }

                    [|while (!await store.TryLockAsync())|]
                        Log("busy");
                }
            """, """
                async Task Hold(IStore store)
                {
                    while (true)
                    {
                        var held = await BoundedRetry.AcquireAsync(async _ => await store.TryAcquireAsync());
                        if (held is not null)
                            break;
                        Log("busy");
                    }

                    while (!await BoundedRetry.UntilAsync(_ => store.TryLockAsync(), static answer => answer))
                        Log("busy");
                }
            """, CodeFix.RetryKey);

        [Fact]
        public Task Opens_a_file_within_a_deadline() => Fixes("""
                FileStream Hold(string path)
                {
                    [|while (true)|]
                    {
                        try { return File.Open(path, FileMode.OpenOrCreate); }
                        catch (IOException) { Thread.Sleep(50); }
                    }
                }
            """, """
                FileStream Hold(string path)
                {
                    while (true)
                    {
                        try { return BoundedFile.Open(path, FileMode.OpenOrCreate); }
                        catch (IOException) { Thread.Sleep(50); }
                    }
                }
            """, CodeFix.RetryKey);

        [Fact]
        public Task Gives_up_by_a_deadline_of_its_own() => Verify.Fixes(Depot("""
                long AcquireMigrationLock(IStore store)
                {
                    var pause = TimeSpan.FromSeconds(1);

                    // until it is ours
                    [|while (true)|]
                    {
                        var inserted = store.Run("insert");
                        if (inserted == 1)
                            return inserted;

                        // theirs
                        Thread.Sleep(pause);
                    }
                }

                FileStream Hold(string path)
                {
                    [|while (true)|]
                    {
                        try
                        {
                            return File.Open(path, FileMode.OpenOrCreate);
                        }
                        catch (Exception)
                        {
                            Thread.Sleep(50);
                        }
                    }
                }
            """), Depot("""
                long AcquireMigrationLock(IStore store)
                {
                    var pause = TimeSpan.FromSeconds(1);

                    // until it is ours
                    var waited = Stopwatch.StartNew();
                    while (true)
                    {
                        var inserted = store.Run("insert");
                        if (inserted == 1)
                            return inserted;

                        // theirs
                        if (waited.Elapsed > TimeSpan.FromSeconds(10))
                            throw new TimeoutException();
                        Thread.Sleep(pause);
                    }
                }

                FileStream Hold(string path)
                {
                    var waited = Stopwatch.StartNew();
                    while (true)
                    {
                        try
                        {
                            return File.Open(path, FileMode.OpenOrCreate);
                        }
                        catch (Exception)
                        {
                            if (waited.Elapsed > TimeSpan.FromSeconds(10))
                                throw new TimeoutException();
                            Thread.Sleep(50);
                        }
                    }
                }
            """), CodeFix.DeadlineKey + ".Only");

        [Fact]
        public Task Gives_up_where_the_Runtime_is_not_referenced() => Verify.FixesWithoutRuntime(Depot("""
                void Hold()
                {
                    [|while (!_mutex.WaitOne(0))|]
                    {
                        Log("busy");
                        Thread.Sleep(10);
                    }
                }
            """), Depot("""
                void Hold()
                {
                    var waited = Stopwatch.StartNew();
                    while (!_mutex.WaitOne(0))
                    {
                        Log("busy");
                        if (waited.Elapsed > TimeSpan.FromSeconds(10))
                            throw new TimeoutException();
                        Thread.Sleep(10);
                    }
                }
            """));

        [Fact]
        public Task Is_not_offered_where_the_loop_would_catch_it() => Verify.OffersNoFix(Depot("""
                void Hold()
                {
                    [|while (true)|]
                    {
                        try { if (_gate.Wait(0)) return; Thread.Sleep(10); }
                        catch (Exception problem) { Log(problem.Message); }
                    }
                }
            """));
    }
}
