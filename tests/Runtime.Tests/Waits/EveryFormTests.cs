namespace LockAnalyzers.Runtime.Tests;

/// <summary>Whatever the rules report has a bounded form: it gives up, it says so, it ends with the token, and it gets what is let go.</summary>
public sealed class EveryFormTests
{
    private static readonly RetryBudget Soon = RetryBudget.Within(TimeSpan.FromMilliseconds(20));
    private static readonly RetryBudget Patient = RetryBudget.Within(InTime.Limit);

    /// <summary>A wait that somebody else keeps from ending until he lets go.</summary>
    /// <param name="Wait">What is given to <see cref="BoundedWait"/>.</param>
    /// <param name="LetGo">Ends the wait.</param>
    private sealed record Held(Func<TimeSpan, bool> Wait, Action LetGo);

    private static readonly Dictionary<string, Func<Held>> Forms = new()
    {
        ["wait handle"] = () =>
        {
            var done = new ManualResetEvent(false);
            return new(done.WaitOne, () => done.Set());
        },
        ["AutoResetEvent"] = () =>
        {
            var turn = new AutoResetEvent(false);
            return new(turn.WaitOne, () => turn.Set());
        },
        ["all wait handles"] = () =>
        {
            ManualResetEvent first = new(true), second = new(false);
            return new(time => WaitHandle.WaitAll([first, second], time), () => second.Set());
        },
        ["Mutex"] = () =>
        {
            var mutex = new Mutex();
            return By(() => mutex.WaitOne(), mutex.ReleaseMutex, mutex.WaitOne);
        },
        ["Semaphore"] = () =>
        {
            var semaphore = new Semaphore(0, 1);
            return new(semaphore.WaitOne, () => semaphore.Release());
        },
        ["SemaphoreSlim"] = () =>
        {
            var semaphore = new SemaphoreSlim(0);
            return new(semaphore.Wait, () => semaphore.Release());
        },
        ["ReaderWriterLockSlim, writer"] = () =>
        {
            var chart = new ReaderWriterLockSlim();
            return By(chart.EnterReadLock, chart.ExitReadLock, chart.TryEnterWriteLock);
        },
        ["ReaderWriterLockSlim, reader"] = () =>
        {
            var chart = new ReaderWriterLockSlim();
            return By(chart.EnterWriteLock, chart.ExitWriteLock, chart.TryEnterReadLock);
        },
        ["ReaderWriterLockSlim, upgradeable"] = () =>
        {
            var chart = new ReaderWriterLockSlim();
            return By(chart.EnterUpgradeableReadLock, chart.ExitUpgradeableReadLock, chart.TryEnterUpgradeableReadLock);
        },
        ["Monitor"] = () =>
        {
            var sync = new object();
            return By(() => Monitor.Enter(sync), () => Monitor.Exit(sync), time => Monitor.TryEnter(sync, time));
        },
        ["Lock"] = () =>
        {
            var gate = new Lock();
            return By(gate.Enter, gate.Exit, gate.TryEnter);
        },
        ["ManualResetEventSlim"] = () =>
        {
            var done = new ManualResetEventSlim();
            return new(done.Wait, done.Set);
        },
        ["CountdownEvent"] = () =>
        {
            var left = new CountdownEvent(1);
            return new(left.Wait, () => left.Signal());
        },
        ["Thread.Join"] = () =>
        {
            var end = new ManualResetEventSlim();
            var thread = new Thread(end.Wait) { IsBackground = true };
            thread.Start();
            return new(thread.Join, end.Set);
        },
        ["Task.Wait"] = () =>
        {
            var work = new TaskCompletionSource();
            return new(work.Task.Wait, work.SetResult);
        },
        ["Process.WaitForExit"] = () =>
        {
            var process = System.Diagnostics.Process.Start(Child.Info("stay"))!;
            return new(process.WaitForExit, process.Kill);
        },
        ["ReaderWriterLock"] = () =>
        {
            var chart = new ReaderWriterLock();
            return By(() => chart.AcquireWriterLock(-1), chart.ReleaseWriterLock, time =>
            {
                try
                {
                    chart.AcquireReaderLock(time);
                    return true;
                }
                catch (ApplicationException)
                {
                    return false;
                }
            });
        },
    };

    public static TheoryData<string> Names => [.. Forms.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void What_is_held_is_given_up_and_what_is_let_go_is_had(string form)
    {
        Held held = Forms[form]();

        Assert.False(BoundedWait.TryFor(held.Wait, Soon));
        Assert.Equal("held.Wait", Assert.Throws<LockTimeoutException>(() => BoundedWait.For(held.Wait, Soon)).Resource);

        held.LetGo();
        BoundedWait.For(held.Wait, Patient);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_token_ends_it(string form)
    {
        Held held = Forms[form]();
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));

        Assert.Throws<OperationCanceledException>(() => BoundedWait.For(held.Wait, Patient, source.Token));

        held.LetGo();
    }

    /// <summary>Each call counts, so it is called once, and takes no token.</summary>
    [Fact]
    public void Barrier()
    {
        using var barrier = new Barrier(2);

        Assert.False(BoundedWait.TryFor(barrier.SignalAndWait, Soon));
        Assert.Throws<LockTimeoutException>(() => BoundedWait.For(barrier.SignalAndWait, Soon));

        Assert.Equal(0, barrier.CurrentPhaseNumber);
        barrier.RemoveParticipant();
        BoundedWait.For(barrier.SignalAndWait, Patient);
    }

    [Fact]
    public Task Tasks() => InTime.Run(async () =>
    {
        var work = new TaskCompletionSource();
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));

        Assert.False(await BoundedWait.TryForAsync(work.Task.WaitAsync, Soon));
        await Assert.ThrowsAsync<LockTimeoutException>(() => BoundedWait.ForAsync(work.Task.WaitAsync, Soon));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => BoundedWait.ForAsync(work.Task.WaitAsync, Patient, source.Token));

        work.SetResult();
        await BoundedWait.ForAsync(work.Task.WaitAsync, Patient);
    });

    [Fact]
    public Task A_child_that_ends() => InTime.Run(async () =>
    {
        using var process = System.Diagnostics.Process.Start(Child.Info("stay"))!;

        Assert.False(await BoundedWait.TryForAsync(process.WaitForExitAsync, Soon));

        process.Kill();
        await BoundedWait.ForAsync(process.WaitForExitAsync, Patient);
        Assert.True(process.HasExited);
    });

    [Fact]
    public void A_time_without_an_end_is_refused()
        => Assert.Throws<ArgumentOutOfRangeException>(() => BoundedWait.TryFor(static _ => true, RetryBudget.Within(Timeout.InfiniteTimeSpan)));

    /// <summary>Held by another thread until it is told to let go: what belongs to a thread can only be let go by that one.</summary>
    private static Held By(Action enter, Action exit, Func<TimeSpan, bool> wait)
    {
        ManualResetEventSlim entered = new(), end = new();
        var owner = new Thread(() =>
        {
            enter();
            entered.Set();
            end.Wait();
            exit();
        })
        {
            IsBackground = true,
        };
        owner.Start();
        Assert.True(entered.Wait(InTime.Limit));
        return new(wait, end.Set);
    }
}
