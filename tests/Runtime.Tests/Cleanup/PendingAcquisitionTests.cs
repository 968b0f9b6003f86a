namespace LockAnalyzers.Runtime.Tests;

public class PendingAcquisitionTests
{
    private sealed class Lock : IDisposable
    {
        public int Disposals { get; private set; }

        public void Dispose() => Disposals++;
    }

    private static readonly RetryBudget Short = RetryBudget.Within(TimeSpan.FromMilliseconds(30));

    public static TheoryData<string> Ends => ["none", "done", "failed", "cancelled"];

    private static Task? Ended(string how) => how switch
    {
        "done" => Task.CompletedTask,
        "failed" => Task.FromException(new InvalidOperationException()),
        "cancelled" => Task.FromCanceled(new CancellationToken(true)),
        _ => null,
    };

    [Theory]
    [MemberData(nameof(Ends))]
    public async Task What_has_ended_is_settled_however_it_ended(string how)
    {
        PendingAcquisition.Settle(Ended(how), Short);
        await PendingAcquisition.SettleAsync(Ended(how), Short);

        Assert.True(PendingAcquisition.TrySettle(Ended(how), Short));
        Assert.True(await PendingAcquisition.TrySettleAsync(Ended(how), Short));
    }

    [Fact]
    public async Task What_goes_on_is_still_pending_at_the_deadline()
    {
        Task pending = new TaskCompletionSource().Task;

        Assert.False(PendingAcquisition.TrySettle(pending, Short));
        Assert.False(await PendingAcquisition.TrySettleAsync(pending, Short));
        Assert.Throws<LockTimeoutException>(() => PendingAcquisition.Settle(pending, Short));
        await Assert.ThrowsAsync<LockTimeoutException>(() => PendingAcquisition.SettleAsync(pending, Short));
    }

    [Fact]
    public async Task A_token_ends_the_wait()
    {
        Task pending = new TaskCompletionSource().Task;
        using var source = new CancellationTokenSource();
        Task settling = PendingAcquisition.SettleAsync(pending, cancellationToken: source.Token);
        await source.CancelAsync();

        Assert.Equal(source.Token, (await Assert.ThrowsAnyAsync<OperationCanceledException>(() => settling)).CancellationToken);
        Assert.ThrowsAny<OperationCanceledException>(() => PendingAcquisition.Settle(pending, cancellationToken: source.Token));
    }

    [Fact]
    public async Task An_acquisition_that_ends_meanwhile_is_waited_for()
    {
        var acquisition = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Task settling = PendingAcquisition.SettleAsync(acquisition.Task);
        Assert.False(settling.IsCompleted);

        acquisition.SetException(new InvalidOperationException());

        await settling;
    }

    [Fact]
    public async Task What_is_held_is_given_back()
    {
        var first = new Lock();
        var second = new Lock();

        Assert.Equal(CleanupResult.Released, PendingAcquisition.Release(Task.FromResult(first)));
        Assert.Equal(CleanupResult.Released, await PendingAcquisition.ReleaseAsync(Task.FromResult<Lock?>(second)));

        Assert.Equal((1, 1), (first.Disposals, second.Disposals));
    }

    [Fact]
    public async Task What_was_refused_or_failed_holds_nothing()
    {
        Assert.Equal(CleanupResult.NothingHeld, PendingAcquisition.Release<Lock>(null));
        Assert.Equal(CleanupResult.NothingHeld, PendingAcquisition.Release(Task.FromResult<Lock?>(null)));
        Assert.Equal(CleanupResult.NothingHeld, await PendingAcquisition.ReleaseAsync(Task.FromException<Lock>(new IOException())));
        Assert.Equal(CleanupResult.NothingHeld, await PendingAcquisition.ReleaseAsync(Task.FromCanceled<Lock>(new CancellationToken(true))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task What_comes_too_late_is_given_back_as_it_comes(bool isAsync)
    {
        var acquisition = new TaskCompletionSource<Lock>();
        CleanupResult result = isAsync ? await PendingAcquisition.ReleaseAsync(acquisition.Task, Short) : PendingAcquisition.Release(acquisition.Task, Short);
        Assert.Equal(CleanupResult.StillPending, result);

        var late = new Lock();
        acquisition.SetResult(late);

        Assert.Equal(1, late.Disposals);
    }

    [Fact]
    public void Nothing_set_is_no_success() => Assert.Equal(CleanupResult.StillPending, default);
}
