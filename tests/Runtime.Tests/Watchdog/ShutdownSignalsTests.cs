using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime.Tests;

/// <summary>Each story is told by a process of its own, see tests/Runtime.Child/SignalStories.cs.</summary>
public class ShutdownSignalsTests
{
    private const int Healthy = 5;
    private const int Struck = 77;
    private const int Killed = 128 + 9;
    private const int Terminated = 128 + 15;

    /// <summary>A parent of the child's own, which stays until it is told to end.</summary>
    private static readonly string[] UnderAParent = ["sh", "-c", "\"$@\" & read line", "sh"];

    [TheoryOnUnix]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGINT)]
    [InlineData(PosixSignal.SIGHUP)]
    public async Task A_program_that_ends_keeps_its_exit_code(PosixSignal signal) => await Ends("healthy", signal, Healthy);

    [TheoryOnUnix]
    [InlineData(PosixSignal.SIGTERM, Terminated)]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGHUP, 129)]
    public async Task One_that_does_not_is_ended_as_if_by_the_signal(PosixSignal signal, int exitCode) => await Ends("stuck", signal, exitCode);

    [TheoryOnUnix]
    [InlineData("stuck-with-code")]
    [InlineData("stuck-in-process-exit")]
    [InlineData("stuck-callback")]
    [InlineData("full-pool")]
    [InlineData("forgotten")]
    [InlineData("disposed-after-the-signal")]
    public async Task The_watchdog_ends_it_with_the_code_that_was_given(string story) => await Ends(story, PosixSignal.SIGTERM, Struck);

    [TheoryOnUnix]
    [InlineData(PosixSignal.SIGTERM, Terminated)]
    [InlineData(PosixSignal.SIGINT, 130)]
    public async Task A_second_signal_ends_at_once(PosixSignal second, int exitCode)
    {
        using Child child = await Listening("two-signals");
        child.Terminate();
        await child.Expect("stopping");

        child.Send(second);

        Assert.Equal(exitCode, await child.ExitCode());
    }

    [TheoryOnUnix]
    [InlineData("disposed", PosixSignal.SIGTERM, Terminated)]
    [InlineData("terminate-only", PosixSignal.SIGINT, 130)]
    public async Task A_signal_that_nobody_listens_for_kills(string story, PosixSignal signal, int exitCode) => await Ends(story, signal, exitCode);

    [Fact]
    public void Arguments_are_looked_at_before_a_signal_comes()
    {
        Assert.Throws<ArgumentOutOfRangeException>("grace", () => ShutdownSignals.Listen(TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>("exitCode", () => ShutdownSignals.Listen(exitCode: 256));
        Assert.Throws<ArgumentOutOfRangeException>("signal", () => ShutdownSignals.Listen(null, null, PosixSignal.SIGTERM, (PosixSignal)99));
        Assert.Throws<ArgumentNullException>("signals", () => ShutdownSignals.Listen(null, null, null!));
    }

    [TheoryOnUnix]
    [InlineData("parent-death")]
    [InlineData("parent-death-stuck")]
    [InlineData("parent-death-full-pool")]
    public async Task The_end_of_the_parent_stops(string story)
    {
        using Child parent = Child.Start(Build.Net8, UnderAParent, ["signals", story]);
        await parent.Expect("listening");

        parent.WriteLine();
        Assert.Equal(0, await parent.ExitCode());

        await parent.Expect("stopping");
        Assert.Null(await parent.ReadLine());
    }

    [TheoryOnUnix]
    [InlineData("input-end", Healthy)]
    [InlineData("input-end-stuck", Killed)]
    public async Task The_end_of_the_input_stops_though_nobody_reads(string story, int exitCode)
    {
        using Child child = await Listening(story);
        child.WriteLine();

        child.CloseInput();

        await child.Expect("stopping");
        Assert.Equal(exitCode, await child.ExitCode());
    }

    [Fact]
    public async Task What_comes_in_is_left_to_the_program()
    {
        using Child child = Child.Start("signals", "input-end-while-reading");
        child.WriteLine("read");
        await child.Expect("read");
        await child.Expect("listening");

        child.CloseInput();

        await child.Expect("stopping");
        Assert.Equal(Healthy, await child.ExitCode());
    }

    [FactOnUnix]
    public async Task A_signal_after_the_end_of_the_input_is_a_first_one()
    {
        using Child child = await Listening("input-end-then-signals");
        child.CloseInput();
        await child.Expect("stopping");
        await child.Expect("listening");

        child.Terminate();
        await child.Expect("signal");
        child.Terminate();

        await child.Expect("signal");
        Assert.Equal(Terminated, await child.ExitCode());
    }

    [Fact]
    public async Task Who_waits_for_an_end_keeps_nobody_alive()
    {
        using Child child = Child.Start("signals", "all-and-ends");

        Assert.Equal(Healthy, await child.ExitCode());
    }

    [FactOnUnix]
    public async Task The_program_may_stop_itself()
    {
        using Child child = Child.Start("signals", "told");

        Assert.Equal(Killed, await child.ExitCode());
    }

    [FactOnUnix]
    public async Task Who_does_not_listen_any_more_does_not_stop()
    {
        using Child child = await Listening("disposed-before-the-input-ends");
        child.CloseInput();

        Assert.True(child.Survives(TimeSpan.FromSeconds(1)));
        child.Terminate();
        Assert.Equal(Terminated, await child.ExitCode());
    }

    [Fact]
    public void Who_does_not_listen_any_more_cannot_be_given_more()
    {
        ShutdownSignals signals = ShutdownSignals.Listen(TimeSpan.FromDays(1));
        Assert.Throws<ArgumentNullException>("channel", () => signals.OrHangUp(null!));
        signals.Dispose();

        Assert.Throws<ObjectDisposedException>(signals.OrParentDeath);
        Assert.Throws<ObjectDisposedException>(signals.OrInputEnd);
    }

    [Theory]
    [InlineData(PosixSignal.SIGHUP, true)]
    [InlineData(PosixSignal.SIGTERM, true)]
    [InlineData(PosixSignal.SIGINT, false)]
    [InlineData(PosixSignal.SIGQUIT, false)]
    public void Windows_ends_a_process_whose_handler_of_a_closed_console_or_a_shutdown_returns(PosixSignal signal, bool isHeld)
    {
        Assert.Equal(isHeld, ShutdownSignals.EndsOnReturn(signal, isWindows: true));
        Assert.False(ShutdownSignals.EndsOnReturn(signal, isWindows: false));
    }

    private static async Task<Child> Listening(string story)
    {
        Child child = Child.StartWithSignals("signals", story);
        await child.Expect("listening");
        return child;
    }

    private static async Task Ends(string story, PosixSignal signal, int exitCode)
    {
        using Child child = await Listening(story);

        child.Send(signal);

        Assert.Equal(exitCode, await child.ExitCode());
    }
}
