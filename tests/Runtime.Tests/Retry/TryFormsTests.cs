namespace LockAnalyzers.Runtime.Tests;

/// <summary>The forms that answer where the others throw. That a spent budget ends them is the contract of all, <see cref="BoundedRetryContract"/>.</summary>
public class TryFormsTests
{
    private static RetryBudget Thrice => new() { MaxAttempts = 3, TimeProvider = new SteppingTime() };

    [Fact]
    public async Task A_spent_budget_is_an_answer()
    {
        int attempts = 0;

        Assert.False(BoundedRetry.TryUntil(() => ++attempts < 0, Thrice));
        Assert.Equal(3, attempts);
        Assert.False(await BoundedRetry.TryUntilAsync(() => ++attempts < 0, Thrice));
        Assert.False(await BoundedRetry.TryUntilAsync(_ => Task.FromResult(++attempts < 0), Thrice));
        Assert.Equal(9, attempts);
        Assert.Null(BoundedRetry.TryAcquire<string>(() => null, Thrice));
        Assert.Null(await BoundedRetry.TryAcquireAsync<string>(_ => Task.FromResult<string?>(null), Thrice));
    }

    [Fact]
    public async Task What_is_had_in_time_is_had()
    {
        int attempts = 0;
        bool Third() => ++attempts % 3 == 0;

        Assert.True(BoundedRetry.TryUntil(Third, Thrice));
        Assert.True(await BoundedRetry.TryUntilAsync(Third, Thrice));
        Assert.True(await BoundedRetry.TryUntilAsync(_ => Task.FromResult(Third()), Thrice));
        Assert.Equal("handle", BoundedRetry.TryAcquire(() => Third() ? "handle" : null, Thrice));
        Assert.Equal("handle", await BoundedRetry.TryAcquireAsync(_ => Task.FromResult(Third() ? "handle" : null), Thrice));
    }

    [Fact]
    public async Task A_token_and_an_error_are_no_answers()
    {
        var cancelled = new CancellationToken(canceled: true);

        Assert.Throws<OperationCanceledException>(() => BoundedRetry.TryUntil(() => true, Thrice, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => BoundedRetry.TryAcquireAsync(_ => Task.FromResult<string?>("handle"), Thrice, cancelled));
        Assert.Throws<DirectoryNotFoundException>(() => BoundedRetry.TryUntil(() => throw new DirectoryNotFoundException(), Thrice));
    }

    [Fact]
    public async Task An_attempt_is_needed()
    {
        Assert.Throws<ArgumentNullException>("attempt", () => BoundedRetry.TryUntil(null!));
        Assert.Throws<ArgumentNullException>("attempt", () => BoundedRetry.TryAcquire<string>(null!));
        await Assert.ThrowsAsync<ArgumentNullException>("attempt", () => BoundedRetry.TryUntilAsync((Func<bool>)null!));
        await Assert.ThrowsAsync<ArgumentNullException>("attempt", () => BoundedRetry.TryUntilAsync((Func<CancellationToken, Task<bool>>)null!));
        await Assert.ThrowsAsync<ArgumentNullException>("attempt", () => BoundedRetry.TryAcquireAsync<string>(null!));
    }
}
