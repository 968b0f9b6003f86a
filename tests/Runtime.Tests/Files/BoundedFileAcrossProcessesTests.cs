namespace LockAnalyzers.Runtime.Tests;

/// <summary>A lock that another process really holds. No test depends on how fast that process is.</summary>
public sealed class BoundedFileAcrossProcessesTests : IDisposable
{
    private static readonly RetryBudget Patient = RetryBudget.Within(InTime.Limit);
    private static readonly RetryBudget Impatient = RetryBudget.Within(TimeSpan.FromMilliseconds(200));

    private readonly TemporaryDirectory _directory = new();

    private string Lock => _directory.File("lock");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task A_held_lock_ends_the_wait_at_the_deadline()
    {
        using Child holder = await Hold();

        LockTimeoutException timeout = Assert.Throws<LockTimeoutException>(() => BoundedFile.Open(Lock, budget: Impatient));

        Assert.True(timeout.Waited >= Impatient.Deadline);
        Assert.True(timeout.Attempts > 1);
        Assert.True(Contention.IsContention(timeout.InnerException!));
    }

    [Fact]
    public async Task A_held_lock_ends_the_wait_at_the_deadline_of_a_task()
    {
        using Child holder = await Hold();

        LockTimeoutException timeout = await Assert.ThrowsAsync<LockTimeoutException>(() => BoundedFile.OpenAsync(Lock, budget: Impatient));

        Assert.True(timeout.Waited >= Impatient.Deadline);
    }

    [Fact]
    public async Task A_lock_released_within_the_budget_is_obtained()
    {
        using Child holder = await Hold();
        Task<FileStream> waiting = BoundedFile.OpenAsync(Lock, budget: Patient);
        Assert.False(waiting.IsCompleted);

        holder.WriteLine();

        await using FileStream file = await waiting;
        await holder.Expect("released");
    }

    [Fact]
    public async Task A_lock_released_within_the_budget_is_obtained_by_a_blocking_wait()
    {
        using Child holder = await Hold();
        int attempts = 0;

        using FileStream file = BoundedRetry.Invoke(
            () =>
            {
                if (++attempts == 2)
                {
                    holder.WriteLine();
                }

                return File.Open(Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            },
            Patient);

        Assert.True(attempts >= 2);
    }

    [Fact]
    public async Task A_killed_holder_lets_go()
    {
        using Child holder = await Hold();
        Task<FileStream> waiting = BoundedFile.OpenAsync(Lock, budget: Patient);
        Assert.False(waiting.IsCompleted);

        holder.Kill();

        await using FileStream file = await waiting;
    }

    [Fact]
    public async Task A_wait_for_another_process_is_cancelled_at_once()
    {
        using Child holder = await Hold();
        using var source = new CancellationTokenSource();
        var endless = new RetryBudget { Deadline = TimeSpan.FromDays(2), BaseDelay = TimeSpan.FromDays(1), MaxDelay = TimeSpan.FromDays(1) };
        Task<FileStream> waiting = BoundedFile.OpenAsync(Lock, budget: endless, cancellationToken: source.Token);

        source.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(InTime.Limit));
    }

    [FactWithLauncher("flock", "--version")]
    public void The_flock_of_the_shell_is_refused_while_the_file_is_open()
    {
        const int Refused = 1;
        using FileStream file = BoundedFile.Open(Lock);

        using var flock = System.Diagnostics.Process.Start("flock", ["--nonblock", Lock, "true"]);
        flock.WaitForExit();

        Assert.Equal(Refused, flock.ExitCode);
    }

    [Theory]
    [InlineData(Build.Net8, ".NETCoreApp,Version=v8.0")]
    [InlineData(Build.NetStandard, ".NETStandard,Version=v2.0")]
    public async Task Both_builds_end_the_wait_and_obtain_a_free_lock(Build build, string framework)
    {
        using (Child asked = Child.Start(build, "build"))
        {
            await asked.Expect(framework);
        }

        using (FileStream holder = BoundedFile.Open(Lock))
        using (Child refused = Child.Start(build, "open", Lock, "200"))
        {
            await refused.Expect("LockTimeoutException because of IOException");
        }

        using Child served = Child.Start(build, "open", Lock, "200");
        await served.Expect("acquired");
    }

    private async Task<Child> Hold()
    {
        Child holder = Child.Start("hold", Lock);
        await holder.Expect("held");
        return holder;
    }
}
