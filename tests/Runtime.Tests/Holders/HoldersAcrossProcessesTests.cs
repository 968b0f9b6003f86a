using System.Diagnostics;

namespace LockAnalyzers.Runtime.Tests;

/// <summary>Who is told to hold a lock file that somebody really holds.</summary>
public sealed class HoldersAcrossProcessesTests : IDisposable
{
    private static readonly RetryBudget Once = new() { MaxAttempts = 1 };

    private readonly TemporaryDirectory _directory = new();

    private string Lock => _directory.File("lock");

    public void Dispose() => _directory.Dispose();

    [TheoryOnLinux]
    [InlineData(Build.Net8)]
    [InlineData(Build.NetStandard)]
    public async Task Another_process_is_told_by_number_name_and_start(Build build)
    {
        using Child child = Child.Start(build, "hold", Lock);
        await child.Expect("held");

        LockTimeoutException timeout = TimeOut();

        LockHolder holder = Assert.Single(timeout.Holders);
        Assert.Equal((child.ProcessId, "dotnet", HolderEvidence.Lock), (holder.ProcessId, holder.ProcessName, holder.Evidence));
        Assert.Equal(child.StartTime, holder.StartTime!.Value.LocalDateTime);
        Assert.EndsWith($" Held by dotnet (process {child.ProcessId}, started {child.StartTime.ToUniversalTime():yyyy-MM-dd HH:mm:ss}Z).", timeout.Message);
        Assert.DoesNotContain('\n', timeout.Message);
    }

    [FactOnLinux]
    public async Task An_asynchronous_wait_tells_it_too()
    {
        using Child child = await Hold();

        _ = TimeOut();
        var timeout = await Assert.ThrowsAsync<LockTimeoutException>(() => BoundedFile.OpenAsync(Lock, budget: Once));

        Assert.Equal(child.ProcessId, Assert.Single(timeout.Holders).ProcessId);
    }

    [FactOnLinux]
    public void This_process_is_told_like_any_other()
    {
        using FileStream file = BoundedFile.Open(Lock);

        LockTimeoutException timeout = TimeOut();

        Assert.Equal(Environment.ProcessId, Assert.Single(timeout.Holders).ProcessId);
    }

    [TheoryOnLinux]
    [InlineData(Build.Net8)]
    [InlineData(Build.NetStandard)]
    public async Task Both_builds_tell_it(Build build)
    {
        using FileStream file = BoundedFile.Open(Lock);
        using Child child = Child.Start(build, "who", Lock);

        await child.Expect($"{Environment.ProcessId} Lock");
    }

    /// <summary>The lock belongs to the descriptor, which the one who took it has left to a child.</summary>
    [FactWithLauncher("flock", "--version")]
    public void A_holder_whose_lock_was_taken_by_a_process_that_has_ended_is_told()
    {
        const string TakeAndLeave = """exec 9>"$1"; flock 9; sleep 600 >/dev/null 2>&1 & echo $!""";
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", TakeAndLeave, "sh", Lock]) { RedirectStandardOutput = true })!;
        using var heir = Process.GetProcessById(int.Parse(shell.StandardOutput.ReadLine()!));
        try
        {
            Assert.True(shell.WaitForExit(InTime.Limit));

            LockTimeoutException timeout = TimeOut();

            LockHolder holder = Assert.Single(timeout.Holders);
            Assert.Equal((heir.Id, "sleep"), (holder.ProcessId, holder.ProcessName));
        }
        finally
        {
            heir.Kill();
        }
    }

    /// <summary>Somebody else's descriptors may not be read: what /proc/locks says must do.</summary>
    [FactWithLauncher("setpriv", "--reuid=65534")]
    public async Task A_holder_of_another_user_is_told()
    {
        using FileStream file = BoundedFile.Open(Lock);
        using (Process chmod = Process.Start("chmod", ["-R", "a+rwX", _directory.Path]))
        {
            await chmod.WaitForExitAsync();
        }

        using Child child = Child.Start(Build.Net8, ["setpriv", "--reuid=65534"], ["who", Lock]);

        await child.Expect($"{Environment.ProcessId} Lock");
    }

    [FactWithLauncher("unshare", "--pid", "--fork", "--kill-child", "--mount-proc")]
    public async Task A_holder_in_a_container_is_told_outside()
    {
        using Child launcher = Child.Start(Build.Net8, ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"], ["hold", Lock]);
        await launcher.Expect("held");

        LockTimeoutException timeout = TimeOut();

        Assert.Equal("dotnet", Assert.Single(timeout.Holders).ProcessName);
    }

    [FactWithLauncher("unshare", "--pid", "--fork", "--kill-child", "--mount-proc")]
    public async Task A_holder_outside_of_the_container_cannot_be_seen_from_inside()
    {
        using FileStream file = BoundedFile.Open(Lock);
        using Child launcher = Child.Start(Build.Net8, ["unshare", "--pid", "--fork", "--kill-child", "--mount-proc"], ["who", Lock]);

        await launcher.Expect("");
    }

    /// <summary>A search ends after a time, in which it need not find anybody on a busy machine.</summary>
    private LockTimeoutException TimeOut()
    {
        LockTimeoutException timeout;
        int searches = 20;
        do
        {
            timeout = Assert.Throws<LockTimeoutException>(() => BoundedFile.Open(Lock, budget: Once));
        }
        while (timeout.Holders.Count == 0 && --searches > 0);
        return timeout;
    }

    private async Task<Child> Hold()
    {
        Child child = Child.Start("hold", Lock);
        await child.Expect("held");
        return child;
    }
}
