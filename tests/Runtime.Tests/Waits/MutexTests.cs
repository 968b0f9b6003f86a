namespace LockAnalyzers.Runtime.Tests;

/// <summary>A mutex whose owner has ended is owned, and its state is told: .NET tells it by an exception, behind which the mutex stays locked.</summary>
public class MutexTests
{
    private static readonly RetryBudget Soon = RetryBudget.Within(TimeSpan.FromMilliseconds(20));

    [Fact]
    public void A_free_mutex_is_owned()
    {
        using var mutex = new Mutex();

        BoundedWait.For(mutex, out bool wasAbandoned);

        Assert.False(wasAbandoned);
        mutex.ReleaseMutex();
        Assert.True(BoundedWait.TryFor(mutex, out wasAbandoned));
        Assert.False(wasAbandoned);
        mutex.ReleaseMutex();
    }

    [Fact]
    public void An_abandoned_mutex_is_owned_and_told()
    {
        using var mutex = new Mutex();
        Abandon(mutex);

        BoundedWait.For(mutex, out bool wasAbandoned);

        Assert.True(wasAbandoned);
        mutex.ReleaseMutex();
        Abandon(mutex);
        Assert.True(BoundedWait.TryFor(mutex, out wasAbandoned));
        Assert.True(wasAbandoned);
        mutex.ReleaseMutex();
    }

    [Fact]
    public void A_mutex_abandoned_while_it_is_waited_for_is_told()
    {
        using var mutex = new Mutex();
        using var waiting = new ManualResetEventSlim();
        using var owned = new ManualResetEventSlim();
        OnAThread(() =>
        {
            mutex.WaitOne();
            owned.Set();
            waiting.Wait();
        });
        Assert.True(owned.Wait(InTime.Limit));

        waiting.Set();
        BoundedWait.For(mutex, out bool wasAbandoned, RetryBudget.Within(InTime.Limit));

        Assert.True(wasAbandoned);
        mutex.ReleaseMutex();
    }

    [Fact]
    public void A_held_mutex_is_given_up()
    {
        using var mutex = new Mutex();
        using var end = new ManualResetEventSlim();
        using var owned = new ManualResetEventSlim();
        using var source = new CancellationTokenSource(TimeSpan.FromMilliseconds(20));
        Thread owner = OnAThread(() =>
        {
            mutex.WaitOne();
            owned.Set();
            end.Wait();
            mutex.ReleaseMutex();
        });
        Assert.True(owned.Wait(InTime.Limit));

        Assert.False(BoundedWait.TryFor(mutex, out bool wasAbandoned, Soon));
        Assert.False(wasAbandoned);
        Assert.Equal("mutex", Assert.Throws<LockTimeoutException>(() => BoundedWait.For(mutex, out _, Soon)).Resource);
        Assert.Throws<OperationCanceledException>(() => BoundedWait.For(mutex, out _, RetryBudget.Within(InTime.Limit), source.Token));

        end.Set();
        Assert.True(owner.Join(InTime.Limit));
    }

    [Fact]
    public void A_mutex_is_needed()
    {
        Assert.Throws<ArgumentNullException>("mutex", () => BoundedWait.For((Mutex)null!, out _));
        Assert.Throws<ArgumentNullException>("mutex", () => BoundedWait.TryFor((Mutex)null!, out _));
    }

    private static void Abandon(Mutex mutex) => Assert.True(OnAThread(() => mutex.WaitOne()).Join(InTime.Limit));

    private static Thread OnAThread(Action action)
    {
        var thread = new Thread(() => action()) { IsBackground = true };
        thread.Start();
        return thread;
    }
}
