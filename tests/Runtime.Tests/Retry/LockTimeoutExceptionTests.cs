namespace LockAnalyzers.Runtime.Tests;

public class LockTimeoutExceptionTests
{
    [Fact]
    public void The_message_says_what_how_long_how_often_and_under_which_budget()
    {
        var exception = new LockTimeoutException("/run/a.lock", TimeSpan.FromSeconds(1.5), 8, new RetryBudget { Deadline = TimeSpan.FromSeconds(2), MaxAttempts = 8 });

        Assert.Equal("'/run/a.lock' was held by somebody else at each of 8 attempts in 1.5 s (budget: 2 s or 8 attempts).", exception.Message);
    }

    [Fact]
    public void An_unknown_resource_and_an_open_number_of_attempts_are_left_out()
        => Assert.Equal(
            "The lock was held by somebody else at each of 43 attempts in 10.001 s (budget: 10 s).",
            new LockTimeoutException(null, TimeSpan.FromSeconds(10.001), 43, RetryBudget.Default).Message);

    [Fact]
    public void It_keeps_what_it_was_given()
    {
        var cause = new IOException();
        var exception = new LockTimeoutException("a", TimeSpan.FromSeconds(1), 2, RetryBudget.Default, cause);

        Assert.Equal(("a", TimeSpan.FromSeconds(1), 2), (exception.Resource, exception.Waited, exception.Attempts));
        Assert.Same(RetryBudget.Default, exception.Budget);
        Assert.Same(cause, exception.InnerException);
        Assert.IsAssignableFrom<TimeoutException>(exception);
    }

    [Fact]
    public void A_budget_is_needed()
        => Assert.Throws<ArgumentNullException>("budget", () => new LockTimeoutException("a", TimeSpan.Zero, 1, null!));
}
