namespace LockAnalyzers.Runtime.Tests;

/// <summary>The register of waits. Other tests wait meanwhile, so each looks for its own file.</summary>
public sealed class PendingWaitsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    private string Lock => _directory.File("lock");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_wait_is_listed_from_its_first_refusal_to_its_end()
    {
        using FileStream holder = BoundedFile.Open(Lock);
        List<PendingWait> during = [];
        var time = new SteppingTime();
        time.InsteadOfPassing = () =>
        {
            time.Advance(TimeSpan.FromSeconds(2));
            during.AddRange(Mine());
        };

        Assert.Throws<LockTimeoutException>(() => BoundedFile.Open(Lock, budget: new RetryBudget { MaxAttempts = 3, TimeProvider = time }));

        Assert.Equal([1, 2], during.Select(wait => wait.Attempts));
        Assert.Equal([2, 4], during.Select(wait => wait.Elapsed.TotalSeconds));
        Assert.All(during, wait => Assert.Equal(TimeSpan.FromSeconds(10), wait.Deadline));
        Assert.Equal($"'{Lock}' for 2 s of 10 s", during[0].ToString());
        Assert.Empty(Mine());
    }

    [Fact]
    public void What_is_free_never_waits()
    {
        BoundedFile.Open(Lock, budget: new RetryBudget { TimeProvider = new SteppingTime { InsteadOfPassing = () => Assert.Fail("no pause") } }).Dispose();

        Assert.Empty(Mine());
    }

    [Fact]
    public async Task A_cancelled_wait_is_listed_no_more()
    {
        using FileStream holder = BoundedFile.Open(Lock);
        using var source = new CancellationTokenSource();
        Task<FileStream> waiting = BoundedFile.OpenAsync(Lock, budget: RetryBudget.Within(InTime.Limit), cancellationToken: source.Token);
        Assert.Single(Mine());

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        Assert.Empty(Mine());
    }

    [Fact]
    public void A_wait_that_fails_is_listed_no_more()
    {
        var error = new InvalidOperationException();

        Assert.Same(error, Assert.Throws<InvalidOperationException>(() => BoundedWait.For(_ =>
        {
            Assert.NotEmpty(LockDiagnostics.GetPendingWaits());
            throw error;
        })));
    }

    [Fact]
    public async Task Waits_may_end_in_any_order()
    {
        using FileStream holder = BoundedFile.Open(Lock);
        CancellationTokenSource[] sources = [new(), new(), new()];
        Task[] waits = [.. sources.Select(source => BoundedFile.OpenAsync(Lock, budget: RetryBudget.Within(InTime.Limit), cancellationToken: source.Token))];
        Assert.Equal(3, Mine().Count());

        foreach (int i in new[] { 1, 2, 0 })
        {
            await sources[i].CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits[i]);
            sources[i].Dispose();
        }

        Assert.Empty(Mine());
    }

    private IEnumerable<PendingWait> Mine() => LockDiagnostics.GetPendingWaits().Where(wait => wait.Resource == Lock);
}
