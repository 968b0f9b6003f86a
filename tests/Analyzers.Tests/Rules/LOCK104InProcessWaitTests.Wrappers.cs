using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK104InProcessWaitAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK104InProcessWaitCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

/// <summary>Functions of the project itself that hand a time-out or a token on to a wait of this process.</summary>
public sealed class LOCK104InProcessWaitWrapperTests
{
    private static string In(string members) => $$"""
        using System;
        using System.Collections.Concurrent;
        using System.Threading;
        using System.Threading.Tasks;

        sealed class Oven
        {
            private readonly SemaphoreSlim _door = new(1);
            private readonly object _sync = new();
            private readonly ManualResetEventSlim _hot = new();
            private readonly BlockingCollection<string> _orders = new();
            private volatile bool _closed;

            public bool Open(int timeout) => _door.Wait(timeout);
            public Task<bool> OpenAsync(TimeSpan timeout, CancellationToken token = default) => _door.WaitAsync(timeout, token);
            public void Enter(CancellationToken token) => _door.Wait(token);
            public bool WaitUntilHot(int timeout) => _hot.Wait(timeout);
            public bool Next(out string? order, TimeSpan limit) => _orders.TryTake(out order, limit);

            public bool Count(int timeout)
            {
                if (!Monitor.TryEnter(_sync, timeout))
                    return false;
                _closed = true;
                Monitor.Exit(_sync);
                return true;
            }

            public void Bake(CancellationToken token)
            {
                _door.Wait(token);
                Console.Beep();
                Task.Delay(10, token).Wait(token);
                _door.Release();
            }

        {{members}}
        }
        """;

    public sealed class Reports
    {
        [Theory]
        [InlineData("[|Open(-1)|];")]
        [InlineData("if (![|Open(Timeout.Infinite)|]) return;")]
        [InlineData("await [|OpenAsync(Timeout.InfiniteTimeSpan)|];")]
        [InlineData("await [|OpenAsync(Timeout.InfiniteTimeSpan, CancellationToken.None)|];")]
        [InlineData("[|Enter(CancellationToken.None)|];")]
        [InlineData("[|Enter(default)|];")]
        public Task A_lock_told_to_wait_for_ever(string call) => Verify.Reports(In($"async Task Run() {{ await Task.Yield(); {call} }}"));

        [Theory]
        [InlineData("{|#0:WaitUntilHot(-1)|};")]
        [InlineData("{|#0:Next(out _, Timeout.InfiniteTimeSpan)|};")]
        public Task What_is_waited_for_without_end_at_info(string call) => Verify.ReportsAtInfo(In($"void Run() {{ {call} }}"));
    }

    public sealed class Silent
    {
        [Theory]
        [InlineData("await OpenAsync(Timeout.InfiniteTimeSpan, token);")]
        [InlineData("await OpenAsync(TimeSpan.FromSeconds(5));")]
        [InlineData("Enter(token);")]
        [InlineData("while (!_closed) { if (Next(out var order, Timeout.InfiniteTimeSpan)) Console.WriteLine(order); }")]
        public Task Something_ends_it(string call) => Verify.StaysSilent(In($"async Task Run(CancellationToken token) {{ await Task.Yield(); {call} }} public void Stop() => _closed = true;"));

        [Fact]
        public Task A_short_section_behind_it() => Verify.StaysSilent(In("void Run() => Count(-1);"));

        [Fact]
        public Task A_token_of_a_function_that_works_behind_a_lock() => Verify.StaysSilent(In("""
            private async Task<int> ReadAsync(byte[] into, int length, CancellationToken token)
            {
                await _door.WaitAsync(token).ConfigureAwait(false);
                try
                {
                    return await new System.IO.MemoryStream(into).ReadAsync(into, 0, length, token);
                }
                finally
                {
                    _door.Release();
                }
            }

            Task<int> Run() => ReadAsync([], 0, CancellationToken.None);
            """));

        [Fact]
        public Task A_token_of_more_than_a_wait() => Verify.StaysSilent(In("void Run() => Bake(CancellationToken.None);"));
    }

    /// <summary>What the model does not see.</summary>
    public sealed class Known
    {
        [Fact]
        public Task FN_a_time_out_that_becomes_a_deadline() => Verify.StaysSilent(In("""
            public bool OpenBy(int timeout)
            {
                var end = timeout < 0 ? long.MaxValue : Environment.TickCount64 + timeout;
                while (Environment.TickCount64 < end)
                {
                    if (_door.Wait(50))
                        return true;
                }

                return false;
            }

            void Run() => OpenBy(-1);
            """));

        [Fact]
        public Task FN_a_lambda() => Verify.StaysSilent(In("void Run() { Func<int, bool> open = timeout => _door.Wait(timeout); open(-1); }"));
    }
}
