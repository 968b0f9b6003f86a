using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK108RacedAcquisitionAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK108RacedAcquisitionCodeFix>;
using CodeFix = LockAnalyzers.CodeFixes.Rules.LOCK108RacedAcquisitionCodeFix;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed class LOCK108RacedAcquisitionTests
{
    /// <summary>A class around members, with locks to race for.</summary>
    private static string Berth(string members) => """
        using System;
        using System.IO;
        using System.Runtime.InteropServices;
        using System.Threading;
        using System.Threading.Channels;
        using System.Threading.Tasks;
        using Medallion.Threading;

        interface IRegistry { IDisposable AcquireLock(string name); Task<IDisposable> AcquireLockAsync(string name); static IRegistry Open(string path, bool wait) => throw new Exception(); }
        static class TaskHelpers
        {
            public static async Task<T> TimeoutAfter<T>(this Task<T> task, TimeSpan timeout) { await Task.Yield(); return default!; }
            public static async Task WithCancellation(this Task task, CancellationToken token) => await Task.Yield();
        }
        class Berth
        {
            [DllImport("libc")] static extern int flock(int fd, int operation);
            private readonly object _sync = new();
            private readonly SemaphoreSlim _gate = new(1, 1);
            private readonly Mutex _mutex = new(false, @"Global\berth");
            private void Log(string text) => Console.Error.WriteLine(text);
            private int Load() => 1;

        """ + members + "\n}\n";

    private static Task Reports(string members) => Verify.Reports(Berth(members));

    private static Task StaysSilent(string members) => Verify.StaysSilent(Berth(members));

    private static Task Fixes(string members, string fixedMembers, string? key = null) => Verify.Fixes(Berth(members), Berth(fixedMembers), key);

    public sealed class Reports_a_race
    {
        [Theory]
        [InlineData("Task.Run(() => _mutex.WaitOne())")]
        [InlineData("Task.Run(_mutex.WaitOne)")]
        [InlineData("Task.Run(() => { _mutex.WaitOne(); return true; })")]
        [InlineData("Task.Run(() => _gate.Wait())")]
        [InlineData("Task.Run(() => Monitor.Enter(_sync))")]
        [InlineData("Task.Run(() => _gate.Wait(Timeout.Infinite))")]
        [InlineData("Task.Run(async () => await _gate.WaitAsync())")]
        [InlineData("Task.Run(() => _gate.WaitAsync())")]
        [InlineData("Task.Run(() => flock(3, 2))")]
        [InlineData("Task.Run(() => Take())")]
        [InlineData("Task.Run(Take)")]
        [InlineData("Task.Run(() => registry.AcquireLock(\"a\"))")]
        [InlineData("Task.Run(() => IRegistry.Open(\"a\", wait: true))")]
        [InlineData("Task.Run(() => berths.Acquire())")]
        [InlineData("Task.Factory.StartNew(() => _mutex.WaitOne(), TaskCreationOptions.LongRunning)")]
        [InlineData("_gate.WaitAsync()")]
        [InlineData("_gate.WaitAsync(CancellationToken.None)")]
        [InlineData("berths.AcquireAsync().AsTask()")]
        [InlineData("registry.AcquireLockAsync(\"a\")")]
        [InlineData("new Nito.AsyncEx.AsyncLock().LockAsync().AsTask()")]
        [InlineData("TakeAsync()")]
        public async Task Of_an_acquisition(string acquisition)
        {
            const string Helpers = """
                private void Take() => _mutex.WaitOne();
                private async Task TakeAsync() { await _gate.WaitAsync(); Log("taken"); }
                """;
            foreach (var race in new[] { "await [|Task.WhenAny(entered, Task.Delay(limit))|];", "await [|entered.WaitAsync(limit)|];", "await [|entered.WaitAsync(stop)|];", "[|entered.Wait(1000)|];", "[|Task.WaitAny(new Task[] { entered }, 1000)|];" })
            {
                await Reports(Helpers + $$"""
                        async Task Enter(IRegistry registry, IDistributedLock berths, TimeSpan limit, CancellationToken stop)
                        {
                            var entered = {{acquisition}};
                            {{race}}
                            await Task.Yield();
                        }
                    """);
            }
        }

        [Theory]
        [InlineData("if (await [|Task.WhenAny(entered, Task.Delay(limit))|] != entered) throw new TimeoutException(); await entered;")]
        [InlineData("var first = await [|Task.WhenAny(entered, Task.Delay(limit, stop))|]; if (first == entered) { await entered; }")]
        [InlineData("var first = await [|Task.WhenAny(entered, Task.Delay(Timeout.Infinite, stop))|]; if (first != entered) return; await entered;")]
        [InlineData("await [|Task.WhenAny(new[] { entered, Task.Delay(limit) })|]; if (!entered.IsCompleted) throw new TimeoutException();")]
        public Task However_the_winner_is_told(string race) => Reports($$"""
                async Task Enter(TimeSpan limit, CancellationToken stop)
                {
                    Task entered = _gate.WaitAsync();
                    {{race}}
                }
            """);

        [Fact]
        public Task Written_in_one() => Reports("""
                async Task Enter(TimeSpan limit, CancellationToken stop)
                {
                    await [|Task.Run(() => _mutex.WaitOne()).WaitAsync(limit)|];
                    await [|_gate.WaitAsync().WaitAsync(stop)|].ConfigureAwait(false);
                    if (![|Task.Run(() => _gate.Wait()).Wait(limit)|]) throw new TimeoutException();
                    await [|Task.Run(() => _mutex.WaitOne()).TimeoutAfter(limit)|];
                    await [|_gate.WaitAsync().WithCancellation(stop)|];
                    await [|Task.WhenAny(_gate.WaitAsync(), Task.Delay(limit))|];
                }
            """);

        [Fact]
        public Task Of_a_thread() => Reports("""
                bool Enter(int limit)
                {
                    var thread = new Thread(() => flock(3, 2)) { IsBackground = true };
                    thread.Start();
                    if (![|thread.Join(limit)|])
                        return false;
                    ThreadStart take = delegate { _mutex.WaitOne(); };
                    var other = new Thread(take);
                    other.Start();
                    return [|other.Join(TimeSpan.FromSeconds(1))|];
                }
            """);

        [Fact]
        public Task By_a_token_that_only_prevents_the_start() => Reports("""
                async Task<IDisposable> Enter(IDistributedLock berths, CancellationToken stop)
                {
                    using var limited = new CancellationTokenSource(1000);
                    await [|Task.Run(() => _mutex.WaitOne(), limited.Token)|];
                    await [|Task.Factory.StartNew(() => _gate.Wait(), stop)|];
                    return await [|Task.Run(() => berths.Acquire(), limited.Token)|];
                }
            """);

        [Fact]
        public Task Once_where_there_is_a_token_as_well() => Reports("""
                async Task Enter(TimeSpan limit, CancellationToken stop)
                {
                    var entered = Task.Run(() => _mutex.WaitOne(), stop);
                    if (await [|Task.WhenAny(entered, Task.Delay(limit))|] != entered)
                        throw new TimeoutException();
                }

                Task Enter(CancellationToken stop) => [|Task.Run(() => _mutex.WaitOne(), stop).WaitAsync(stop)|];
            """);
    }

    public sealed class Silent
    {
        [Theory]
        [InlineData("await Task.WhenAny(Task.Run(() => _mutex.WaitOne(1000)), Task.Delay(limit));")]
        [InlineData("await Task.WhenAny(_gate.WaitAsync(stop), Task.Delay(limit));")]
        [InlineData("await _gate.WaitAsync(1000).WaitAsync(stop);")]
        [InlineData("await Task.Run(() => berths.Acquire(limit), stop);")]
        [InlineData("await Task.Run(() => berths.Acquire(cancellationToken: stop), stop);")]
        [InlineData("await Task.Run(() => Load()).WaitAsync(limit);")]
        [InlineData("await Task.Run(() => Load(), stop);")]
        [InlineData("await reader.ReadAsync().AsTask().WaitAsync(limit);")]
        [InlineData("await Task.WhenAny(input.ReadAsync(new byte[1], 0, 1), Task.Delay(limit));")]
        [InlineData("await Task.Run(() => _mutex.WaitOne());")]
        [InlineData("await Task.Run(() => _mutex.WaitOne(), CancellationToken.None);")]
        [InlineData("await Task.WhenAny(_gate.WaitAsync());")]
        [InlineData("Task.Run(() => _gate.Wait()).Wait();")]
        [InlineData("await Task.WhenAll(_gate.WaitAsync(), Task.Delay(limit));")]
        [InlineData("await Task.Run(() => { _gate.Wait(); try { Load(); } finally { _gate.Release(); } }, stop);")]
        [InlineData("await Task.Run(() => { lock (_sync) Load(); }, stop);")]
        [InlineData("await Task.Run(() => { using (berths.Acquire()) Load(); }, stop);")]
        [InlineData("await Task.Run(() => { _ = Task.Run(() => _gate.Wait()); Load(); }, stop);")]
        [InlineData("new Thread(() => Load()).Join(1000);")]
        [InlineData("await process.WaitForExitAsync().WaitAsync(limit);")]
        public Task What_leaves_no_wait_for_a_lock_behind(string story) => StaysSilent($$"""
                async Task Enter(IDistributedLock berths, ChannelReader<int> reader, Stream input, System.Diagnostics.Process process, TimeSpan limit, CancellationToken stop)
                {
                    {{story}}
                    await Task.Yield();
                }
            """);

        [Fact]
        public Task A_task_that_is_kept() => StaysSilent("""
                private Task? _entering;

                async Task Beat(TimeSpan limit)
                {
                    var entered = _gate.WaitAsync();
                    while (await Task.WhenAny(entered, Task.Delay(limit)) != entered)
                        Log("still waiting");
                }

                async Task Warn(TimeSpan limit)
                {
                    var entered = _gate.WaitAsync();
                    if (await Task.WhenAny(entered, Task.Delay(limit)) != entered)
                        Log("slow");
                    await entered;
                }

                async Task<bool> GiveBack(TimeSpan limit)
                {
                    var entered = _gate.WaitAsync();
                    if (await Task.WhenAny(entered, Task.Delay(limit)) == entered)
                        return true;
                    _ = entered.ContinueWith(_ => _gate.Release());
                    return false;
                }

                async Task Store(TimeSpan limit)
                {
                    var entered = _gate.WaitAsync();
                    _entering = entered;
                    await Task.WhenAny(entered, Task.Delay(limit));
                }
            """);

        [Fact]
        public Task A_thread_that_ends_on_its_own() => StaysSilent("""
                bool Run()
                {
                    var thread = new Thread(() => { while (Load() > 0) Thread.Sleep(1); });
                    thread.Start();
                    return thread.Join(1000);
                }
            """);
    }

    public sealed class Fix
    {
        [Fact]
        public Task Passes_the_token_into_the_acquisition() => Fixes("""
                async Task<IDisposable> Enter(IDistributedLock berths, CancellationToken stop)
                {
                    using var limited = new CancellationTokenSource(1000);
                    await [|_gate.WaitAsync().WaitAsync(stop)|]; // ours
                    await [|Task.Factory.StartNew(() => _gate.Wait(), stop)|];
                    return await [|Task.Run(() => berths.Acquire(), limited.Token)|];
                }
            """, """
                async Task<IDisposable> Enter(IDistributedLock berths, CancellationToken stop)
                {
                    using var limited = new CancellationTokenSource(1000);
                    await _gate.WaitAsync(stop); // ours
                    await Task.Factory.StartNew(() => _gate.Wait(stop), stop);
                    return await Task.Run(() => berths.Acquire(cancellationToken: limited.Token), limited.Token);
                }
            """, CodeFix.TokenKey);

        [Fact]
        public Task Gives_the_time_out_to_the_acquisition() => Fixes("""
                async Task Enter(TimeSpan limit)
                {
                    if (![|Task.Run(() => _mutex.WaitOne()).Wait(limit)|])
                        throw new TimeoutException();
                    if (![|_gate.WaitAsync().Wait(1000)|])
                        throw new TimeoutException();

                    // ours
                    await [|_gate.WaitAsync().WaitAsync(limit)|]; // or never

                    var entered = _gate.WaitAsync();
                    if (await [|Task.WhenAny(entered, Task.Delay(limit))|] != entered)
                        throw new TimeoutException();
                }
            """, """
                async Task Enter(TimeSpan limit)
                {
                    if (!_mutex.WaitOne(limit))
                        throw new TimeoutException();
                    if (!_gate.Wait(1000))
                        throw new TimeoutException();

                    // ours
                    if (!await _gate.WaitAsync(limit))
                        throw new TimeoutException(); // or never
                    if (!await _gate.WaitAsync(limit))
                        throw new TimeoutException();
                }
            """, CodeFix.TimeoutKey);

        [Fact]
        public Task Is_not_offered_where_the_outcome_is_read_otherwise() => Verify.OffersNoFix(Berth("""
                async Task<bool> Enter(TimeSpan limit)
                {
                    var entered = Task.Run(() => _mutex.WaitOne());
                    var winner = await [|Task.WhenAny(entered, Task.Delay(limit))|];
                    return winner == entered;
                }

                bool Enter(int limit)
                {
                    var thread = new Thread(() => flock(3, 2));
                    thread.Start();
                    return [|thread.Join(limit)|];
                }
            """));
    }
}
