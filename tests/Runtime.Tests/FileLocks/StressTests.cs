namespace LockAnalyzers.Runtime.Tests;

/// <summary>A short form of what docs/filelock.md tells how to run for longer.</summary>
public sealed class StressTests : IDisposable
{
    /// <summary>Where other programs take most of the processors, few files are deleted in one run while they are held.</summary>
    private const int MostRuns = 10;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [TheoryOnLinux]
    [InlineData(Build.Net8, 6)]
    [InlineData(Build.NetStandard, 3)]
    public async Task Nobody_gets_in_where_somebody_is_though_holders_are_killed_and_the_file_is_deleted(Build build, int seconds)
    {
        using Child run = Child.Start(build, "stress", $"{seconds}", "8");

        Assert.DoesNotContain("acquired 0,", await run.ReadLine());
        await run.ReadLine();
        await run.Expect("violations 0");
        await run.ReadLine(); // How late anybody was says more about the machine than about us.
        await run.Expect("failed 0");
        await run.Expect("ended by themselves 0");
        await run.Expect("stuck 0");
    }

    [FactOnLinux]
    public async Task The_same_run_finds_fault_with_a_stream_that_is_only_locked()
    {
        for (int runs = 0; runs < MostRuns; runs++)
        {
            using Child run = Child.Start("stress", "3", "8", "stream");

            await run.ReadLine();
            await run.ReadLine();
            if (await run.ReadLine() is not "violations 0")
            {
                return;
            }
        }

        Assert.Fail("Whether two get in is a matter of chance, but not so often.");
    }

    /// <summary>Workers that fail violate nothing, and must not pass for a run without violations.</summary>
    [FactOnLinux]
    public async Task A_run_whose_workers_fail_fails()
    {
        using Child run = Child.Start("stress", "0", "2", "no such lock");

        for (int line = 0; line < 5; line++)
        {
            await run.ReadLine();
        }

        await run.Expect("ended by themselves 2");
        Assert.NotEqual(0, await run.ExitCode());
    }

    [FactOnLinux]
    public async Task Nothing_is_left_behind_by_ten_thousand_acquisitions()
    {
        using Child first = Child.Start("churn", _directory.File("lock"), "10000");
        using Child second = Child.Start("churn", _directory.File("lock"), "10000");

        await first.Expect("descriptors 0, threads 0");
        await second.Expect("descriptors 0, threads 0");
    }
}
