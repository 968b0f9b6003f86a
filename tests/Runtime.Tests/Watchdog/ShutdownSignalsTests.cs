using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime.Tests;

/// <summary>Each story is told by a process of its own, see tests/Runtime.Child/SignalStories.cs.</summary>
public class ShutdownSignalsTests
{
    private const int Healthy = 5;
    private const int Struck = 77;
    private const int Terminated = 128 + 15;

    [Theory]
    [InlineData(PosixSignal.SIGTERM)]
    [InlineData(PosixSignal.SIGINT)]
    [InlineData(PosixSignal.SIGHUP)]
    public async Task A_program_that_ends_keeps_its_exit_code(PosixSignal signal) => await Ends("healthy", signal, Healthy);

    [Theory]
    [InlineData(PosixSignal.SIGTERM, Terminated)]
    [InlineData(PosixSignal.SIGINT, 130)]
    [InlineData(PosixSignal.SIGHUP, 129)]
    public async Task One_that_does_not_is_ended_as_if_by_the_signal(PosixSignal signal, int exitCode) => await Ends("stuck", signal, exitCode);

    [Theory]
    [InlineData("stuck-with-code")]
    [InlineData("stuck-in-process-exit")]
    [InlineData("stuck-callback")]
    [InlineData("full-pool")]
    [InlineData("forgotten")]
    [InlineData("disposed-after-the-signal")]
    public async Task The_watchdog_ends_it_with_the_code_that_was_given(string story) => await Ends(story, PosixSignal.SIGTERM, Struck);

    [Theory]
    [InlineData(PosixSignal.SIGTERM, Terminated)]
    [InlineData(PosixSignal.SIGINT, 130)]
    public async Task A_second_signal_ends_at_once(PosixSignal second, int exitCode)
    {
        using Child child = Child.StartWithSignals("signals", "two-signals");
        await child.Expect("listening");
        child.Terminate();
        await child.Expect("stopping");

        child.Send(second);

        Assert.Equal(exitCode, await child.ExitCode());
    }

    [Theory]
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

    private static async Task Ends(string story, PosixSignal signal, int exitCode)
    {
        using Child child = Child.StartWithSignals("signals", story);
        await child.Expect("listening");

        child.Send(signal);

        Assert.Equal(exitCode, await child.ExitCode());
    }
}
