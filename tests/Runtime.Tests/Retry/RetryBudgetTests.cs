namespace LockAnalyzers.Runtime.Tests;

public class RetryBudgetTests
{
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(int.MaxValue);

    public static TheoryData<TimeSpan> OutOfRange => [TimeSpan.Zero, TimeSpan.FromTicks(-1), Timeout.InfiniteTimeSpan, Longest + TimeSpan.FromTicks(1), TimeSpan.MaxValue];

    public static TheoryData<TimeSpan> InRange => [TimeSpan.FromTicks(1), Longest];

    [Fact]
    public void Defaults_are_the_documented_ones()
    {
        RetryBudget budget = RetryBudget.Default;

        Assert.Equal(TimeSpan.FromSeconds(10), budget.Deadline);
        Assert.Equal(TimeSpan.FromMilliseconds(25), budget.BaseDelay);
        Assert.Equal(TimeSpan.FromMilliseconds(250), budget.MaxDelay);
        Assert.Null(budget.MaxAttempts);
        Assert.Same(TimeProvider.System, budget.TimeProvider);
    }

    [Fact]
    public void Within_changes_the_deadline_only()
        => Assert.Equal(RetryBudget.Default with { Deadline = TimeSpan.FromSeconds(1) }, RetryBudget.Within(TimeSpan.FromSeconds(1)));

    [Theory]
    [MemberData(nameof(OutOfRange))]
    public void Times_out_of_range_are_named(TimeSpan time)
    {
        Assert.Throws<ArgumentOutOfRangeException>("Deadline", () => RetryBudget.Within(time));
        Assert.Throws<ArgumentOutOfRangeException>("BaseDelay", () => new RetryBudget { BaseDelay = time });
        Assert.Throws<ArgumentOutOfRangeException>("MaxDelay", () => new RetryBudget { MaxDelay = time });
    }

    [Theory]
    [MemberData(nameof(InRange))]
    public void Times_at_the_limits_are_taken(TimeSpan time)
    {
        var budget = new RetryBudget { Deadline = time, BaseDelay = time, MaxDelay = time };

        Assert.Equal((time, time, time), (budget.Deadline, budget.BaseDelay, budget.MaxDelay));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void At_least_one_attempt_must_be_allowed(int attempts)
        => Assert.Throws<ArgumentOutOfRangeException>("MaxAttempts", () => new RetryBudget { MaxAttempts = attempts });

    [Fact]
    public void Attempts_may_be_limited_and_unlimited()
    {
        RetryBudget one = RetryBudget.Default with { MaxAttempts = 1 };

        Assert.Equal(1, one.MaxAttempts);
        Assert.Null((one with { MaxAttempts = null }).MaxAttempts);
    }

    [Fact]
    public void A_clock_is_needed()
        => Assert.Throws<ArgumentNullException>("TimeProvider", () => new RetryBudget { TimeProvider = null! });
}
