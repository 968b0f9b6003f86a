namespace LockAnalyzers.Runtime.Tests;

public class BoundedWaitTests
{
    /// <summary>A wait for something that is never had: it lets pass on the clock what it is given, and writes that down.</summary>
    private sealed class Held(SteppingTime time)
    {
        public List<TimeSpan> Asked { get; } = [];

        public bool Wait(TimeSpan longest)
        {
            Asked.Add(longest);
            time.Advance(longest);
            return false;
        }
    }

    private static RetryBudget Within(SteppingTime time, double seconds) => new() { Deadline = TimeSpan.FromSeconds(seconds), TimeProvider = time };

    [Fact]
    public void Without_a_token_the_wait_is_asked_once_for_the_whole_deadline()
    {
        var time = new SteppingTime();
        var held = new Held(time);

        Assert.False(BoundedWait.TryFor(held.Wait, Within(time, 3)));

        Assert.Equal([TimeSpan.FromSeconds(3)], held.Asked);
    }

    [Fact]
    public void With_a_token_it_is_asked_in_slices_that_end_at_the_deadline()
    {
        var time = new SteppingTime();
        var held = new Held(time);
        using var source = new CancellationTokenSource();

        Assert.False(BoundedWait.TryFor(held.Wait, Within(time, 0.12), source.Token));

        Assert.Equal([50, 50, 20], held.Asked.Select(asked => asked.TotalMilliseconds));
        Assert.Equal(TimeSpan.FromSeconds(0.12), time.Now);
    }

    [Fact]
    public void A_spent_deadline_throws()
    {
        var time = new SteppingTime();

        var timeout = Assert.Throws<LockTimeoutException>(() => BoundedWait.For(new Held(time).Wait, Within(time, 2)));

        Assert.Equal("'new Held(time).Wait' could not be had in 2 s (budget: 2 s).", timeout.Message);
        Assert.Equal(TimeSpan.FromSeconds(2), timeout.Waited);
    }

    [Fact]
    public void What_is_had_is_owned_by_the_calling_thread()
    {
        using var mutex = new Mutex();
        var sync = new object();
        using var readers = new ReaderWriterLockSlim();

        BoundedWait.For(mutex.WaitOne);
        BoundedWait.For(time => Monitor.TryEnter(sync, time));
        BoundedWait.For(readers.TryEnterWriteLock);

        mutex.ReleaseMutex();
        Assert.True(Monitor.IsEntered(sync));
        Assert.True(readers.IsWriteLockHeld);
        Monitor.Exit(sync);
        readers.ExitWriteLock();
    }

    [Fact]
    public void A_cancelled_token_ends_the_wait_before_the_next_slice()
    {
        var time = new SteppingTime();
        using var source = new CancellationTokenSource();
        var slices = 0;

        Assert.Throws<OperationCanceledException>(() => BoundedWait.For(
            longest =>
            {
                time.Advance(longest);
                if (++slices == 2)
                {
                    source.Cancel();
                }

                return false;
            },
            Within(time, 60),
            source.Token));

        Assert.Equal(2, slices);
    }

    [Fact]
    public void What_is_had_while_the_token_is_cancelled_reaches_who_can_release_it()
    {
        using var source = new CancellationTokenSource();

        Assert.True(BoundedWait.TryFor(
            _ =>
            {
                source.Cancel();
                return true;
            },
            cancellationToken: source.Token));
    }

    [Fact]
    public void A_cancelled_token_asks_for_nothing()
        => Assert.Throws<OperationCanceledException>(() => BoundedWait.For(_ => throw new InvalidOperationException(), cancellationToken: new CancellationToken(canceled: true)));

    [Fact]
    public void An_exception_of_the_wait_is_the_callers()
        => Assert.Throws<AbandonedMutexException>(() => BoundedWait.For(_ => throw new AbandonedMutexException()));

    [Fact]
    public Task An_asynchronous_wait_ends_at_the_deadline_and_owns_nothing() => InTime.Run(async () =>
    {
        using var gate = new SemaphoreSlim(0, 1);
        var budget = RetryBudget.Within(TimeSpan.FromMilliseconds(20));

        Assert.False(await BoundedWait.TryForAsync(gate.WaitAsync, budget));
        await Assert.ThrowsAsync<LockTimeoutException>(() => BoundedWait.ForAsync(gate.WaitAsync, budget));

        gate.Release();
        Assert.True(await BoundedWait.TryForAsync(gate.WaitAsync, budget));
        Assert.Equal(0, gate.CurrentCount);
    });

    [Fact]
    public Task An_asynchronous_wait_ends_with_the_token() => InTime.Run(async () =>
    {
        using var gate = new SemaphoreSlim(0, 1);
        using var source = new CancellationTokenSource();
        Task wait = BoundedWait.ForAsync(gate.WaitAsync, cancellationToken: source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => wait);
        gate.Release();
        Assert.Equal(1, gate.CurrentCount);
    });

    [Fact]
    public async Task A_wait_is_needed()
    {
        Assert.Throws<ArgumentNullException>("wait", () => BoundedWait.For(null!));
        Assert.Throws<ArgumentNullException>("wait", () => BoundedWait.TryFor(null!));
        await Assert.ThrowsAsync<ArgumentNullException>("wait", () => BoundedWait.ForAsync(null!));
        await Assert.ThrowsAsync<ArgumentNullException>("wait", () => BoundedWait.TryForAsync(null!));
    }
}
