using System.Diagnostics;

namespace LockAnalyzers.Runtime.Tests;

/// <summary>Locks that another process really holds. No test depends on how fast that process is.</summary>
public sealed class FileLockAcrossProcessesTests : IDisposable
{
    private static readonly RetryBudget Patient = RetryBudget.Within(InTime.Limit);
    private static readonly RetryBudget Impatient = RetryBudget.Within(TimeSpan.FromMilliseconds(200));

    /// <summary>Nothing but a notice can end a pause of a day.</summary>
    private static readonly RetryBudget Days = new() { Deadline = TimeSpan.FromDays(2), BaseDelay = TimeSpan.FromDays(1), MaxDelay = TimeSpan.FromDays(1) };

    private readonly TemporaryDirectory _directory = new();

    private string Lock => _directory.File("lock");

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(Build.Net8)]
    [InlineData(Build.NetStandard)]
    public async Task Both_builds_exclude_others_and_are_excluded(Build build)
    {
        using (Child holder = Child.Start(build, "hold-lock", Lock))
        {
            await holder.Expect("held");

            Assert.Null(FileLock.TryAcquire(Lock));
            LockTimeoutException timeout = Assert.Throws<LockTimeoutException>(() => FileLock.Acquire(Lock, budget: Impatient));
            Assert.True(timeout.Waited >= Impatient.Deadline);
            Assert.True(timeout.Attempts > 1);

            Task<FileLock> waiting = FileLock.AcquireAsync(Lock, budget: Patient);
            holder.WriteLine();
            (await waiting).Dispose();
            await holder.Expect("released");
        }

        using (FileLock.Acquire(Lock))
        {
            using Child refused = Child.Start(build, "lock", Lock, "200");
            await refused.Expect("LockTimeoutException");
        }

        using Child served = Child.Start(build, "lock", Lock, "200");
        await served.Expect("acquired");
    }

    [Fact]
    public async Task A_stream_of_another_process_excludes_it()
    {
        using Child holder = Child.Start("hold", Lock);
        await holder.Expect("held");
        Assert.Null(FileLock.TryAcquire(Lock));
        Task<FileLock> waiting = FileLock.AcquireAsync(Lock, budget: Patient);

        holder.WriteLine();

        (await waiting).Dispose();
    }

    [Fact]
    public async Task A_thread_that_waits_for_another_process_is_served()
    {
        using Child holder = await Hold();
        Task waiting = InTime.Run(() =>
        {
            FileLock.Acquire(Lock, budget: Patient).Dispose();
            return Task.CompletedTask;
        });

        holder.WriteLine();

        await waiting;
    }

    [Fact]
    public async Task A_killed_holder_lets_go()
    {
        using Child holder = await Hold();
        Task<FileLock> waiting = FileLock.AcquireAsync(Lock, budget: Patient);

        holder.Kill();

        (await waiting).Dispose();
    }

    [Fact]
    public async Task A_wait_for_another_process_is_cancelled_at_once()
    {
        using Child holder = await Hold();
        using var source = new CancellationTokenSource();
        Task<FileLock> task = FileLock.AcquireAsync(Lock, budget: Days, cancellationToken: source.Token);
        Task thread = InTime.Run(() => Task.FromResult(FileLock.Acquire(Lock, budget: Days, cancellationToken: source.Token)));

        source.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => task.WaitAsync(InTime.Limit));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => thread);
    }

    [FactWithLauncher("flock", "--version")]
    public void The_flock_of_the_shell_is_refused()
    {
        const int Refused = 1;
        using FileLock held = FileLock.Acquire(Lock);

        Assert.Equal(Refused, Flock());

        held.Dispose();
        Assert.Equal(0, Flock());
    }

    [FactOnUnix]
    public async Task The_switch_that_turns_the_locks_of_streams_off_does_not_concern_it()
    {
        using FileLock held = FileLock.Acquire(Lock);

        foreach ((string command, string answer) in new[] { ("lock", "LockTimeoutException"), ("open", "acquired") })
        {
            ProcessStartInfo info = Child.Info(command, Lock, "200");
            info.Environment["DOTNET_SYSTEM_IO_DISABLEFILELOCKING"] = "1";
            info.RedirectStandardOutput = true;
            using Process process = Process.Start(info)!;
            Assert.Equal(answer, await process.StandardOutput.ReadLineAsync().WaitAsync(InTime.Limit));
        }
    }

    [FactOnUnix]
    public async Task A_lock_that_is_only_dropped_stays_held()
    {
        Drop(Lock);
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        using Child other = Child.Start("lock", Lock, "200");
        await other.Expect("LockTimeoutException");

        [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
        static void Drop(string path) => FileLock.Acquire(path);
    }

    [Fact]
    public async Task Children_do_not_inherit_it()
    {
        FileLock held = FileLock.Acquire(Lock);
        using Child child = Child.Start("stay");
        await child.Expect("here");

        held.Dispose();

        using FileStream free = new(Lock, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
    }

    [TheoryOnLinux]
    [InlineData(Build.Net8)]
    [InlineData(Build.NetStandard)]
    public async Task A_deleted_lock_file_is_held_until_the_holder_lets_go(Build build)
    {
        using Child holder = Child.Start(build, "hold-lock", Lock);
        await holder.Expect("held");

        File.Delete(Lock);
        Assert.Null(FileLock.TryAcquire(Lock));
        Assert.True(File.Exists(Lock));

        File.WriteAllText(_directory.File("other"), "");
        File.Move(_directory.File("other"), Lock, overwrite: true);
        Assert.Null(FileLock.TryAcquire(Lock));
        Assert.Null(FileLock.TryAcquire(Lock, FileLockMode.Shared));

        using FileLock? unrelated = FileLock.TryAcquire(_directory.File("unrelated"));
        Assert.NotNull(unrelated);

        holder.WriteLine();
        await holder.Expect("released");
        FileLock.Acquire(Lock, budget: Patient).Dispose();
    }

    [FactOnUnix]
    public async Task A_file_that_is_replaced_while_we_wait_is_locked_where_the_path_leads()
    {
        using Child stream = Child.Start("hold", Lock);
        await stream.Expect("held");
        Task<FileLock> waiting = FileLock.AcquireAsync(Lock, budget: Patient);
        Assert.False(waiting.IsCompleted);

        File.Move(Lock, _directory.File("away"));

        using FileLock held = await waiting;
        using Child other = Child.Start("open", Lock, "200");
        await other.Expect("LockTimeoutException because of IOException");
    }

    [FactOnLinux]
    public async Task Who_waits_is_woken_by_the_one_who_lets_go()
    {
        // Two threads and a task for three files: one of them reads the notices for all.
        string[] paths = [_directory.File("a"), _directory.File("b"), _directory.File("c")];
        Child[] holders = [Child.Start("hold-lock", paths[0]), Child.Start("hold", paths[1]), Child.Start("hold-lock", paths[2])];
        foreach (Child holder in holders)
        {
            await holder.Expect("held");
        }

        Task[] waiting =
        [
            InTime.Run(() => Task.Factory.StartNew(() => FileLock.Acquire(paths[0], budget: Days).Dispose(), TaskCreationOptions.LongRunning)),
            InTime.Run(() => Task.Factory.StartNew(() => FileLock.Acquire(paths[1], budget: Days).Dispose(), TaskCreationOptions.LongRunning)),
            InTime.Run(async () => (await FileLock.AcquireAsync(paths[2], budget: Days)).Dispose()),
        ];
        foreach ((Child holder, Task served) in holders.Zip(waiting))
        {
            holder.WriteLine();
            await served;
            holder.Dispose();
        }
    }

    /// <summary>One who waits alone is woken before the notice is read: none that comes meanwhile may be lost.</summary>
    [FactOnLinux]
    public async Task Notices_that_lead_to_nothing_do_not_cost_the_one_that_does()
    {
        using Child holder = await Hold();
        Task waiting = InTime.Run(() => Task.Factory.StartNew(() => FileLock.Acquire(Lock, budget: Days).Dispose(), TaskCreationOptions.LongRunning));
        for (int i = 0; i < 100; i++)
        {
            File.SetLastWriteTimeUtc(Lock, DateTime.UtcNow);
        }

        holder.WriteLine();
        await waiting;
    }

    [FactOnLinux]
    public async Task Who_waits_for_a_file_that_is_deleted_is_woken_too()
    {
        using Child stream = Child.Start("hold", Lock);
        await stream.Expect("held");
        Task<FileLock> waiting = FileLock.AcquireAsync(Lock, budget: Days);

        File.Delete(Lock);

        (await waiting.WaitAsync(InTime.Limit)).Dispose();
    }

    private async Task<Child> Hold()
    {
        Child holder = Child.Start("hold-lock", Lock);
        await holder.Expect("held");
        return holder;
    }

    private int Flock()
    {
        using Process flock = Process.Start("flock", ["--nonblock", Lock, "true"]);
        flock.WaitForExit();
        return flock.ExitCode;
    }
}
