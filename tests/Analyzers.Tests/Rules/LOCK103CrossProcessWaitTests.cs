using Verify = LockAnalyzers.Analyzers.Tests.Verifiers.Verify<LockAnalyzers.Rules.LOCK103CrossProcessWaitAnalyzer, LockAnalyzers.CodeFixes.Rules.LOCK103CrossProcessWaitCodeFix>;

namespace LockAnalyzers.Analyzers.Tests.Rules;

public sealed class LOCK103CrossProcessWaitTests
{
    /// <summary>The shutdown that waits says more, and asks for the same mend; where nobody wants to hear of it, this rule speaks.</summary>
    [Theory]
    [InlineData(Microsoft.CodeAnalysis.ReportDiagnostic.Default, "LOCK202")]
    [InlineData(Microsoft.CodeAnalysis.ReportDiagnostic.Suppress, "LOCK103")]
    public async Task One_report_where_a_shutdown_waits(Microsoft.CodeAnalysis.ReportDiagnostic shutdown, string told)
    {
        var compilation = Verifiers.AllRules.Compile("""
            using System;
            using System.IO;
            using System.Threading;

            sealed class Journal : IDisposable
            {
                readonly Mutex _turn = new(false, @"Global\journal");

                public void Dispose()
                {
                    try { _turn.WaitOne(); } catch (AbandonedMutexException) { }
                    File.Delete("journal");
                    _turn.ReleaseMutex();
                }
            }
            """);
        var options = compilation.Options.WithSpecificDiagnosticOptions([KeyValuePair.Create("LOCK202", shutdown)]);
        Assert.Equal([told], (await Verifiers.AllRules.RunAsync(compilation.WithOptions(options))).Select(report => report.Id));
    }

    private const string Usings = """
        using System;
        using System.Diagnostics;
        using System.IO.Pipes;
        using System.Threading;
        using System.Threading.Tasks;

        """;

