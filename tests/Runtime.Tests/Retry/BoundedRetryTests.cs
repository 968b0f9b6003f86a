namespace LockAnalyzers.Runtime.Tests;

/// <summary>What is not common to all forms; the rest is in <see cref="BoundedRetryContract"/>.</summary>
public class BoundedRetryTests
{
    private static readonly Func<CancellationToken, Task<bool>> NoTask = null!;
    private static readonly Func<bool> NoFunction = null!;

    [Fact]
    public void The_accepted_result_is_returned()
    {
        int number = 0;

        Assert.Equal(3, BoundedRetry.Until(() => ++number, n => n == 3));
    }

    [Fact]
    public async Task The_accepted_result_is_returned_by_a_task()
    {
        int number = 0;

        Assert.Equal(3, await BoundedRetry.UntilAsync(() => ++number, n => n == 3));
        Assert.Equal(6, await BoundedRetry.UntilAsync(_ => Task.FromResult(++number), n => n == 6));
    }

    [Fact]
    public async Task The_handle_is_the_one_that_the_attempt_returned()
    {
        var handle = new MemoryStream();

        Assert.Same(handle, BoundedRetry.Acquire(() => handle));
        Assert.Same(handle, await BoundedRetry.AcquireAsync(_ => Task.FromResult<MemoryStream?>(handle)));
        Assert.Same(handle, BoundedRetry.Invoke(() => handle));
        Assert.Same(handle, await BoundedRetry.InvokeAsync(_ => Task.FromResult(handle)));
    }

    [Fact]
    public async Task The_attempt_is_given_the_token()
    {
        using var source = new CancellationTokenSource();

        await BoundedRetry.UntilAsync(token => Task.FromResult(token == source.Token), new RetryBudget { MaxAttempts = 1 }, source.Token);
        Assert.Equal(source.Token, await BoundedRetry.InvokeAsync(Task.FromResult, cancellationToken: source.Token));
    }

    [Fact]
    public void A_filter_that_throws_makes_the_error_final()
    {
        int attempts = 0;

        Assert.Throws<IOException>(() => BoundedRetry.Invoke(
            () =>
            {
                attempts++;
                throw new IOException();
            },
            isContention: _ => throw new InvalidOperationException()));

        Assert.Equal(1, attempts);
    }

    [Fact]
    public void A_first_pause_above_the_longest_is_the_longest()
    {
        var time = new SteppingTime();
        var budget = new RetryBudget { BaseDelay = TimeSpan.FromSeconds(9), MaxDelay = TimeSpan.FromSeconds(1), MaxAttempts = 2, TimeProvider = time };

        Assert.Throws<LockTimeoutException>(() => BoundedRetry.Until(() => false, budget));

        Assert.InRange(Assert.Single(time.Pauses), TimeSpan.FromSeconds(0.5), TimeSpan.FromSeconds(1));
    }

    [Fact]
    public void The_longest_pauses_do_not_overflow()
    {
        var time = new SteppingTime();
        TimeSpan longest = TimeSpan.FromMilliseconds(int.MaxValue);
        var budget = new RetryBudget { Deadline = longest, BaseDelay = longest, MaxDelay = longest, TimeProvider = time };

        LockTimeoutException timeout = Assert.Throws<LockTimeoutException>(() => BoundedRetry.Until(() => false, budget));

        Assert.Equal(longest, timeout.Waited);
    }

    [Fact]
    public void Pauses_are_whole_milliseconds_and_never_none()
    {
        var time = new SteppingTime();
        var budget = new RetryBudget { Deadline = TimeSpan.FromMilliseconds(20), BaseDelay = TimeSpan.FromTicks(1), MaxDelay = TimeSpan.FromTicks(1), TimeProvider = time };

        Assert.Throws<LockTimeoutException>(() => BoundedRetry.Until(() => false, budget));

        Assert.Equal(Enumerable.Repeat(TimeSpan.FromMilliseconds(1), 20), time.Pauses);
    }

    [Fact]
    public void Two_waiters_do_not_pause_in_step()
    {
        IReadOnlyList<TimeSpan> Pauses()
        {
            var time = new SteppingTime();
            Assert.Throws<LockTimeoutException>(() => BoundedRetry.Until(() => false, RetryBudget.Within(TimeSpan.FromMinutes(1)) with { TimeProvider = time }));
            return time.Pauses;
        }

        Assert.NotEqual(Pauses(), Pauses());
    }

    [Fact]
    public async Task A_synchronous_wait_ends_in_time_though_the_pool_is_full()
    {
        using Child child = Child.Start("retry-with-full-pool", "200");

        await child.Expect("ended");
        Assert.Equal(0, await child.ExitCode());
    }

    [Fact]
    public void Delegates_are_needed()
    {
        Assert.Throws<ArgumentNullException>("attempt", () => BoundedRetry.Until(NoFunction));
        Assert.Throws<ArgumentNullException>("isAcquired", () => BoundedRetry.Until(() => true, isAcquired: null!));
        Assert.Throws<ArgumentNullException>("attempt", () => BoundedRetry.Acquire<string>(null!));
        Assert.Throws<ArgumentNullException>("attempt", () => BoundedRetry.Invoke(NoFunction));
        Assert.Throws<ArgumentNullException>("isContention", () => BoundedRetry.Invoke(() => true, isContention: null!));
        Assert.Throws<ArgumentNullException>("attempt", () => BoundedRetry.Invoke((Action)null!));
        Assert.Throws<ArgumentNullException>("attempt", () => BoundedRetry.Native(null!));
    }

    [Fact]
    public async Task Delegates_are_needed_by_the_asynchronous_forms()
    {
        await Assert.ThrowsAsync<ArgumentNullException>("attempt", () => BoundedRetry.UntilAsync(NoFunction));
        await Assert.ThrowsAsync<ArgumentNullException>("attempt", () => BoundedRetry.UntilAsync(NoTask));
        await Assert.ThrowsAsync<ArgumentNullException>("isAcquired", () => BoundedRetry.UntilAsync(() => true, isAcquired: null!));
        await Assert.ThrowsAsync<ArgumentNullException>("attempt", () => BoundedRetry.AcquireAsync<string>(null!));
        await Assert.ThrowsAsync<ArgumentNullException>("attempt", () => BoundedRetry.InvokeAsync(NoTask));
        await Assert.ThrowsAsync<ArgumentNullException>("isContention", () => BoundedRetry.InvokeAsync(_ => Task.FromResult(true), isContention: null!));
        await Assert.ThrowsAsync<ArgumentNullException>("attempt", () => BoundedRetry.InvokeAsync((Func<CancellationToken, Task>)null!));
        await Assert.ThrowsAsync<ArgumentNullException>("attempt", () => BoundedRetry.NativeAsync(null!));
    }
}
