using System.Diagnostics;
using System.Runtime.InteropServices;
using Xunit.Abstractions;

namespace LockAnalyzers.Runtime.Tests;

/// <summary>
/// Each wedge again and again, and how late it ended. The figures in docs/runtime.md, on a machine that does nothing else:
/// Columns: runs, then least, median and greatest lateness, then the machine's own: the longest that a sleeping thread of the test was late meanwhile, all in ms.
/// <code>LOCKANALYZERS_WEDGE_RUNS=20 dotnet test tests/Runtime.Tests --filter WedgeRuns --logger "console;verbosity=detailed"</code>
/// </summary>
public class WedgeRunsTests(ITestOutputHelper output)
{
    private const int Struck = 77;

    private static readonly TimeSpan Grace = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan Latest = TimeSpan.FromMilliseconds(250);

    public static TheoryData<string> Wedges => new(WedgeTests.Names);

    [TheoryWhenAsked]
    [MemberData(nameof(Wedges))]
    public async Task A_wedge(string wedge) => await Measure(wedge, wedge, []);

    [TheoryWhenAsked]
    [MemberData(nameof(Wedges))]
    public async Task A_wedge_while_the_pool_is_full(string wedge) => await Measure($"{wedge}, full pool", wedge, ["starved"]);

    /// <summary>Counted from before the signal is sent: what the signal takes to come is in the figure.</summary>
    [TheoryWhenAsked]
    [MemberData(nameof(HostTests.Stuck), MemberType = typeof(HostTests))]
    public async Task A_host(string where)
    {
        await Measure($"host, {where}", async () =>
        {
            using Child child = Child.StartWithSignals("host", where);
            Task<long> ended = child.Ended();
            await child.Until("started");
            long told = Stopwatch.GetTimestamp();
            child.Send(PosixSignal.SIGTERM);

            Assert.Equal(Struck, await child.ExitCode());
            return Stopwatch.GetElapsedTime(told, await ended) - Grace;
        });
    }

    private async Task Measure(string what, string wedge, string[] before)
    {
        await Measure(what, async () =>
        {
            using Child child = Child.StartWithSignals([.. before, .. WedgeTests.Guarded(wedge, Grace)]);
            return await WedgeTests.Lateness(child, wedge, Grace);
        });
    }

    private async Task Measure(string what, Func<Task<TimeSpan>> run)
    {
        var lateness = new List<double>();
        using var stalls = new Stalls();
        for (int i = 0; i < TheoryWhenAskedAttribute.Runs; i++)
        {
            lateness.Add((await run()).TotalMilliseconds);
        }

        lateness.Sort();
        output.WriteLine($"| {what} | {lateness.Count} | {lateness[0]:F1} | {lateness[lateness.Count / 2]:F1} | {lateness[^1]:F1} | {stalls.Longest.TotalMilliseconds:F1} |");
        Assert.True(lateness[^1] <= Latest.TotalMilliseconds, $"{what}: {lateness[^1]:F1} ms after the deadline.");
    }
}
