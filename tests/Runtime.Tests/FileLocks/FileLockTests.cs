namespace LockAnalyzers.Runtime.Tests;

public sealed class FileLockTests : IDisposable
{
    private static readonly RetryBudget Patient = RetryBudget.Within(InTime.Limit);

    private readonly TemporaryDirectory _directory = new();

    private string Lock => _directory.File("lock");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void It_says_what_is_locked_and_how()
    {
        using FileLock held = FileLock.Acquire(Path.GetRelativePath(Environment.CurrentDirectory, Lock), FileLockMode.Shared);

        Assert.Equal((Lock, FileLockMode.Shared), (held.Path, held.Mode));
        Assert.True(File.Exists(Lock));
    }

    [Fact]
    public void Two_locks_of_one_process_exclude_each_other()
    {
        using (FileLock.Acquire(Lock))
        {
            Assert.Null(FileLock.TryAcquire(Lock));
            Assert.Null(FileLock.TryAcquire(Lock, FileLockMode.Shared));
        }

        using FileLock? free = FileLock.TryAcquire(Lock);
        Assert.NotNull(free);
    }

    [FactOnUnix]
    public void Two_names_of_one_file_exclude_each_other()
    {
        string alias = _directory.File("alias");
        File.CreateSymbolicLink(alias, Lock);

        using FileLock held = FileLock.Acquire(Lock);

        Assert.Null(FileLock.TryAcquire(alias));
    }

