using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Xunit.Abstractions;

namespace LockAnalyzers.Runtime.Tests;

/// <summary>Shutdowns that never end, each in a process of its own (tests/Runtime.Child/Wedges.cs), with and without a watchdog.</summary>
public class WedgeTests(ITestOutputHelper output)
{
    private const int ExitCode = 99;

    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1.5);
    private static readonly string[] AsPid1 = ["unshare", "--pid", "--fork", "--kill-child"];

    /// <summary>The last two on Linux only: one is made with glibc, the other needs the kernel's timer.</summary>
    internal static readonly string[] Names =
    [
        "foreground-thread", "process-exit-handler", "unloading-handler", "finalizer", "full-pool", "signal-handler", "swallowed-signal", "cancel-key",
        "exit-in-process-exit", "second-exit", "full-pipe", "main", .. OperatingSystem.IsLinux() ? (string[])["native-exit-handler", "suspended-runtime"] : [],
    ];

    public static TheoryData<string> Wedges => new(Names);

    [TheoryOnUnix]
    [MemberData(nameof(Wedges))]
    public async Task The_watchdog_ends_it_with_the_promised_code(string wedge) => await Ends(wedge, Build.Net8, launcher: []);

    [TheoryOnLinux]
    [InlineData("process-exit-handler")]
    [InlineData("suspended-runtime")]
    public async Task The_watchdog_of_the_netstandard_build_ends_it_too(string wedge) => await Ends(wedge, Build.NetStandard, launcher: []);

    [FactWithLauncher("unshare", "--pid", "--fork", "--kill-child")]
    public async Task The_watchdog_ends_PID_1() => await Ends("process-exit-handler", Build.Net8, AsPid1);

    /// <summary>Were a wedge to end by itself, the tests above would prove nothing.</summary>
    [FactOnUnix]
    public async Task Without_a_watchdog_none_of_them_ends()
    {
        Child[] children = [.. Names.Select(static wedge => Child.StartWithSignals("wedge", wedge, "unguarded"))];
        try
        {
            foreach ((Child child, string wedge) in children.Zip(Names))
            {
                await Enter(child, wedge);
            }

            Assert.All(children, child => Assert.True(child.Survives(Grace)));
        }
        finally
        {
            Array.ForEach(children, child => child.Dispose());
        }
    }

    private async Task Ends(string wedge, Build build, string[] launcher)
    {
        using Child child = Child.Start(build, [.. launcher, .. Child.WithSignals], Guarded(wedge, Grace));
        TimeSpan lateness = await Lateness(child, wedge, Grace);
        output.WriteLine($"{wedge}: {lateness.TotalMilliseconds:F1} ms after the deadline");
    }

    internal static string[] Guarded(string wedge, TimeSpan grace)
        => ["wedge", wedge, grace.TotalMilliseconds.ToString(CultureInfo.InvariantCulture), ExitCode.ToString(CultureInfo.InvariantCulture)];

    /// <summary>How long after the deadline the child has ended, with the promised code; never before it.</summary>
    internal static async Task<TimeSpan> Lateness(Child child, string wedge, TimeSpan grace)
    {
        Task<long> ended = child.Ended();
        long armed = await Enter(child, wedge);

        Assert.Equal(ExitCode, await child.ExitCode());

        TimeSpan lateness = Stopwatch.GetElapsedTime(armed, await ended) - grace;
        Assert.True(lateness >= TimeSpan.Zero, $"Struck {-lateness} too early.");
        return lateness;
    }

    /// <summary>Returns the moment at which the watchdog was armed.</summary>
    private static async Task<long> Enter(Child child, string wedge)
    {
        if (wedge is "signal-handler" or "swallowed-signal" or "cancel-key")
        {
            await child.Expect("waiting for a signal");
            child.Send(wedge == "cancel-key" ? PosixSignal.SIGINT : PosixSignal.SIGTERM);
        }

        return await child.ReadTimestamp();
    }
}
