using Medallion.Threading;

namespace LockAnalyzers.Runtime.Tests;

/// <summary>Libraries that bound a wait themselves, and answer with a handle or null: DistributedLock's interface stands for all.</summary>
public class HandleTests
{
    private static readonly RetryBudget Soon = RetryBudget.Within(TimeSpan.FromMilliseconds(20));

    [Fact]
    public void A_free_lock_is_had()
    {
        IDistributedLock orders = new InMemoryLock();

        using (BoundedWait.Acquire(orders.TryAcquire))
        {
            Assert.Null(BoundedWait.TryAcquire(orders.TryAcquire, Soon));
        }

        using IDistributedSynchronizationHandle? handle = BoundedWait.TryAcquire(orders.TryAcquire);
        Assert.NotNull(handle);
    }

    [Fact]
    public Task A_free_lock_is_had_by_a_task() => InTime.Run(async () =>
    {
        IDistributedLock orders = new InMemoryLock();

        await using (await BoundedWait.AcquireAsync(orders.TryAcquireAsync))
        {
            Assert.Null(await BoundedWait.TryAcquireAsync(orders.TryAcquireAsync, Soon));
        }

        await using IDistributedSynchronizationHandle? handle = await BoundedWait.TryAcquireAsync(orders.TryAcquireAsync);
        Assert.NotNull(handle);
    });

    [Fact]
    public async Task A_held_lock_is_a_timeout_that_names_it()
    {
        IDistributedLock orders = new InMemoryLock();
        using IDistributedSynchronizationHandle held = orders.Acquire();

        LockTimeoutException timeout = Assert.Throws<LockTimeoutException>(() => BoundedWait.Acquire(orders.TryAcquire, Soon));
        LockTimeoutException named = await Assert.ThrowsAsync<LockTimeoutException>(() => BoundedWait.AcquireAsync(orders.TryAcquireAsync, Soon, resource: orders.Name));

        Assert.Equal(("orders.TryAcquire", 1), (timeout.Resource, timeout.Attempts));
        Assert.Equal("orders", named.Resource);
        Assert.Empty(named.Holders);
    }

    [Fact]
    public void The_whole_deadline_and_the_token_are_handed_on()
    {
        using var source = new CancellationTokenSource();
        var budget = new RetryBudget { Deadline = TimeSpan.FromSeconds(7), TimeProvider = new SteppingTime() };
        (TimeSpan, CancellationToken) given = default;

        BoundedWait.TryAcquire<string>(
            (time, token) =>
            {
                given = (time, token);
                return "handle";
            },
            budget,
            source.Token);

        Assert.Equal((TimeSpan.FromSeconds(7), source.Token), given);
    }

    [Fact]
    public async Task A_token_ends_it()
    {
        IDistributedLock orders = new InMemoryLock();
        using IDistributedSynchronizationHandle held = orders.Acquire();
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));

        Assert.ThrowsAny<OperationCanceledException>(() => BoundedWait.Acquire(orders.TryAcquire, RetryBudget.Within(InTime.Limit), source.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => BoundedWait.AcquireAsync(orders.TryAcquireAsync, RetryBudget.Within(InTime.Limit), source.Token));
        Assert.Throws<OperationCanceledException>(() => BoundedWait.TryAcquire<string>((_, _) => throw new InvalidOperationException(), null, source.Token));
    }

    /// <summary>The lock of a library that can only be tried is retried.</summary>
    [Fact]
    public async Task A_lock_that_can_only_be_tried()
    {
        IDistributedLock orders = new InMemoryLock();
        using (orders.Acquire())
        {
            Assert.Null(BoundedRetry.TryAcquire(() => orders.TryAcquire(), Soon));
            Assert.Equal("orders.TryAcquire()", Assert.Throws<LockTimeoutException>(() => BoundedRetry.Acquire(() => orders.TryAcquire(), Soon)).Resource);
            Assert.Null(await BoundedRetry.TryAcquireAsync(async token => await orders.TryAcquireAsync(cancellationToken: token), Soon));
        }

        using IDistributedSynchronizationHandle? handle = BoundedRetry.TryAcquire(() => orders.TryAcquire());
        Assert.NotNull(handle);
    }

    [Fact]
    public async Task A_wait_is_needed()
    {
        Assert.Throws<ArgumentNullException>("wait", () => BoundedWait.Acquire<string>(null!));
        Assert.Throws<ArgumentNullException>("wait", () => BoundedWait.TryAcquire<string>(null!));
        await Assert.ThrowsAsync<ArgumentNullException>("wait", () => BoundedWait.AcquireAsync<string>(null!));
        await Assert.ThrowsAsync<ArgumentNullException>("wait", () => BoundedWait.TryAcquireAsync<string>(null!));
    }

    private sealed class InMemoryLock : IDistributedLock
    {
        private readonly SemaphoreSlim _free = new(1);

        public string Name => "orders";

        public IDistributedSynchronizationHandle? TryAcquire(TimeSpan timeout = default, CancellationToken cancellationToken = default)
            => _free.Wait(timeout, cancellationToken) ? new Handle(_free) : null;

        public IDistributedSynchronizationHandle Acquire(TimeSpan? timeout = null, CancellationToken cancellationToken = default)
            => TryAcquire(timeout ?? Timeout.InfiniteTimeSpan, cancellationToken) ?? throw new TimeoutException();

        public async ValueTask<IDistributedSynchronizationHandle?> TryAcquireAsync(TimeSpan timeout = default, CancellationToken cancellationToken = default)
            => await _free.WaitAsync(timeout, cancellationToken) ? new Handle(_free) : null;

        public async ValueTask<IDistributedSynchronizationHandle> AcquireAsync(TimeSpan? timeout = null, CancellationToken cancellationToken = default)
            => await TryAcquireAsync(timeout ?? Timeout.InfiniteTimeSpan, cancellationToken) ?? throw new TimeoutException();
    }

    private sealed class Handle(SemaphoreSlim free) : IDistributedSynchronizationHandle
    {
        public CancellationToken HandleLostToken => default;

        public void Dispose() => free.Release();

        public ValueTask DisposeAsync()
        {
            Dispose();
            return default;
        }
    }
}
