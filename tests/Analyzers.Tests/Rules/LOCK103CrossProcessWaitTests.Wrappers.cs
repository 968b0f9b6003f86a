using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK103CrossProcessWaitAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK103CrossProcessWaitCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

/// <summary>Functions of the project itself that hand a time-out on to a wait: the call that gives none is reported, the function is not.</summary>
public sealed class LOCK103CrossProcessWaitWrapperTests
{
    private const string Usings = """
        using System;
        using System.Diagnostics;
        using System.Threading;
        using System.Threading.Tasks;

        """;

    private const string Turnstile = """
        sealed class Turnstile : IDisposable
        {
            private readonly Mutex _turn = new(false, @"Global\turnstile");

            public bool Enter(int patience) => _turn.WaitOne(patience);

            public bool Enter(TimeSpan patience, bool loudly = false)
            {
                if (loudly)
                    Console.WriteLine("waiting");
                var isIn = _turn.WaitOne(patience);
                return isIn;
            }

            public bool EnterOrNull(TimeSpan? patience) => _turn.WaitOne(patience ?? Timeout.InfiniteTimeSpan);

            public bool EnterWithin(double milliseconds) => _turn.WaitOne((int)milliseconds);

            public bool EnterSpan(TimeSpan patience) => _turn.WaitOne((int)patience.TotalMilliseconds, false);

            public bool EnterSeconds(int seconds) => _turn.WaitOne(seconds < 0 ? Timeout.Infinite : seconds * 1000);

            public bool EnterMinutes(int minutes) => _turn.WaitOne(minutes * 60_000);

            public bool EnterOrSoon(TimeSpan? patience) => _turn.WaitOne(patience ?? TimeSpan.FromSeconds(3));

            public bool EnterKindly(int patience)
            {
                if (patience < 0)
                    return _turn.WaitOne(30_000);
                return _turn.WaitOne(patience);
            }

            public bool EnterCapped(int patience)
            {
                if (patience == Timeout.Infinite)
                    patience = 30_000;
                return _turn.WaitOne(patience);
            }

            public bool EnterSooner(int patience) => _turn.WaitOne(Math.Min(patience, 5_000));

            public bool EnterLater(int patience) => Task.Run(() => _turn.WaitOne(patience)).IsCompleted;

            public void Dispose() => _turn.Dispose();
        }

        """;

    private static string Gate(string statements) => Usings + Turnstile + $$"""
        class Gate
        {
            private const int Forever = -1;
            private static readonly TimeSpan Endless = Timeout.InfiniteTimeSpan;

            void Pass(Turnstile turnstile, int patience, TimeSpan? limit, bool hurry)
            {
                {{statements}}
            }
        }
        """;

    public sealed class Reports
    {
        [Theory]
        [InlineData("[|turnstile.Enter(-1)|];")]
        [InlineData("[|turnstile.Enter(Timeout.Infinite)|];")]
        [InlineData("if (![|turnstile.Enter(Forever)|]) return;")]
        [InlineData("[|turnstile.Enter(Gate.Forever)|];")]
        [InlineData("[|turnstile.Enter((int)-1L)|];")]
        [InlineData("[|turnstile.Enter(hurry ? Timeout.Infinite : -1)|];")]
        [InlineData("[|turnstile.Enter(Timeout.InfiniteTimeSpan)|];")]
        [InlineData("[|turnstile.Enter(loudly: true, patience: Endless)|];")]
        [InlineData("[|turnstile.Enter(TimeSpan.FromMilliseconds(-1), true)|];")]
        [InlineData("[|turnstile.EnterOrNull(null)|];")]
        [InlineData("[|turnstile.EnterOrNull(default)|];")]
        [InlineData("[|turnstile.EnterWithin(-1)|];")]
        [InlineData("[|turnstile.EnterSpan(Timeout.InfiniteTimeSpan)|];")]
        [InlineData("[|turnstile.EnterSeconds(-1)|];")]
        [InlineData("turnstile?[|.Enter(-1)|];")]
        public Task A_call_that_gives_no_end(string call) => Verify.Reports(Gate(call));

        [Fact]
        public Task The_wait_behind_it_is_named_and_is_the_other_place() => Verify.ReportsWithPlace(Usings + """
            class Till
            {
                private readonly Mutex _drawer = new(false, "drawer");
                public bool Open(int patience)
                {
                    try
                    {
                        return {|#1:_drawer.WaitOne(patience)|};
                    }
                    catch (AbandonedMutexException)
                    {
                        return true;
                    }
                }

                bool Sell() => {|#0:Open(Timeout.Infinite)|};
            }
            """, "Till.Open → Mutex.WaitOne", "every other process lets go of the name", "");

