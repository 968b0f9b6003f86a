namespace LockAnalyzers.Runtime.Tests;

/// <summary>What is told before the watchdog strikes; each story is told by a process of its own, see tests/Runtime.Child/WatchdogStories.cs.</summary>
public class ShutdownReportTests
{
    private const int Healthy = 5;
    private const int Struck = 77;

    [TheoryOnUnix]
    [InlineData(Build.Net8)]
    [InlineData(Build.NetStandard)]
    public async Task A_stuck_process_tells_its_step_and_its_waits_though_the_pool_is_full(Build build)
    {
        using Child child = Child.Start(build, "watchdog", "report");

        Assert.Matches(@"^The shutdown has not ended after [0-9.]+ s; the watchdog ends the process in [01]\.\d+ s with exit code 77\.$", await child.ReadLine());
        Assert.Matches(@"^Step: closing the store, for [0-9.]+ s\.$", await child.ReadLine());
        Assert.Matches(@"^Waiting for .+ for [0-9.]+ s of 86400 s\.$", await child.ReadLine());
        Assert.Equal(Struck, await child.ExitCode());
    }

    [Fact]
    public async Task By_default_to_standard_error_and_once()
    {
        using Child child = Child.Start("watchdog", "report-by-default");

        Assert.StartsWith("The shutdown has not ended", await child.ReadLine());
        await child.Expect("Step: none was told.");
        Assert.Null(await child.ReadLine());
        Assert.Equal(Struck, await child.ExitCode());
    }

    [Theory]
    [InlineData(Build.Net8)]
    [InlineData(Build.NetStandard)]
    public async Task Who_listens_to_events_hears_of_it_too(Build build)
    {
        using Child child = Child.Start(build, "watchdog", "events");

        await child.Expect("WatchdogArmed 86400 137");
        await child.Expect("WatchdogDisarmed");
        await child.Expect("WatchdogArmed 2 77");
        await child.Expect("WatchdogFired 77");
        Assert.Equal(Struck, await child.ExitCode());
    }

    [Fact]
    public async Task A_disarmed_watchdog_tells_nothing()
    {
        using Child child = Child.Start("watchdog", "report-disarmed");

        Assert.Null(await child.ReadLine());
        Assert.Equal(Healthy, await child.ExitCode());
    }

    [Fact]
    public async Task A_later_shutdown_of_the_same_process_is_told_of_too()
    {
        using Child child = Child.Start("watchdog", "report-again");

        await child.Expect("told");
        await child.Expect("told");
        Assert.Equal(Healthy, await child.ExitCode());
    }

    [TheoryOnUnix]
    [InlineData("report-blocks")]
    [InlineData("report-throws")]
    [InlineData("report-exits")]
    public async Task Who_is_told_cannot_keep_it_from_striking(string story)
    {
        using Child child = Child.Start("watchdog", story);

        await child.Expect("told");
        Assert.Equal(Struck, await child.ExitCode());
    }

    [Fact]
    public void Arguments_are_looked_at()
    {
        Assert.Throws<ArgumentOutOfRangeException>("reserve", () => ShutdownWatchdog.BeforeStrike(reserve: TimeSpan.Zero));
        Assert.Throws<ArgumentNullException>("name", () => ShutdownWatchdog.Step(null!));
    }
}
