namespace LockAnalyzers.Runtime.Tests;

/// <summary>What a message says of a wait that has no name of its own.</summary>
public class WrittenTests
{
    [Theory]
    [InlineData("mutex.WaitOne", "mutex.WaitOne")]
    [InlineData("() => flock(fd, LOCK_EX | LOCK_NB)", "flock(fd, LOCK_EX | LOCK_NB)")]
    [InlineData("static time => Monitor.TryEnter(Sync, time)", "Monitor.TryEnter(Sync, time)")]
    [InlineData("async token =>\n    {\n        return await store.TryLockAsync(token);\n    }", "{ return await store.TryLockAsync(token); }")]
    [InlineData("/run/a.lock", "/run/a.lock")]
    [InlineData(null, null)]
    public void It_is_named_by_its_code(string? text, string? name) => Assert.Equal(name, Written.Name(text));

    [Fact]
    public void A_long_text_is_cut_off() => Assert.Equal(new string('a', 79) + "…", Written.Name(new string('a', 200)));

    [Fact]
    public void A_timeout_says_it()
        => Assert.StartsWith(
            "'gate.Wait(time)' could not be had in ",
            Assert.Throws<LockTimeoutException>(() =>
            {
                using var gate = new SemaphoreSlim(0);
                BoundedWait.For(time => gate.Wait(time), RetryBudget.Within(TimeSpan.FromMilliseconds(1)));
            }).Message);

    /// <summary>A native lock has no path; who gives it one learns who holds it.</summary>
    [Fact]
    public void What_is_said_instead_is_taken_as_it_is_and_a_path_finds_the_holder()
    {
        using var directory = new TemporaryDirectory();
        using FileStream held = BoundedFile.Open(directory.File("lock"));

        LockTimeoutException timeout = Assert.Throws<LockTimeoutException>(
            () => BoundedRetry.Until(() => false, new RetryBudget { MaxAttempts = 1 }, resource: held.Name));

        Assert.Equal(held.Name, timeout.Resource);
        Assert.All(timeout.Holders, holder => Assert.Equal(Environment.ProcessId, holder.ProcessId));
    }
}
