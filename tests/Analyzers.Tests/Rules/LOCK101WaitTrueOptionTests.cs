using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK101WaitTrueOptionAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK101WaitTrueOptionCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed class LOCK101WaitTrueOptionTests
{
    /// <summary>A library of an embedded ledger, and things that wait for other reasons.</summary>
    private const string Library = """
        using System;
        using System.Threading;
        using System.Threading.Tasks;
        using Cellar;

        namespace Cellar
        {
            public class LedgerBusyException : Exception { }
            public enum OpenBehavior { Fail, Wait, WaitForever }

            public sealed record LedgerOptions
            {
                public string Path { get; set; } = "";
                public bool Wait { get; set; }
                public TimeSpan? LockTimeout { get; set; }
            }

            public sealed class Ledger : IDisposable
            {
                public static Ledger Open(string path, bool wait = false) => throw null!;
                public static Ledger Open(string path, bool wait, TimeSpan timeout) => throw null!;
                public static Ledger Open(LedgerOptions options) => throw null!;
                public static Ledger Open(Action<LedgerOptions> configure) => throw null!;
                public static Ledger Open(string path, OpenBehavior behavior) => throw null!;
                public static Task<Ledger> OpenAsync(string path, bool wait = false, CancellationToken cancellationToken = default) => throw null!;
                public static ValueTask<Ledger> AttachAsync(string path, bool wait) => throw null!;
                public void Dispose() { }
            }

            public static class NamedLock
            {
                public static IDisposable Acquire(string name, bool blocking = true, int timeoutMs = -1) => throw null!;
                public static IDisposable? Take(string name, bool shouldWait) => throw null!;
                public static bool Enter(string name, bool waitIfBusy) => throw null!;
                public static IDisposable Grab(string name, bool nonBlocking) => throw null!;
            }

            public sealed class LeaseBuilder
            {
                public static LeaseBuilder For(string name) => throw null!;
                public LeaseBuilder Wait(bool wait) => this;
                public LeaseBuilder WaitForever() => this;
                public LeaseBuilder WithTimeout(TimeSpan timeout) => this;
                public IDisposable Acquire() => throw null!;
            }

            [AttributeUsage(AttributeTargets.Method)]
            public sealed class ExclusiveAttribute : Attribute
            {
                public bool WaitForLock { get; set; }
                public int TimeoutSeconds { get; set; }
            }
        }

        namespace Elsewhere
        {
            public class Motor { public void MoveTo(int x, bool wait = false) { } }
            public class Player { public bool Wait { get; set; } public void Play(string clip, bool blocking) { } }
            public class Shell { public static System.Diagnostics.Process Open(string path, bool wait) => throw null!; }
            public class Gripper { public void Open(bool wait) { } }
            public class Runner { public void Run(string job, bool waitForExit) { } }
        }

        """;

    public sealed class Reports
    {
        [Theory]
        [InlineData("Ledger.Open(path, [|wait: true|])")]
        [InlineData("Ledger.Open(path, [|true|])")]
        [InlineData("Ledger.Open([|wait: true|], path: path)")]
        [InlineData("Ledger.Open(path, [|wait: Always|])")]
        [InlineData("Ledger.Open(path, [|wait: FromField|])")]
        [InlineData("Ledger.Open(path, [|true|], Timeout.InfiniteTimeSpan)")]
        [InlineData("Ledger.Open(path, [|OpenBehavior.WaitForever|])")]
        [InlineData("Ledger.Open(path, [|OpenBehavior.Wait|])")]
        [InlineData("Ledger.OpenAsync(path, [|wait: true|])")]
        [InlineData("Ledger.OpenAsync(path, [|wait: true|], CancellationToken.None)")]
        [InlineData("Ledger.OpenAsync(path, [|true|], default)")]
        [InlineData("Ledger.Open(new LedgerOptions { Path = path, [|Wait = true|] })")]
        [InlineData("Ledger.Open(new LedgerOptions { [|Wait = true|], LockTimeout = null })")]
        [InlineData("Ledger.Open((LedgerOptions)new() { [|Wait = true|], LockTimeout = Timeout.InfiniteTimeSpan })")]
        [InlineData("Ledger.Open(Plain with { [|Wait = true|] })")]
        [InlineData("Ledger.Open(o => [|o.Wait = true|])")]
        [InlineData("Ledger.Open(o => { o.Path = path; [|o.Wait = true|]; })")]
        [InlineData("NamedLock.[|Acquire|](path)")]
        [InlineData("NamedLock.Acquire(path, [|blocking: true|])")]
        [InlineData("NamedLock.Take(path, [|shouldWait: true|])")]
        [InlineData("NamedLock.Enter(path, [|waitIfBusy: !false|])")]
        [InlineData("NamedLock.Grab(path, [|nonBlocking: false|])")]
        [InlineData("LeaseBuilder.For(path).Wait([|true|]).Acquire()")]
        [InlineData("LeaseBuilder.For(path).[|WaitForever|]().Acquire()")]
        [InlineData("LeaseBuilder.For(path).Wait([|true|]).WithTimeout(Timeout.InfiniteTimeSpan).Acquire()")]
        public Task Waiting_in_every_spelling(string call) => Verify.Reports(Library + $$"""
            class Bookkeeper
            {
                const bool Always = true;
                static readonly bool FromField = true;
                static readonly LedgerOptions Plain = new() { Path = "ledger" };
                object Open(string path) => {{call}};
            }
            """);

        [Fact]
        public Task Where_the_call_itself_says_nothing_of_a_lock() => Verify.Reports(Library + """
            class Gate : IDisposable
            {
                public Gate(string path, bool waitForLock = true) { }
                public Gate() [|: this("all")|] { }
                public static Gate For(string path, bool waitForLock) => throw null!;
                public void Dispose() { }
            }

            class Bookkeeper
            {
                const bool Always = true;
                object Enter(string path) => Gate.For(path, [|Always|]);
                object Create(string path) => [|new Gate(path)|];
                Gate Infer(string path) => [|new(path)|];
            }
            """);

        [Fact]
        public Task A_receiver_that_speaks_of_a_lock() => Verify.Reports("""
            using System;

            class Cabin
            {
                object Enter(Pump.IDoor doorLock) => doorLock.[|Pass|]();
            }

            namespace Pump
            {
                interface IDoor { IDisposable Pass(bool waitWhileLocked = true); }
            }
            """);

        [Fact]
        public Task An_option_set_in_a_statement() => Verify.Reports(Library + """
            class Bookkeeper
            {
                Ledger Open(string path)
                {
                    var options = new LedgerOptions { Path = path };
                    [|options.Wait = true|];
                    return Ledger.Open(options);
                }
            }
            """);

        [Fact]
        public Task A_time_after_which_the_lock_lapses_does_not_limit_the_wait() => Verify.Reports("""
            using System;

            static class LeaseLock
            {
                public static IDisposable Acquire(string name, bool wait, TimeSpan expiry) => throw null!;
                public static IDisposable Acquire(string name, bool wait, int ttlSeconds) => throw null!;
            }

            class Bookkeeper
            {
                object Open(string name) => LeaseLock.Acquire(name, [|wait: true|], TimeSpan.FromSeconds(30));
                object Again(string name) => LeaseLock.Acquire(name, [|wait: true|], 30);
            }
            """);

        [Fact]
        public Task An_attribute() => Verify.Reports(Library + """
            class Bookkeeper
            {
                [Exclusive([|WaitForLock = true|])]
                void Rebuild() { }
            }
            """);

        [Fact]
        public Task Options_that_are_kept_for_later() => Verify.Reports(Library + """
            class Bookkeeper
            {
                private readonly LedgerOptions _options = new() { [|Wait = true|] };
            }
            """);
    }

    public sealed class Silent
    {
        [Theory]
        [InlineData("Ledger.Open(path)")]
        [InlineData("Ledger.Open(path, wait: false)")]
        [InlineData("Ledger.Open(path, wait: chosen)")]
        [InlineData("Ledger.Open(path, true, TimeSpan.FromSeconds(3))")]
        [InlineData("Ledger.Open(path, true, limit)")]
        [InlineData("Ledger.Open(path, OpenBehavior.Fail)")]
        [InlineData("Ledger.OpenAsync(path, wait: true, token)")]
        [InlineData("Ledger.Open(new LedgerOptions { Wait = true, LockTimeout = limit })")]
        [InlineData("Ledger.Open(new LedgerOptions { LockTimeout = TimeSpan.FromSeconds(1), Wait = true })")]
        [InlineData("Ledger.Open(o => { o.Wait = true; o.LockTimeout = limit; })")]
        [InlineData("Ledger.Open(Limited with { Wait = true })")]
        [InlineData("Ledger.Open(given with { Wait = true })")]
        [InlineData("Ledger.Open(Limited with { Wait = true, LockTimeout = limit })")]
        [InlineData("NamedLock.Acquire(path, timeoutMs: 500)")]
        [InlineData("NamedLock.Acquire(path, blocking: false)")]
        [InlineData("NamedLock.Grab(path, nonBlocking: true)")]
        [InlineData("LeaseBuilder.For(path).Wait(true).WithTimeout(limit).Acquire()")]
        [InlineData("LeaseBuilder.For(path).WithTimeout(limit).WaitForever().Acquire()")]
        [InlineData("Elsewhere.Shell.Open(path, wait: true)")]
        [InlineData("new Elsewhere.Player { Wait = true }")]
        public Task Bounded_or_not_a_lock(string expression) => Verify.StaysSilent(Library + $$"""
            class Bookkeeper
            {
                static readonly LedgerOptions Limited = new() { LockTimeout = TimeSpan.FromSeconds(2) };
                object Open(string path, bool chosen, TimeSpan limit, CancellationToken token, LedgerOptions given) => {{expression}};
            }
            """);

        [Fact]
        public Task A_motor_that_waits_is_no_lock() => Verify.StaysSilent(Library + """
            class Robot
            {
                void Work(Elsewhere.Motor motor, Elsewhere.Player player, Elsewhere.Gripper gripper, Elsewhere.Runner runner)
                {
                    motor.MoveTo(3, wait: true);
                    player.Play("beep", blocking: true);
                    gripper.Open(wait: true);
                    runner.Run("build", waitForExit: true);
                    GC.Collect(2, GCCollectionMode.Forced, blocking: true);
                }

                void Dial(System.Net.Sockets.Socket line, System.Net.EndPoint peer)
                {
                    line.Connect(peer);
                    line.Blocking = true;
                }
            }
            """);

        [Fact]
        public Task A_timeout_set_in_another_statement() => Verify.StaysSilent(Library + """
            class Bookkeeper
            {
                Ledger Open(string path)
                {
                    var options = new LedgerOptions { Wait = true };
                    options.LockTimeout = TimeSpan.FromSeconds(5);
                    return Ledger.Open(options);
                }
            }
            """);

        [Fact]
        public Task A_builder_that_is_kept_and_limited_by_another_call() => Verify.StaysSilent(Library + """
            class Bookkeeper
            {
                IDisposable Open(string path)
                {
                    var builder = LeaseBuilder.For(path);
                    builder.Wait(true);
                    builder.WithTimeout(TimeSpan.FromSeconds(5));
                    return builder.Acquire();
                }
            }
            """);

        [Fact]
        public Task An_options_type_that_bounds_itself() => Verify.StaysSilent(Library + """
            class StoreOptions
            {
                public StoreOptions() { Wait = true; }
                public bool Wait { get; set; }
                public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(30);
            }

            class Store : IDisposable
            {
                public static Store Open(StoreOptions options) => new();
                public void Dispose() { }
                Store Again() => Open(new StoreOptions { Wait = true });
            }
            """);

        [Fact]
        public Task An_attribute_with_a_limit() => Verify.StaysSilent(Library + """
            class Bookkeeper
            {
                [Exclusive(WaitForLock = true, TimeoutSeconds = 20)]
                void Rebuild() { }
            }
            """);
    }

    public sealed class Fix
    {
        [Fact]
        public Task Turns_the_argument_off_and_retries() => Fixes("""
                using var ledger = Ledger.Open(path, [|wait: true|]); // shared
                """, """
                using var ledger = BoundedRetry.Invoke(() => Ledger.Open(path, wait: false), static exception => exception is LedgerBusyException, cancellationToken: stopping); // shared
                """);

        [Fact]
        public Task Turns_the_option_off_inside_the_call() => Fixes("""
                using var ledger = Ledger.Open(new LedgerOptions
                        {
                            Path = path, // ours
                            [|Wait = true|],
                        });
                """, """
                using var ledger = BoundedRetry.Invoke(() => Ledger.Open(new LedgerOptions
                        {
                            Path = path, // ours
                            Wait = false,
                        }), static exception => exception is LedgerBusyException, cancellationToken: stopping);
                """);

        [Fact]
        public Task Turns_the_option_off_where_it_was_set_before() => Fixes("""
                var options = new LedgerOptions { Path = path };
                        [|options.Wait = true|];
                        using var ledger = Ledger.Open(options);
                """, """
                var options = new LedgerOptions { Path = path };
                        options.Wait = false;
                        using var ledger = BoundedRetry.Invoke(() => Ledger.Open(options), static exception => exception is LedgerBusyException, cancellationToken: stopping);
                """);

        [Fact]
        public Task Keeps_the_await() => Fixes("""
                using var ledger = await Ledger.OpenAsync(path, [|wait: true|]).ConfigureAwait(false);
                """, """
                using var ledger = await BoundedRetry.InvokeAsync(_ => Ledger.OpenAsync(path, wait: false), static exception => exception is LedgerBusyException, cancellationToken: stopping).ConfigureAwait(false);
                """);

        [Fact]
        public Task Hands_a_task_on() => Fixes("""
                using var ledger = await Ledger.OpenAsync(path, [|wait: true|]);
                """, """
                using var ledger = await BoundedRetry.InvokeAsync(_ => Ledger.OpenAsync(path, wait: false), static exception => exception is LedgerBusyException, cancellationToken: stopping);
                """);

        [Fact]
        public Task Awaits_a_value_task_inside() => Fixes("""
                using var ledger = await Ledger.AttachAsync(path, [|wait: true|]);
                """, """
                using var ledger = await BoundedRetry.InvokeAsync(async _ => await Ledger.AttachAsync(path, wait: false), static exception => exception is LedgerBusyException, cancellationToken: stopping);
                """);

        [Fact]
        public Task Takes_a_missing_handle_for_contention() => Fixes("""
                using var handle = NamedLock.Take(path, [|shouldWait: true|]);
                """, """
                using var handle = BoundedRetry.Acquire(() => NamedLock.Take(path, shouldWait: false), cancellationToken: stopping);
                """);

        [Fact]
        public Task Takes_false_for_contention() => Fixes("""
                if (!NamedLock.Enter(path, [|waitIfBusy: true|]))
                            return;
                """, """
                if (!BoundedRetry.Until(() => NamedLock.Enter(path, waitIfBusy: false), static acquired => acquired, cancellationToken: stopping))
                            return;
                """);

        [Fact]
        public Task Writes_the_default_out() => Fixes("""
                using var handle = NamedLock.[|Acquire|](path);
                """, """
                using var handle = BoundedRetry.Invoke(() => NamedLock.Acquire(path, blocking: false), static exception => exception is LedgerBusyException, cancellationToken: stopping);
                """);

        [Fact]
        public Task Turns_a_fluent_option_off() => Fixes("""
                using var handle = LeaseBuilder.For(path).Wait([|true|]).Acquire();
                """, """
                using var handle = BoundedRetry.Invoke(() => LeaseBuilder.For(path).Wait(false).Acquire(), static exception => exception is LedgerBusyException, cancellationToken: stopping);
                """);

        [Fact]
        public Task Mends_all_places_of_a_document() => Fixes("""
                using var one = Ledger.Open(path, [|wait: true|]);
                        using var two = Ledger.Open(Plain with { [|Wait = true|] });
                        using var three = Ledger.Open(o => [|o.Wait = true|]);
                """, """
                using var one = BoundedRetry.Invoke(() => Ledger.Open(path, wait: false), static exception => exception is LedgerBusyException, cancellationToken: stopping);
                        using var two = BoundedRetry.Invoke(() => Ledger.Open(Plain with { Wait = false }), static exception => exception is LedgerBusyException, cancellationToken: stopping);
                        using var three = BoundedRetry.Invoke(() => Ledger.Open(o => o.Wait = false), static exception => exception is LedgerBusyException, cancellationToken: stopping);
                """);

        [Fact]
        public Task Sets_the_timeout_of_an_attribute() => Verify.Fixes(Library + """
            class Bookkeeper
            {
                [Exclusive([|WaitForLock = true|])]
                void Rebuild() { }
            }
            """, Library + """
            class Bookkeeper
            {
                [Exclusive(WaitForLock = true, TimeoutSeconds = 10)]
                void Rebuild() { }
            }
            """);

        [Fact]
        public Task A_place_without_a_choice_does_not_choose_for_the_others() => Verify.Fixes(Library + """
            class Bookkeeper
            {
                [Exclusive([|WaitForLock = true|])]
                object Rebuild(string path) => Ledger.Open(path, [|wait: true|]);
            }
            """, Library.Replace("using Cellar;\n", "using Cellar;\nusing LockAnalyzers.Runtime;\n") + """
            class Bookkeeper
            {
                [Exclusive(WaitForLock = true, TimeoutSeconds = 10)]
                object Rebuild(string path) => BoundedRetry.Invoke(() => Ledger.Open(path, wait: false), static exception => exception is LedgerBusyException);
            }
            """);

        [Fact]
        public Task Sets_the_timeout_of_the_API_without_the_Runtime() => Verify.FixesWithoutRuntime(Library + """
            class Bookkeeper
            {
                Ledger Kept(string path) => Ledger.Open(path, [|wait: true|]);
                IDisposable Named(string path) => NamedLock.Acquire(path, [|blocking: true|]);
                Ledger Options(string path) => Ledger.Open(new LedgerOptions
                {
                    Path = path,
                    [|Wait = true|],
                });
            }
            """, Library + """
            class Bookkeeper
            {
                Ledger Kept(string path) => Ledger.Open(path, wait: true, timeout: TimeSpan.FromSeconds(10));
                IDisposable Named(string path) => NamedLock.Acquire(path, blocking: true, timeoutMs: 10_000);
                Ledger Options(string path) => Ledger.Open(new LedgerOptions
                {
                    Path = path,
                    Wait = true,
                    LockTimeout = TimeSpan.FromSeconds(10),
                });
            }
            """);

        [Fact]
        public Task Is_not_offered_for_a_builder_that_is_kept() => Verify.OffersNoFix(Library + """
            class Bookkeeper
            {
                IDisposable Open(string path)
                {
                    var builder = LeaseBuilder.For(path);
                    builder.Wait([|true|]);
                    return builder.Acquire();
                }
            }
            """);

        [Fact]
        public Task Retries_the_creation_of_a_lock_but_not_of_its_options() => Verify.Fixes(Library + """
            record LockRequest(string Name, bool Wait = false);
            class HeldLock : IDisposable { public HeldLock(string name, bool wait) { } public void Dispose() { } }
            class Bookkeeper
            {
                HeldLock Hold(string path) => new(path, [|wait: true|]);
            }
            """, Library.Replace("using Cellar;\n", "using Cellar;\nusing LockAnalyzers.Runtime;\n") + """
            record LockRequest(string Name, bool Wait = false);
            class HeldLock : IDisposable { public HeldLock(string name, bool wait) { } public void Dispose() { } }
            class Bookkeeper
            {
                HeldLock Hold(string path) => BoundedRetry.Invoke(() => new HeldLock(path, wait: false));
            }
            """);

        [Theory]
        [InlineData("int TimeoutMinutes", "TimeoutMinutes = 1")]
        [InlineData("int TimeoutSeconds", "TimeoutSeconds = 10")]
        [InlineData("int Timeout", "Timeout = 10_000")]
        [InlineData("TimeSpan? Timeout", "Timeout = TimeSpan.FromSeconds(10)")]
        public Task Sets_a_timeout_in_its_own_unit(string property, string set) => Verify.FixesWithoutRuntime($$"""
            using System;

            class LockOptions { public bool Wait { get; set; } public {{property}} { get; set; } }

            class Bookkeeper
            {
                LockOptions Options() => new LockOptions { [|Wait = true|] };
            }
            """, $$"""
            using System;

            class LockOptions { public bool Wait { get; set; } public {{property}} { get; set; } }

            class Bookkeeper
            {
                LockOptions Options() => new LockOptions { Wait = true, {{set}} };
            }
            """);

        [Fact]
        public Task Sets_no_instant_for_a_timeout() => Verify.OffersNoFix("""
            using System;

            class LockOptions { public bool Wait { get; set; } public DateTime? Deadline { get; set; } }

            class Bookkeeper
            {
                LockOptions Options() => new LockOptions { [|Wait = true|] };
            }
            """);

        [Fact]
        public Task Is_not_offered_for_a_request_that_is_handed_out() => Verify.OffersNoFix(Library + """
            record LockRequest(string Name, bool Wait = false);
            class Bookkeeper
            {
                LockRequest Request(string path) => new(path, [|Wait: true|]);
            }
            """);

        [Fact]
        public Task Is_not_offered_for_options_that_travel() => Verify.OffersNoFix(Library + """
            class Bookkeeper
            {
                private readonly LedgerOptions _options = new();
                void Configure() => [|_options.Wait = true|];
            }
            """);

        private static Task Fixes(string statement, string fixedStatement) => Verify.Fixes(
            Library + Around(statement),
            Library.Replace("using Cellar;\n", "using Cellar;\nusing LockAnalyzers.Runtime;\n") + Around(fixedStatement));

        private static string Around(string statement) => $$"""
            class Bookkeeper
            {
                static readonly LedgerOptions Plain = new() { Path = "ledger" };
                async Task WorkAsync(string path, CancellationToken stopping)
                {
                    {{statement}}
                    await Task.Yield();
                }
            }
            """;
    }

    /// <summary>What the rule gets wrong today, and why.</summary>
    public sealed class Known
    {
        /// <summary>The base of the copy comes from outside; whether it has a time-out is not known, so nothing is said.</summary>
        [Fact]
        public Task FN_copy_of_options_given_by_a_caller() => Verify.StaysSilent(Library + """
            class Bookkeeper
            {
                Ledger Open(LedgerOptions given) => Ledger.Open(given with { Wait = true });
            }
            """);

        /// <summary>Names that speak of neither a lock nor a store: only a line in the catalog could tell.</summary>
        [Fact]
        public Task FN_api_whose_names_do_not_speak_of_locks() => Verify.StaysSilent("""
            class Worker
            {
                public static void Terminate(bool wait) { }
                void Stop() => Terminate(wait: true);
            }
            """);
    }
}
