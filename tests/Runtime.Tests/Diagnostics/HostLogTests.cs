namespace LockAnalyzers.Runtime.Tests;

/// <summary>The log of a host, src/Hosting; told by a process of its own, see tests/Runtime.Child/HostStories.cs.</summary>
public class HostLogTests
{
    [Fact]
    public async Task A_host_logs_what_lasts_what_was_given_up_and_that_its_shutdown_is_guarded()
    {
        using var directory = new TemporaryDirectory();
        using Child child = Child.Start("host-log", directory.File("lock"));

        Assert.StartsWith($"Warning StillWaiting: Still waiting for {directory.File("lock")} after 0.", await child.ReadLine());
        Assert.Matches($"^Warning TimedOut: {directory.File("lock")} could not be had in 0\\.\\d+ s and \\d+ attempts; held by: ", await child.ReadLine());
        await child.Expect("Information WatchdogArmed: Shutdown watchdog armed: ends the process with 77 in 86400 s");
    }
}