        [Fact]
        public Task A_wrapper_in_another_file() => Verify.ReportsAcrossFiles(
            "class Gate { bool Pass(Turnstile turnstile) => [|turnstile.Enter(-1)|]; }",
            Usings + Turnstile);

        [Fact]
        public Task An_interface_one_of_whose_implementations_wraps_a_named_mutex() => Verify.ReportsAcrossFiles(
            """
            class Program
            {
                static void Run(ITurn turn)
                {
                    if ([|turn.Take(-1)|])
                        turn.Give();
                    using var both = new Both(turn);
                    [|both.Take(-1)|];
                }
            }
            """,
            Usings + """
            interface ITurn : IDisposable { bool Take(int timeout); void Give(); }

            class NoTurn : ITurn { public bool Take(int timeout) => true; public void Give() { } public void Dispose() { } }

            class OneTurn : ITurn
            {
                private readonly Mutex _mutex;
                public OneTurn(string name) => _mutex = new Mutex(false, name);
                bool ITurn.Take(int timeout) => _mutex.WaitOne(timeout, false);
                public void Give() => _mutex.ReleaseMutex();
                public void Dispose() => _mutex.Dispose();
            }

            class Both : ITurn
            {
                private readonly ITurn _inner;
                private bool _taken;
                public Both(ITurn inner) => _inner = inner;
                public bool Take(int timeout)
                {
                    if (!_taken)
                        _taken = _inner.Take(timeout);
                    return _taken;
                }

                public void Give() => _inner.Give();
                public void Dispose() => _inner.Dispose();
            }
            """);

        [Fact]
        public Task An_abstract_member_and_what_overrides_it() => Verify.Reports(Usings + """
            abstract class Turn
            {
                public abstract bool Take(int timeout);
                public bool Take() => [|Take(Timeout.Infinite)|];
            }

            sealed class NamedTurn : Turn
            {
                private readonly EventWaitHandle _free = new(true, EventResetMode.AutoReset, "free");
                public override bool Take(int timeout) => _free.WaitOne(timeout);
            }
            """);

        [Fact]
        public Task An_extension_and_a_static_helper() => Verify.Reports(Usings + """
            static class Turns
            {
                public static bool Take(this Mutex mutex, TimeSpan? limit) => Wait(mutex, limit ?? Timeout.InfiniteTimeSpan);
                private static bool Wait(WaitHandle handle, TimeSpan limit) => handle.WaitOne(limit);

                public static void Run()
                {
                    using var ours = new Mutex(false, "ours");
                    [|ours.Take(null)|];
                    [|Wait(ours, Timeout.InfiniteTimeSpan)|];
                    using var mine = new Mutex();
                    mine.Take(null);
                }
            }
            """);

        [Fact]
        public Task A_constructor_and_one_that_chains_to_it() => Verify.Reports(Usings + """
            sealed class Held : IDisposable
            {
                private readonly Mutex _mutex;

                public Held(string name, int patience)
                {
                    _mutex = new Mutex(false, name);
                    HasHandle = _mutex.WaitOne(patience);
                }

                public Held(string name) [|: this(name, Timeout.Infinite)|] { }

                public bool HasHandle { get; }
                public void Dispose() => _mutex.Dispose();

                static void Run()
                {
                    using var one = [|new Held("a", -1)|];
                    using Held two = [|new("b", Timeout.Infinite)|];
                    using var three = new Held("c", 5_000);
                    using var four = new Held("d");
                }
            }
            """);

        [Fact]
        public Task A_local_function() => Verify.Reports(Usings + """
            class Gate
            {
                void Pass()
                {
                    using var turn = new Mutex(false, "turn");
                    if (![|Enter(-1)|] && !Enter(100))
                        return;
                    turn.ReleaseMutex();

                    bool Enter(int patience) => turn.WaitOne(patience);
                }
            }
            """);

        [Fact]
        public Task The_nearest_of_several_that_hand_it_on() => Verify.Reports(Usings + """
            static class Turns
            {
                private static readonly Mutex Turn = new(false, "turn");
                public static bool Take(int timeout) => TakeOnce(timeout);
                private static bool TakeOnce(int timeout) => Wait(timeout);
                private static bool Wait(int timeout) => Turn.WaitOne(timeout);
                static void Run() { [|Take(-1)|]; }
                static void RunFor(int timeout) => Take(timeout);
            }
            """);

