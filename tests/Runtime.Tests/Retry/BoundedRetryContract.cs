namespace LockAnalyzers.Runtime.Tests;

/// <summary>What every form of retry promises; one derived class for each form.</summary>
public abstract class BoundedRetryContract
{
    /// <summary>The form under test.</summary>
    /// <param name="attempt">Answers whether the lock was obtained.</param>
    /// <param name="budget">Handed on.</param>
    /// <param name="token">Handed on.</param>
    protected abstract Task Acquire(Func<bool> attempt, RetryBudget? budget, CancellationToken token);

    /// <summary>The inner exception of a timeout; none where a refusal is just a value.</summary>
    protected virtual Type? Cause => null;

    [Fact]
    public async Task A_free_lock_is_obtained_at_once()
    {
        var time = new SteppingTime();
        int attempts = 0;

        await Run(() => ++attempts > 0, new RetryBudget { TimeProvider = time });

        Assert.Equal(1, attempts);
        Assert.Empty(time.Pauses);
    }

    [Fact]
    public async Task A_held_lock_is_obtained_once_it_is_free()
    {
        var time = new SteppingTime();
        int attempts = 0;

        await Run(() => ++attempts == 4, new RetryBudget { TimeProvider = time });

        Assert.Equal(4, attempts);
        Assert.Equal(3, time.Pauses.Count);
    }

    [Fact]
    public async Task The_default_budget_is_used_where_none_is_given()
    {
        int attempts = 0;

        await Run(() => ++attempts == 2, budget: null);

        Assert.Equal(2, attempts);
    }

    [Fact]
    public async Task Pauses_double_up_to_the_longest_and_are_jittered_by_up_to_a_half()
    {
        var time = new SteppingTime();
        var budget = new RetryBudget { BaseDelay = Milliseconds(100), MaxDelay = Milliseconds(500), MaxAttempts = 6, TimeProvider = time };

        await Assert.ThrowsAsync<LockTimeoutException>(() => Run(() => false, budget));

        double[] whole = [100, 200, 400, 500, 500];
        Assert.Equal(whole.Length, time.Pauses.Count);
        Assert.All(time.Pauses.Zip(whole), pair => Assert.InRange(pair.First.TotalMilliseconds, pair.Second / 2, pair.Second));
    }

    [Fact]
    public async Task The_last_attempt_is_made_at_the_deadline_and_none_later()
    {
        var time = new SteppingTime();
        var attempts = new List<TimeSpan>();
        var budget = new RetryBudget { Deadline = Milliseconds(1000), BaseDelay = Milliseconds(300), MaxDelay = Milliseconds(300), TimeProvider = time };

        LockTimeoutException timeout = await Assert.ThrowsAsync<LockTimeoutException>(() => Run(
            () =>
            {
                attempts.Add(time.Now);
                return false;
            },
            budget));

        Assert.Equal(TimeSpan.Zero, attempts[0]);
        Assert.Equal(budget.Deadline, attempts[^1]);
        Assert.Equal(budget.Deadline, timeout.Waited);
        Assert.Equal(attempts.Count, timeout.Attempts);
    }

    [Fact]
    public async Task An_attempt_longer_than_the_deadline_is_the_last()
    {
        var time = new SteppingTime();
        int attempts = 0;

        LockTimeoutException timeout = await Assert.ThrowsAsync<LockTimeoutException>(() => Run(
            () =>
            {
                attempts++;
                time.Advance(Milliseconds(1500));
                return false;
            },
            new RetryBudget { Deadline = Milliseconds(1000), TimeProvider = time }));

        Assert.Equal(1, attempts);
        Assert.Equal(Milliseconds(1500), timeout.Waited);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    public async Task No_more_attempts_are_made_than_allowed(int allowed)
    {
        var time = new SteppingTime();
        int attempts = 0;
        var budget = new RetryBudget { MaxAttempts = allowed, TimeProvider = time };

        LockTimeoutException timeout = await Assert.ThrowsAsync<LockTimeoutException>(() => Run(() => ++attempts < 0, budget));

        Assert.Equal(allowed, attempts);
        Assert.Equal(allowed, timeout.Attempts);
        Assert.Equal(allowed - 1, time.Pauses.Count);
        Assert.Same(budget, timeout.Budget);
    }

    [Fact]
    public async Task A_timeout_carries_the_refusal()
    {
        LockTimeoutException timeout = await Assert.ThrowsAsync<LockTimeoutException>(() => Run(() => false, new RetryBudget { MaxAttempts = 1 }));

        Assert.Equal(Cause, timeout.InnerException?.GetType());
    }

    [Fact]
    public async Task Nothing_is_tried_with_a_cancelled_token()
    {
        int attempts = 0;
        var token = new CancellationToken(canceled: true);

        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(() => ++attempts > 0, null, token));

        Assert.Equal(0, attempts);
        Assert.Equal(token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task A_token_cancelled_in_a_pause_ends_it_at_once()
    {
        using var source = new CancellationTokenSource();
        int attempts = 0;
        var time = new SteppingTime { InsteadOfPassing = source.Cancel };

        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => Run(() => ++attempts < 0, new RetryBudget { TimeProvider = time }, source.Token));

        Assert.Equal(1, attempts);
        Assert.Equal(TimeSpan.Zero, time.Now);
        Assert.Equal(source.Token, cancelled.CancellationToken);
    }

    [Fact]
    public async Task A_token_ends_a_pause_of_the_system_clock_too()
    {
        using var source = new CancellationTokenSource();
        var budget = new RetryBudget { Deadline = TimeSpan.FromDays(2), BaseDelay = TimeSpan.FromDays(1), MaxDelay = TimeSpan.FromDays(1) };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Run(
            () =>
            {
                source.CancelAfter(Milliseconds(20));
                return false;
            },
            budget,
            source.Token));
    }

    [Fact]
    public async Task What_was_obtained_is_kept_though_the_token_was_cancelled_meanwhile()
    {
        using var source = new CancellationTokenSource();
        bool obtained = false;

        await Run(
            () =>
            {
                source.Cancel();
                return obtained = true;
            },
            null,
            source.Token);

        Assert.True(obtained);
    }

    [Fact]
    public async Task Another_error_is_thrown_at_once_and_untouched()
    {
        int attempts = 0;
        var error = new DirectoryNotFoundException();

        DirectoryNotFoundException thrown = await Assert.ThrowsAsync<DirectoryNotFoundException>(() => Run(
            () =>
            {
                attempts++;
                throw error;
            }));

        Assert.Same(error, thrown);
        Assert.Equal(1, attempts);
    }

    private static TimeSpan Milliseconds(double milliseconds) => TimeSpan.FromMilliseconds(milliseconds);

    private Task Run(Func<bool> attempt, RetryBudget? budget = null, CancellationToken token = default)
        => InTime.Run(() => Acquire(attempt, budget, token));
}
