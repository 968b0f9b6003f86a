using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime.Tests;

/// <summary>The one line for a host, src/Hosting; each story is told by a process of its own, see tests/Runtime.Child/HostStories.cs.</summary>
public class HostTests
{
    private const int Healthy = 5;
    private const int Struck = 77;
    private const int Terminated = 128 + 15;

    public static TheoryData<string> Stuck => ["start", "stopping", "stop", "stop-awaits", "stopped", "dispose", "process-exit"];

    [TheoryOnUnix]
    [MemberData(nameof(Stuck))]
    public async Task A_host_that_is_stuck_is_ended(string where) => await Ends(where, PosixSignal.SIGTERM, Struck);

    [TheoryOnUnix]
    [InlineData(PosixSignal.SIGTERM, Terminated)]
    [InlineData(PosixSignal.SIGINT, 130)]
    public async Task By_default_as_if_by_the_signal(PosixSignal signal, int exitCode) => await Ends("signal-code", signal, exitCode);

    [FactOnUnix]
    public async Task A_healthy_host_keeps_its_exit_code() => await Ends("healthy", PosixSignal.SIGTERM, Healthy);

    [FactOnUnix]
    public async Task A_second_signal_ends_at_once()
    {
        using Child child = Child.Start("host", "two-signals");
        await child.Until("started");
        child.Terminate();
        await child.Until("stopping");

        child.Terminate();

        Assert.Equal(Struck, await child.ExitCode());
    }

    /// <summary>Tests that start several hosts in one process do so.</summary>
    [Fact]
    public async Task A_process_that_outlives_its_host_is_left_alone()
    {
        using Child child = Child.Start("host", "lives-on");

        Assert.Equal(Healthy, await child.ExitCode());
    }

    [FactOnUnix]
    public async Task Without_a_grace_the_host_goes_first()
    {
        using Child child = Child.Start("host", "own-grace");
        await child.Until("started");
        child.Terminate();

        Assert.True(child.Survives(TimeSpan.FromSeconds(4)));
        Assert.Equal(Struck, await child.ExitCode());
    }

    /// <summary>Supervisor, watchdog, host, services: each ends before the one around it.</summary>
    [Fact]
    public async Task With_a_grace_the_host_s_limit_lies_inside_of_it()
    {
        using Child child = Child.Start("host", "nested");

        await child.Expect(ShutdownGrace.Inside(ShutdownGrace.Docker).ToString());
    }

    [Fact]
    public async Task A_host_without_a_limit_has_to_be_told_one()
    {
        using Child child = Child.Start("host", "no-grace");

        await child.Until("HostOptions.ShutdownTimeout has no end; give AddShutdownWatchdog a grace.");
        Assert.Equal(Healthy, await child.ExitCode());
    }

    private static async Task Ends(string story, PosixSignal signal, int exitCode)
    {
        using Child child = Child.StartWithSignals("host", story);
        await child.Until("started");

        child.Send(signal);

        Assert.Equal(exitCode, await child.ExitCode());
    }
}