        [Fact]
        public Task A_child_at_info() => Verify.ReportsAtInfo(Usings + """
            static class Tool
            {
                static bool Run(string name, int timeoutMs)
                {
                    using var child = Process.Start(name)!;
                    return child.WaitForExit(timeoutMs);
                }

                static bool Build() => {|#0:Run("make", Timeout.Infinite)|};
            }
            """);
    }

    public sealed class Silent
    {
        [Theory]
        [InlineData("turnstile.Enter(0);")]
        [InlineData("turnstile.Enter(5_000);")]
        [InlineData("turnstile.Enter(patience);")]
        [InlineData("turnstile.Enter(hurry ? 0 : -1);")]
        [InlineData("turnstile.Enter(TimeSpan.FromSeconds(5));")]
        [InlineData("turnstile.EnterOrNull(limit);")]
        [InlineData("turnstile.EnterOrSoon(null);")]
        [InlineData("turnstile.EnterMinutes(-1);")]
        [InlineData("turnstile.EnterKindly(-1);")]
        [InlineData("turnstile.EnterCapped(-1);")]
        [InlineData("turnstile.EnterSooner(-1);")]
        [InlineData("turnstile.EnterLater(-1);")]
        public Task Something_ends_it_or_may(string call) => Verify.StaysSilent(Gate(call));

        [Fact]
        public Task A_member_that_says_it_does_not_block() => Verify.StaysSilent(Usings + """
            class Turns
            {
                private readonly Mutex _turn = new(false, "turn");
                [LockAnalyzers.Runtime.NonBlocking] public bool Take(int timeout) => _turn.WaitOne(timeout);
                bool Run() => Take(-1);
            }
            """);

        [Fact]
        public Task A_wrapper_that_waits_without_end_is_told_once() => Verify.Reports(Usings + """
            class Turns
            {
                private readonly Mutex _turn = new(false, "turn");
                public bool Take() => [|_turn.WaitOne()|];
                public bool Take(int tries) => [|_turn.WaitOne(Timeout.Infinite)|] && tries > 0;
                bool Run() => Take() && Take(-1);
            }
            """);

        [Fact]
        public Task Names_that_only_look_alike() => Verify.StaysSilent(Usings + """
            class Ledger
            {
                private readonly Mutex _turn = new(false, "turn");
                public bool Take(int timeout) => _turn.WaitOne(timeout);
            }

            class Shelf
            {
                public int Take(int place) => place + 1;
                int First() => Take(-1);
                int Last(System.Collections.Generic.List<int> list) => list.IndexOf(-1);
            }
            """);

        [Fact]
        public Task More_hands_than_are_followed() => Verify.StaysSilent(Usings + """
            static class Turns
            {
                private static readonly Mutex Turn = new(false, "turn");
                public static bool Take(int timeout) => TakeOnce(timeout);
                private static bool TakeOnce(int timeout) => TakeTwice(timeout);
                private static bool TakeTwice(int timeout) => Wait(timeout);
                private static bool Wait(int timeout) => Turn.WaitOne(timeout);
                static void Run() => Take(-1);
            }
            """);

        [Fact]
        public Task Functions_that_call_each_other() => Verify.StaysSilent(Usings + """
            static class Turns
            {
                public static bool Take(int timeout) => Wait(timeout);
                private static bool Wait(int timeout) => timeout > 0 && Take(timeout - 1);
                static bool Run() => Take(-1);
            }
            """);
    }

    public sealed class Known
    {
        /// <summary>Asked of the text: an argument that is a plain variable is given on in most calls, and would have to be bound in each.</summary>
        [Fact]
        public Task FN_a_variable() => Verify.StaysSilent(Gate("var none = -1; turnstile.Enter(none);"));
    }

    public sealed class Defaults
    {
        [Theory]
        [InlineData("int timeout {|#0:= -1|}", "timeout")]
        [InlineData("int timeout {|#0:= Timeout.Infinite|}", "timeout")]
        [InlineData("TimeSpan? timeout {|#0:= null|}", "timeout ?? Timeout.InfiniteTimeSpan")]
        [InlineData("int timeout {|#0:= Timeout.Infinite|}, bool quick = false", "quick ? 0 : timeout")]
        public Task Without_an_end_is_told_where_it_is_declared(string parameters, string handed) => Verify.ReportsAtInfo(Usings + $$"""
            class Turns
            {
                private readonly Mutex _turn = new(false, "turn");
                public bool Take({{parameters}}) => _turn.WaitOne({{handed}});
                bool Run() => Take() && Take(5_000.Soon());
            }

            static class Times { public static dynamic Soon(this int time) => time; }
            """);