    [Fact]
    public void Shared_locks_exclude_only_an_exclusive_one()
    {
        FileLock first = FileLock.Acquire(Lock, FileLockMode.Shared);
        using (FileLock second = FileLock.Acquire(Lock, FileLockMode.Shared))
        {
            first.Dispose();
            Assert.Null(FileLock.TryAcquire(Lock));
            using FileStream reader = new(Lock, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        }

        using FileLock? alone = FileLock.TryAcquire(Lock);
        Assert.NotNull(alone);
    }

    [Fact]
    public void A_stream_that_is_shared_with_nobody_excludes_it_and_is_excluded()
    {
        using (FileLock.Acquire(Lock))
        {
            IOException refusal = Assert.Throws<IOException>(() => new FileStream(Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            Assert.True(Contention.IsContention(refusal));
        }

        using (new FileStream(Lock, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None))
        {
            Assert.Null(FileLock.TryAcquire(Lock));
            Assert.Null(FileLock.TryAcquire(Lock, FileLockMode.Shared));
        }
    }

    [Fact]
    public void What_the_file_holds_is_left_alone()
    {
        File.WriteAllText(Lock, "precious");

        FileLock.Acquire(Lock).Dispose();

        Assert.Equal("precious", File.ReadAllText(Lock));
    }

    [Fact]
    public async Task The_budget_is_kept()
    {
        using FileLock holder = FileLock.Acquire(Lock);
        var budget = new RetryBudget { MaxAttempts = 3, TimeProvider = new SteppingTime() };

        LockTimeoutException thrown = Assert.Throws<LockTimeoutException>(() => FileLock.Acquire(Lock, budget: budget));
        LockTimeoutException failed = await Assert.ThrowsAsync<LockTimeoutException>(() => FileLock.AcquireAsync(Lock, budget: budget));

        Assert.Equal((Lock, 3), (thrown.Resource, thrown.Attempts));
        Assert.Equal((Lock, 3), (failed.Resource, failed.Attempts));
        Assert.Null(FileLock.TryAcquire(Lock, budget: budget));
        Assert.Null(await FileLock.TryAcquireAsync(Lock, budget: budget));
    }

    [Fact]
    public void Who_waits_for_his_own_process_waits_until_the_deadline_in_one_pause()
    {
        using FileLock holder = FileLock.Acquire(Lock);
        var time = new SteppingTime();

        LockTimeoutException timeout = Assert.Throws<LockTimeoutException>(
            () => FileLock.Acquire(Lock, budget: new RetryBudget { Deadline = TimeSpan.FromSeconds(7), TimeProvider = time }));

        Assert.Equal([TimeSpan.FromSeconds(7)], time.Pauses);
        Assert.Equal(TimeSpan.FromSeconds(7), timeout.Waited);
    }

    [Fact]
    public async Task First_come_first_served()
    {
        FileLock holder = FileLock.Acquire(Lock);
        Task<FileLock>[] waiting = [.. Enumerable.Range(0, 5).Select(_ => FileLock.AcquireAsync(Lock, budget: Patient))];
        Assert.Null(FileLock.TryAcquire(Lock, budget: null));

        foreach (Task<FileLock> next in waiting)
        {
            Assert.False(next.IsCompleted);
            holder.Dispose();
            holder = await next.WaitAsync(InTime.Limit);
        }

        holder.Dispose();
    }

    [Fact]
    public async Task A_shared_lock_does_not_overtake_an_exclusive_one()
    {
        FileLock reader = FileLock.Acquire(Lock, FileLockMode.Shared);
        Task<FileLock> writer = FileLock.AcquireAsync(Lock, budget: Patient);
        Task<FileLock> late = FileLock.AcquireAsync(Lock, FileLockMode.Shared, Patient);
        Task<FileLock> later = FileLock.AcquireAsync(Lock, FileLockMode.Shared, Patient);
        Assert.Null(FileLock.TryAcquire(Lock, FileLockMode.Shared));

        reader.Dispose();
        FileLock written = await writer.WaitAsync(InTime.Limit);
        Assert.False(late.IsCompleted);

        written.Dispose();
        (await late.WaitAsync(InTime.Limit)).Dispose();
        (await later.WaitAsync(InTime.Limit)).Dispose();
    }

    [Fact]
    public async Task A_thread_that_waits_is_served()
    {
        FileLock holder = FileLock.Acquire(Lock);
        Task waiting = InTime.Run(() =>
        {
            FileLock.Acquire(Lock, budget: Patient).Dispose();
            return Task.CompletedTask;
        });

        holder.Dispose();

        await waiting;
    }

    [Fact]
    public async Task Who_is_cancelled_leaves_the_queue_to_the_next()
    {
        FileLock holder = FileLock.Acquire(Lock);
        using var source = new CancellationTokenSource();
        Task<FileLock> cancelled = FileLock.AcquireAsync(Lock, budget: Patient, cancellationToken: source.Token);
        Task<FileLock> next = FileLock.AcquireAsync(Lock, budget: Patient);

        source.Cancel();
        OperationCanceledException exception = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled.WaitAsync(InTime.Limit));
        holder.Dispose();

        Assert.Equal(source.Token, exception.CancellationToken);
        (await next.WaitAsync(InTime.Limit)).Dispose();
    }

    [Fact]
    public async Task A_thread_that_waits_is_cancelled_at_once()
    {
        using FileLock holder = FileLock.Acquire(Lock);
        using var source = new CancellationTokenSource();
        var days = new RetryBudget { Deadline = TimeSpan.FromDays(2), BaseDelay = TimeSpan.FromDays(1), MaxDelay = TimeSpan.FromDays(1) };
        Task waiting = InTime.Run(() => Task.FromResult(FileLock.Acquire(Lock, budget: days, cancellationToken: source.Token)));

        source.Cancel();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public async Task A_token_that_is_cancelled_already_acquires_nothing()
    {
        var cancelled = new CancellationToken(canceled: true);

        Assert.Throws<OperationCanceledException>(() => FileLock.Acquire(Lock, cancellationToken: cancelled));
        Assert.Throws<OperationCanceledException>(() => FileLock.TryAcquire(Lock, cancellationToken: cancelled));
        await Assert.ThrowsAsync<OperationCanceledException>(() => FileLock.AcquireAsync(Lock, cancellationToken: cancelled));
        await Assert.ThrowsAsync<OperationCanceledException>(() => FileLock.TryAcquireAsync(Lock, cancellationToken: cancelled));
        Assert.False(File.Exists(Lock));
    }

    [Fact]
    public async Task To_let_go_twice_lets_go_once()
    {
        FileLock first = FileLock.Acquire(Lock);
        await first.DisposeAsync();
        using FileLock second = FileLock.Acquire(Lock);

        first.Dispose();

        Assert.Null(FileLock.TryAcquire(Lock));
    }

    [Fact]
    public async Task A_missing_directory_fails_at_once_and_says_so()
        => await FailsAtOnce<DirectoryNotFoundException>(Path.Combine(_directory.Path, "missing", "lock"), "open");

    [Fact]
    public async Task A_file_in_the_place_of_the_directory_fails_at_once()
    {
        File.WriteAllText(_directory.File("file"), "");
        await FailsAtOnce<DirectoryNotFoundException>(Path.Combine(_directory.File("file"), "lock"), "open");
    }

    [Fact]
    public async Task A_directory_fails_at_once() => await FailsAtOnce<UnauthorizedAccessException>(_directory.Path, "open");

    [Fact]
    public void What_makes_no_sense_is_said()
    {
        Assert.Throws<ArgumentNullException>(() => FileLock.Acquire(null!));
        Assert.Throws<ArgumentException>(() => FileLock.Acquire(""));
        Assert.Throws<ArgumentOutOfRangeException>(() => FileLock.Acquire(Lock, (FileLockMode)7));
    }

    private static async Task FailsAtOnce<TException>(string path, string operation)
        where TException : Exception
    {
        var time = new SteppingTime();
        var budget = new RetryBudget { TimeProvider = time };
        TException[] failures =
        [
            Assert.Throws<TException>(() => FileLock.Acquire(path, budget: budget)),
            Assert.Throws<TException>(() => FileLock.TryAcquire(path, budget: budget)),
            Assert.Throws<TException>(() => FileLock.Acquire(path, FileLockMode.Shared, budget)),
            await Assert.ThrowsAsync<TException>(() => FileLock.AcquireAsync(path, budget: budget)),
            await Assert.ThrowsAsync<TException>(() => FileLock.TryAcquireAsync(path, budget: budget)),
        ];

        Assert.Empty(time.Pauses);
        if (!OperatingSystem.IsWindows())
        {
            Assert.All(failures, failure => Assert.StartsWith($"Cannot {operation} the lock file '{path}': errno ", failure.Message));
        }
    }
}
