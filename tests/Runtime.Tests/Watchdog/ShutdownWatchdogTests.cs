namespace LockAnalyzers.Runtime.Tests;

/// <summary>What the handle promises; each story is told by a process of its own, see tests/Runtime.Child/WatchdogStories.cs.</summary>
public class ShutdownWatchdogTests
{
    private const int Healthy = 5;
    private const int Struck = 77;
    private const int Killed = 128 + 9;

    public static TheoryData<TimeSpan> OutOfRange => [TimeSpan.Zero, TimeSpan.FromTicks(-1), Timeout.InfiniteTimeSpan, TimeSpan.FromMilliseconds(int.MaxValue) + TimeSpan.FromTicks(1)];

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void A_grace_out_of_range_is_refused(TimeSpan grace)
    {
        Assert.Throws<ArgumentOutOfRangeException>("grace", () => ShutdownWatchdog.Arm(grace));
        Assert.Throws<ArgumentOutOfRangeException>("grace", () => ShutdownWatchdog.Exit(0, grace));
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(256)]
    public void An_exit_code_that_no_parent_would_see_is_refused(int exitCode)
    {
        Assert.Throws<ArgumentOutOfRangeException>("exitCode", () => ShutdownWatchdog.Arm(exitCode: exitCode));
        Assert.Throws<ArgumentOutOfRangeException>("exitCode", () => ShutdownWatchdog.Exit(exitCode));
    }

    [Fact]
    public void The_longest_grace_is_taken() => ShutdownWatchdog.Arm(TimeSpan.FromMilliseconds(int.MaxValue), 255).Dispose();

    [Theory]
    [InlineData("healthy")]
    [InlineData("exit-healthy")]
    public async Task A_healthy_process_ends_at_once_with_its_own_code(string story) => await Ends(story, Healthy);

    [Theory]
    [InlineData("disarmed")]
    [InlineData("disarmed-by-many")]
    public async Task A_disarmed_watchdog_does_not_strike(string story) => await Ends(story, Healthy);

    [Fact]
    public async Task A_collected_handle_stays_armed() => await Ends("collected", Struck);

    [Fact]
    public async Task The_earliest_of_several_wins() => await Ends("earliest-wins", Struck);

    [Fact]
    public async Task Disarming_one_leaves_the_other() => await Ends("one-of-two-disarmed", Struck);

    [FactOnUnix]
    public async Task Exit_ends_though_a_handler_blocks() => await Ends("exit", Struck);

    /// <summary>The handlers were cut off: that is no success.</summary>
    [FactOnUnix]
    public async Task A_forced_exit_is_never_a_success() => await Ends("exit-without-error", Killed);

    [Fact]
    public async Task The_default_grace_ends() => await Ends("default-grace", Struck);

    [TheoryOnUnix]
    [InlineData("on-cancelled")]
    [InlineData("on-cancelled-before")]
    [InlineData("on-cancelled-behind-a-stuck-callback")]
    public async Task A_cancelled_token_arms(string story)
    {
        await Ends(story, Struck);
        await Ends(story, Struck, Build.NetStandard);
    }

    [Theory]
    [InlineData("on-not-cancelled")]
    [InlineData("on-disposed-before")]
    [InlineData("on-disposed-after")]
    [InlineData("on-source-disposed-at-once")]
    public async Task Without_the_token_or_the_handle_nothing_strikes(string story) => await Ends(story, Healthy);

    [Fact]
    public void A_token_that_cannot_arm_is_refused()
    {
        var disposed = new CancellationTokenSource();
        CancellationToken late = disposed.Token;
        disposed.Dispose();

        Assert.Throws<ArgumentException>("stopping", () => ShutdownWatchdog.ArmOn(CancellationToken.None, TimeSpan.FromDays(1)));
        Assert.Throws<ObjectDisposedException>(() => ShutdownWatchdog.ArmOn(late, TimeSpan.FromDays(1)));
    }

    [Fact]
    public void Arguments_are_looked_at_before_the_token_is_cancelled()
    {
        using var stopping = new CancellationTokenSource();

        Assert.Throws<ArgumentOutOfRangeException>("grace", () => ShutdownWatchdog.ArmOn(stopping.Token, TimeSpan.Zero));
        Assert.Throws<ArgumentOutOfRangeException>("exitCode", () => ShutdownWatchdog.ArmOn(stopping.Token, TimeSpan.FromDays(1), 256));
    }

    [TheoryOnLinux]
    [InlineData(Build.Net8)]
    [InlineData(Build.NetStandard)]
    public async Task The_kernel_timer_is_used_on_Linux(Build build) => await Uses("kernel timer", build, launcher: []);

    /// <summary>A timer needs one of the signals that a user may have pending, see timer_create(2), EAGAIN.</summary>
    [FactWithLauncher("prlimit", "--sigpending=0")]
    public async Task A_thread_is_used_where_the_kernel_gives_no_timer()
    {
        string[] withoutTimers = ["prlimit", "--sigpending=0"];

        await Uses("thread", Build.Net8, withoutTimers);
        await Uses("thread", Build.NetStandard, withoutTimers);
    }

    [FactWithLauncher("setpriv", "--reuid=65534")]
    public async Task SIGKILL_needs_no_thread()
    {
        using Child child = Child.Start("watchdog", "no-more-threads");

        Assert.Equal(Killed, await child.ExitCode());
    }

    private static async Task Ends(string story, int exitCode, Build build = Build.Net8)
    {
        using Child child = Child.Start(build, "watchdog", story);

        Assert.Equal(exitCode, await child.ExitCode());
    }

    private static async Task Uses(string mechanism, Build build, string[] launcher)
    {
        using Child child = Child.Start(build, launcher, ["watchdog", "mechanism"]);

        await child.Expect(mechanism);
        Assert.Equal(Struck, await child.ExitCode());
    }
}