        [Theory]
        [InlineData("int timeout = 5_000", "timeout")]
        [InlineData("TimeSpan? timeout = null", "timeout ?? TimeSpan.FromSeconds(3)")]
        [InlineData("TimeSpan timeout = default", "timeout")]
        [InlineData("int timeout = -1", "Math.Min((uint)timeout, 5_000u) is var most ? (int)most : 0")]
        public Task With_an_end_is_silent(string parameters, string handed) => Verify.StaysSilent(Usings + $$"""
            class Turns
            {
                private readonly Mutex _turn = new(false, "turn");
                public bool Take({{parameters}}) => _turn.WaitOne({{handed}});
                bool Run() => Take();
            }
            """);

        [Fact]
        public Task Of_a_contract_is_told_once() => Verify.ReportsAtInfo(Usings + """
            abstract class Turn
            {
                public abstract bool Take(int timeout {|#0:= -1|});
            }

            sealed class NamedTurn : Turn
            {
                private readonly Mutex _turn = new(false, "turn");
                public override bool Take(int timeout = -1) => _turn.WaitOne(timeout);
            }
            """);

        [Fact]
        public Task Of_an_interface_is_told_once_and_of_no_other_parameter() => Verify.ReportsAtInfo(Usings + """
            interface ITurn
            {
                bool Take(string? who = null, int timeout {|#0:= -1|}, int? tries = null);
            }

            sealed class NamedTurn : ITurn
            {
                private readonly Mutex _turn = new(false, "turn");
                public bool Take(string? who = null, int timeout = -1, int? tries = null) => _turn.WaitOne(timeout) && who != "" && tries != 0;
            }
            """);

        [Fact]
        public Task Of_another_parameter_leave_the_call_to_its_own_choice() => Verify.Reports(Usings + """
            class Turns
            {
                private readonly Mutex _turn = new(false, "turn");
                public bool Take(int timeout, string? who = null) => who != "" && _turn.WaitOne(timeout);
                bool Run() => [|Take(-1)|] && [|Take(-1, null)|];
            }
            """);
    }

    public sealed class Fix
    {
        [Fact]
        public Task Gives_the_wrapper_a_time_out() => Verify.Fixes(Usings + """
            class Turns
            {
                private readonly Mutex _turn = new(false, "turn");
                public bool Take(int timeoutMs, bool loudly) => _turn.WaitOne(timeoutMs) || loudly;
                public bool Take(TimeSpan? limit) => _turn.WaitOne(limit ?? Timeout.InfiniteTimeSpan);

                bool Run()
                {
                    if (![|Take(Timeout.Infinite, loudly: true)|])
                        return false;
                    [|Take(-1, false)|];
                    return [|Take(null)|];
                }
            }
            """, Usings + """
            class Turns
            {
                private readonly Mutex _turn = new(false, "turn");
                public bool Take(int timeoutMs, bool loudly) => _turn.WaitOne(timeoutMs) || loudly;
                public bool Take(TimeSpan? limit) => _turn.WaitOne(limit ?? Timeout.InfiniteTimeSpan);

                bool Run()
                {
                    if (!Take(10_000, loudly: true))
                        return false;
                    if (!Take(10_000, false))
                        throw new TimeoutException();
                    return Take(TimeSpan.FromSeconds(10));
                }
            }
            """);

        [Fact]
        public Task None_where_the_unit_is_not_known_or_a_finally_may_give_it_back() => Verify.OffersNoFix(Usings + """
            class Turns
            {
                private readonly Mutex _turn = new(false, "turn");
                public bool Take(int timeoutSeconds) => _turn.WaitOne(timeoutSeconds < 0 ? -1 : timeoutSeconds * 1000);
                public bool TakeFor(int timeout) => _turn.WaitOne(timeout);
                public void Give() => _turn.ReleaseMutex();

                bool Run()
                {
                    try
                    {
                        return [|Take(-1)|] && [|TakeFor(-1)|];
                    }
                    finally
                    {
                        this.Give();
                    }
                }

                bool RunOnce() => [|Take(-1)|];
            }
            """);
    }
}