    public sealed class Level
    {
        [Theory]
        [InlineData("if (!turn.WaitOne(3_000)) { Console.WriteLine(\"busy\"); turn.WaitOne(); }", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("if (turn.WaitOne(3_000)) Console.WriteLine(); else turn.WaitOne();", Microsoft.CodeAnalysis.DiagnosticSeverity.Info)]
        [InlineData("if (turn.WaitOne(3_000)) turn.WaitOne();", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        [InlineData("if (!other.WaitOne(3_000)) turn.WaitOne();", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        [InlineData("turn.WaitOne();", Microsoft.CodeAnalysis.DiagnosticSeverity.Warning)]
        public async Task Of_a_wait_that_was_tried_within_a_limit_before(string wait, Microsoft.CodeAnalysis.DiagnosticSeverity level) =>
            Assert.Equal(level, Assert.Single(await Verifiers.AllRules.ReportsAsync("LOCK103", Usings + $$"""
                class Ledger
                {
                    void Post(Mutex other)
                    {
                        using var turn = new Mutex(false, @"Global\ledger");
                        {{wait}}
                        turn.ReleaseMutex();
                    }
                }
                """)).Severity);
    }

    public sealed class Reports
    {
        [Fact]
        public Task A_mutex_from_elsewhere_whose_owner_may_have_died() => Verify.Reports(Usings + """
            static class Ledger
            {
                static Mutex Hold(Mutex mutex, Func<Mutex> again)
                {
                    try
                    {
                        [|mutex.WaitOne()|];
                    }
                    catch (AbandonedMutexException)
                    {
                        mutex = again();
                        [|mutex.WaitOne()|];
                    }

                    return mutex;
                }
            }
            """);

        [Theory]
        [InlineData("new Mutex(false, \"Global\\\\ledger\")")]
        [InlineData("new Mutex(initiallyOwned: false, name: Name)")]
        [InlineData("new(false, \"Global\\\\ledger\", out _)")]
        [InlineData("Mutex.OpenExisting(Name)")]
        [InlineData("shared ? new Mutex(false, Name) : new Mutex()")]
        [InlineData("Open() ?? new Mutex(false, Name)")]
        [InlineData("Create()")]
        public Task A_named_mutex_however_it_is_made(string made) => Verify.Reports(Usings + $$"""
            class Ledger
            {
                const string Name = "Global\\ledger";

                void Post(bool shared)
                {
                    using Mutex turn = {{made}};
                    [|turn.WaitOne()|];
                    turn.ReleaseMutex();
                }

                static Mutex? Open() => null;
                static Mutex Create()
                {
                    return new Mutex(false, Name);
                }
            }
            """);

        [Theory]
        [InlineData("WaitOne()")]
        [InlineData("WaitOne(-1)")]
        [InlineData("WaitOne(Timeout.Infinite)")]
        [InlineData("WaitOne(Timeout.InfiniteTimeSpan)")]
        [InlineData("WaitOne(Patience)")]
        [InlineData("WaitOne(TimeSpan.FromMilliseconds(-1))")]
        [InlineData("WaitOne(-1, exitContext: false)")]
        public Task Infinity_in_each_disguise(string call) => Verify.Reports(Usings + $$"""
            class Ledger
            {
                static readonly TimeSpan Patience = Timeout.InfiniteTimeSpan;
                private readonly Mutex _turn = new(false, "ledger");

                void Post()
                {
                    if ([|_turn.{{call}}|])
                        _turn.ReleaseMutex();
                }
            }
            """);

        [Fact]
        public Task Fields_and_properties_that_a_constructor_a_helper_or_an_out_argument_sets() => Verify.Reports(Usings + """
            class Ledger
            {
                private static readonly Mutex Whole = new Mutex(false, "whole");
                private readonly Mutex _first;
                private Mutex? _second, _third;
                private Mutex Fourth { get; } = new(false, "fourth");
                private Mutex Fifth => Whole;

                Ledger(string path) => _first = new Mutex(false, "ledger-" + path);

                void Post()
                {
                    [|_first.WaitOne()|];
                    (_second ??= new Mutex(false, "second")).ToString();
                    [|_second.WaitOne()|];
                    Mutex.TryOpenExisting("third", out _third);
                    [|_third!.WaitOne()|];
                    [|Fourth.WaitOne()|];
                    [|Fifth.WaitOne()|];
                    [|this._first!.WaitOne()|];
                    if (Mutex.TryOpenExisting("sixth", out var sixth))
                        [|sixth.WaitOne()|];
                }
            }
            """);

        [Theory]
        [InlineData("Mutex Turn { get { if (_turn is not null) return _turn; return _turn = new Mutex(false, \"turn\"); } }")]
        [InlineData("Mutex Turn { get => _turn ??= new(false, \"turn\"); }")]
        [InlineData("Mutex Turn { get => field ??= new(false, \"turn\"); }")]
        [InlineData("Mutex Turn => field ??= new(false, \"turn\");")]
        [InlineData("Mutex Turn { get { lock (this) { [|field.WaitOne()|]; return field; } } } = new(false, \"turn\");")]
        public Task What_a_property_makes_when_it_is_asked(string property) =>
            property.Contains("field") && typeof(Microsoft.CodeAnalysis.CSharp.CSharpCompilation).Assembly.GetName().Version!.Major < 5
                ? Task.CompletedTask // No such keyword yet.
                : Verify.Reports(Usings + $$"""
                    class Ledger
                    {
                        Mutex? _turn;
                        void Post() { [|Turn.WaitOne()|]; _turn?.Dispose(); }
                        {{property}}
                    }
                    """);

        [Fact]
        public Task A_helper_of_the_same_type_that_is_given_the_mutex() => Verify.Reports(Usings + """
            static class Turns
            {
                static readonly Mutex Installer = new(false, @"Global\installer");

                static void Install(Action copy) => Under(Installer, copy);

                static void Under(Mutex turn, Action work)
                {
                    [|turn.WaitOne()|];
                    try { work(); } finally { turn.ReleaseMutex(); }
                }
            }
            """);

        [Fact]
        public Task Named_semaphores_and_events_and_several_at_once() => Verify.Reports(Usings + """
            class Gate
            {
                private readonly Semaphore _seats = new(2, 2, "seats");
                private readonly EventWaitHandle _ready = new(false, EventResetMode.ManualReset, "ready");
                private readonly ManualResetEvent _own = new(false);

                void Enter()
                {
                    [|_seats.WaitOne()|];
                    [|_ready.WaitOne()|];
                    [|WaitHandle.WaitAll(new WaitHandle[] { _own, _ready })|];
                    _ = [|WaitHandle.WaitAny([_own, _ready])|];
                }
            }
            """);

        [Fact]
        public Task Pipes_and_children() => Verify.Reports(Usings + """
            class Link
            {
                async Task OpenAsync(string name)
                {
                    using var client = new NamedPipeClientStream(name);
                    [|client.Connect()|];
                    await [|client.ConnectAsync()|];
                    [|client.Connect(Timeout.Infinite)|];
                    using var server = new NamedPipeServerStream(name);
                    await [|server.WaitForConnectionAsync()|];
                }

                async Task<int> BuildAsync()
                {
                    using var make = Process.Start("make");
                    await [|make.WaitForExitAsync()|].ConfigureAwait(false);
                    return make.ExitCode;
                }

                static void Clean()
                {
                    var tool = new Process { StartInfo = new("make", "clean") };
                    tool.Start();
                    [|tool.WaitForExit()|];
                    [|tool?.WaitForExit(-1)|];
                }
            }
            """.Replace("[|tool?.WaitForExit(-1)|]", "tool?[|.WaitForExit(-1)|]"));

        [Fact]
        public Task A_none_token_is_no_bound() => Verify.Reports(Usings + """
            class Link
            {
                Task OpenAsync(NamedPipeClientStream client) => [|client.ConnectAsync(CancellationToken.None)|];
                Task EndAsync(Process child) => [|child.WaitForExitAsync(default)|];
            }
            """);

        [Fact]
        public Task A_loop_that_nobody_can_stop_is_no_idle_loop() => Verify.Reports(Usings + """
            class Bell
            {
                private readonly EventWaitHandle _rung = new(false, EventResetMode.AutoReset, "bell");

                void Listen(Action open)
                {
                    while (true)
                    {
                        [|_rung.WaitOne()|];
                        open();
                    }
                }
            }
            """);
    }

    public sealed class Silent
    {
        [Theory]
        [InlineData("WaitOne(0)")]
        [InlineData("WaitOne(2000)")]
        [InlineData("WaitOne(TimeSpan.FromSeconds(5))")]
        [InlineData("WaitOne(Limit)")]
        [InlineData("WaitOne(limit)")]
        public Task A_bounded_wait(string call) => Verify.StaysSilent(Usings + $$"""
            class Ledger
            {
                const int Limit = 250;
                private readonly Mutex _turn = new(false, "ledger");
                bool Post(int limit) => _turn.{{call}};
            }
            """);

        [Theory]
        [InlineData("new Mutex()")]
        [InlineData("new Mutex(false)")]
        [InlineData("new Mutex(false, null)")]
        [InlineData("new Mutex(false, \"\")")]
        [InlineData("new Mutex(false, NoName)")]
        [InlineData("given")]
        public Task A_mutex_of_this_process_or_of_unknown_origin(string made) => Verify.StaysSilent(Usings + $$"""
            public class Ledger
            {
                const string? NoName = null;
                public void Post(Mutex given)
                {
                    var turn = {{made}};
                    turn.WaitOne();
                }
            }
            """);

        [Fact]
        public Task A_single_instance_probe() => Verify.StaysSilent(Usings + """
            static class Program
            {
                static void Run(Action start)
                {
                    using var instance = new Mutex(true, "app", out var isFirst);
                    if (isFirst)
                        start();
                }
            }
            """);

        [Fact]
        public Task The_idle_wait_of_a_loop_that_can_be_stopped() => Verify.StaysSilent(Usings + """
            sealed class Bell : IDisposable
            {
                private readonly EventWaitHandle _rung = new(false, EventResetMode.AutoReset, "bell");
                private volatile bool _stopped;

                void Listen(Action open)
                {
                    while (!_stopped)
                    {
                        _rung.WaitOne();
                        open();
                    }
                }

                void Serve(Action open, CancellationToken token)
                {
                    for (;;)
                    {
                        _rung.WaitOne();
                        if (token.IsCancellationRequested)
                            return;
                        open();
                    }
                }

                public void Dispose()
                {
                    _stopped = true;
                    _rung.Set();
                }
            }
            """);

        [Fact]
        public Task Beside_a_handle_for_stopping_and_with_a_callback_that_wakes_it() => Verify.StaysSilent(Usings + """
            class Bell
            {
                private readonly EventWaitHandle _rung = new(false, EventResetMode.AutoReset, "bell");
                private readonly ManualResetEvent _stopping = new(false);

                int Next(CancellationToken token) => WaitHandle.WaitAny([_rung, token.WaitHandle]);
                int NextOrStop() => WaitHandle.WaitAny(new WaitHandle[] { _rung, _stopping });

                void Once(CancellationToken token)
                {
                    using (token.Register(() => _rung.Set()))
                        _rung.WaitOne();
                }
            }
            """);

        [Fact]
        public Task A_child_that_is_over_or_was_killed() => Verify.StaysSilent(Usings + """
            class Tool
            {
                void Drain(Process child)
                {
                    if (!child.WaitForExit(5000))
                    {
                        child.Kill(true);
                        throw new TimeoutException();
                    }

                    child.WaitForExit();
                }

                void DrainInside(Process child)
                {
                    if (child.WaitForExit(5000))
                        child.WaitForExit();
                }

                void DrainByAnswer(Process child)
                {
                    var isOver = child.WaitForExit(5000);
                    if (!isOver)
                        return;
                    child.WaitForExit();
                }

                void DrainAfterLoop(Process child, Action report)
                {
                    while (!child.WaitForExit(500))
                        report();
                    child.WaitForExit();
                }

                void Reap(Process child)
                {
                    child.Kill();
                    child.WaitForExit();
                }

                void ReapTree(Process child)
                {
                    KillTree(child);
                    child.WaitForExit();
                }

                void Ended(Process child)
                {
                    if (child.HasExited)
                        child.WaitForExit();
                    child.Exited += (_, _) => child.WaitForExit();
                    child.Exited += OnExited;
                }

                void OnExited(object? sender, EventArgs e) => ((Process)sender!).WaitForExit();

                void Cancellable(Process child, CancellationToken token)
                {
                    using (token.Register(() => child.Kill()))
                        child.WaitForExit();
                }

                static void KillTree(Process child) => child.Kill(true);
            }
            """);

        [Fact]
        public Task The_child_that_a_program_runs_in_the_foreground() => Verify.StaysSilentProgram(Usings + """
            using var child = Process.Start("tool", args);
            child.WaitForExit();
            return child.ExitCode;
            """);

        [Fact]
        public Task An_undrained_child_is_told_by_the_rule_for_that() => Verify.StaysSilent(Usings + """
            class Tool
            {
                string Run()
                {
                    using var child = Process.Start(new ProcessStartInfo("tool") { RedirectStandardOutput = true })!;
                    child.WaitForExit();
                    return child.StandardOutput.ReadToEnd();
                }
            }
            """);

        [Fact]
        public Task A_token_that_could_be_passed_on_is_told_by_the_rule_for_that() => Verify.StaysSilent(Usings + """
            class Tool
            {
                Task EndAsync(Process child, CancellationToken token)
                {
                    token.ThrowIfCancellationRequested();
                    return child.WaitForExitAsync();
                }
            }
            """);
    }

    public sealed class Fix
    {
        [Fact]
        public Task The_runtime_waits_within_a_deadline() => Verify.Fixes(Usings + """
            class Ledger
            {
                private readonly Mutex _turn = new(false, "ledger");

                void Post(Action write)
                {
                    // One writer on this machine.
                    [|_turn.WaitOne()|]; // kept
                    try { write(); } finally { _turn.ReleaseMutex(); }
                }

                bool Try() => [|_turn.WaitOne(-1)|];

                void Cancellable(CancellationToken token) => [|_turn.WaitOne()|];
            }
            """, WithRuntime(Usings) + """
            class Ledger
            {
                private readonly Mutex _turn = new(false, "ledger");

                void Post(Action write)
                {
                    // One writer on this machine.
                    BoundedWait.For(_turn.WaitOne); // kept
                    try { write(); } finally { _turn.ReleaseMutex(); }
                }

                bool Try() => BoundedWait.TryFor(_turn.WaitOne);

                void Cancellable(CancellationToken token) => BoundedWait.For(_turn.WaitOne, cancellationToken: token);
            }
            """);

        [Fact]
        public Task The_own_time_out_with_its_answer_tested() => Verify.FixesWithoutRuntime(Usings + """
            class Ledger
            {
                private readonly Mutex _turn = new(false, "ledger");

                void Post(Action write)
                {
                    // One writer on this machine.
                    [|_turn.WaitOne()|]; // kept
                    write();
                }

                bool Try()
                {
                    if ([|_turn.WaitOne(Timeout.Infinite)|])
                        return true;
                    return false;
                }

                void Open(NamedPipeClientStream pipe) => [|pipe.Connect()|];

                void End(Process child)
                {
                    [|child.WaitForExit()|];
                }
            }
            """, Usings + """
            class Ledger
            {
                private readonly Mutex _turn = new(false, "ledger");

                void Post(Action write)
                {
                    // One writer on this machine.
                    if (!_turn.WaitOne(TimeSpan.FromSeconds(10)))
                        throw new TimeoutException(); // kept
                    write();
                }

                bool Try()
                {
                    if (_turn.WaitOne(TimeSpan.FromSeconds(10)))
                        return true;
                    return false;
                }

                void Open(NamedPipeClientStream pipe) => pipe.Connect(TimeSpan.FromSeconds(10));

                void End(Process child)
                {
                    if (!child.WaitForExit(TimeSpan.FromSeconds(10)))
                        throw new TimeoutException();
                }
            }
            """);

        [Fact]
        public Task An_asynchronous_wait_and_one_that_has_an_asynchronous_twin() => Verify.Fixes(Usings + """
            class Tool
            {
                async Task EndAsync(Process child)
                {
                    await [|child.WaitForExitAsync()|].ConfigureAwait(false);
                    [|child.WaitForExit()|];
                }

                void End(Process child) => [|child.WaitForExit()|];
            }
            """, WithRuntime(Usings) + """
            class Tool
            {
                async Task EndAsync(Process child)
                {
                    await BoundedWait.ForAsync(child.WaitForExitAsync).ConfigureAwait(false);
                    await BoundedWait.ForAsync(child.WaitForExitAsync);
                }

                void End(Process child) => BoundedWait.For(child.WaitForExit);
            }
            """);

        [Fact]
        public Task Not_before_a_finally_that_gives_back_what_was_not_taken() => Verify.OffersNoFix(Usings + """
            class Ledger
            {
                private readonly Mutex _turn = new(false, "ledger");

                void Post(Action write)
                {
                    try
                    {
                        [|_turn.WaitOne()|];
                        write();
                    }
                    finally
                    {
                        _turn.ReleaseMutex();
                    }
                }
            }
            """);

        private static string WithRuntime(string usings) => usings.Replace("using System;\n", "using System;\n").Replace("using System.Threading.Tasks;\n", "using System.Threading.Tasks;\nusing LockAnalyzers.Runtime;\n");
    }

    public sealed class Known
    {
        [Fact]
        public Task FN_A_name_given_in_another_type() => Verify.StaysSilent(Usings + """
            static class Names { public static Mutex Make() => new(false, "ledger"); }
            class Holder { public Mutex Turn = null!; }
            class Ledger
            {
                void Fill(Holder holder) => holder.Turn = Names.Make();
                void Post(Holder holder) => holder.Turn.WaitOne();
            }
            """);

        [Fact]
        public Task FN_Owned_twice_and_waited_for_with_a_limit() => Verify.StaysSilent(Usings + """
            class Ledger
            {
                bool Post()
                {
                    var turn = new Mutex(true, "ledger");
                    return turn.WaitOne(1000);
                }
            }
            """);
    }
}
