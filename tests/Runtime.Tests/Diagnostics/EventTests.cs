using System.Diagnostics.Tracing;
using Microsoft.Extensions.Time.Testing;

namespace LockAnalyzers.Runtime.Tests;

/// <summary>What is told of waits to whoever listens to the events.</summary>
[Collection(nameof(Ears))]
public sealed class EventTests : IDisposable
{
    private static readonly RetryBudget Once = new() { MaxAttempts = 1 };

    private readonly TemporaryDirectory _directory = new();

    private string Lock => _directory.File("lock");

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void A_free_lock_is_nothing_to_tell_of()
    {
        using var ears = new Ears();

        BoundedFile.Open(Lock).Dispose();

        Assert.Empty(ears.About(Lock));
    }

    [Fact]
    public void A_timeout_is_told_with_its_holder()
    {
        using FileStream holder = BoundedFile.Open(Lock);
        using var ears = new Ears();

        var timeout = Assert.Throws<LockTimeoutException>(() => BoundedFile.Open(Lock, budget: Once));

        Assert.Equal(["WaitStart", "TimedOut", "WaitStop"], ears.About(Lock));
        Assert.Equal("file", ears.Payload("WaitStart", Lock)[2]);
        Assert.Equal([Lock, Math.Round(timeout.Waited.TotalSeconds, 3), 1, timeout.Holders[0].ToString()], ears.Payload("TimedOut", Lock).Skip(1));
        Assert.Equal("timeout", ears.Payload("WaitStop", Lock)[2]);
        Assert.Equal(ears.Payload("WaitStart", Lock)[0], ears.Payload("WaitStop", Lock)[0]);
    }

    [Fact]
    public async Task An_end_is_told_by_its_kind()
    {
        FileStream holder = BoundedFile.Open(Lock);
        using var ears = new Ears();
        using var source = new CancellationTokenSource();
        Task<FileStream> cancelled = BoundedFile.OpenAsync(Lock, budget: RetryBudget.Within(InTime.Limit), cancellationToken: source.Token);

        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => cancelled);
        Assert.Equal("cancelled", ears.Payload("WaitStop", Lock)[2]);

        using var later = new Ears();
        Task<FileStream> acquired = BoundedFile.OpenAsync(Lock, budget: RetryBudget.Within(InTime.Limit));
        await holder.DisposeAsync();
        await (await acquired).DisposeAsync();
        Assert.Equal("acquired", later.Payload("WaitStop", Lock)[2]);
    }

    [Fact]
    public async Task A_wait_that_lasts_is_told_of_once_when_its_time_has_come()
    {
        using var ears = new Ears(EventLevel.Warning);
        using var gate = new SemaphoreSlim(0);
        var time = new FakeTimeProvider();
        Task<bool> waiting = BoundedWait.TryForAsync(gate.WaitAsync, new RetryBudget { Deadline = TimeSpan.FromSeconds(20), TimeProvider = time });

        time.Advance(LockDiagnostics.StillWaitingAfter - TimeSpan.FromTicks(1));
        Assert.Empty(ears.Messages("StillWaiting"));
        time.Advance(TimeSpan.FromTicks(1));
        Assert.Single(ears.Messages("StillWaiting"));
        time.Advance(LockDiagnostics.StillWaitingAfter);
        Assert.Single(ears.Messages("StillWaiting"));

        gate.Release();
        Assert.True(await waiting);
        time.Advance(LockDiagnostics.StillWaitingAfter);
        Assert.Single(ears.Messages("StillWaiting"));
    }

    [Fact]
    public async Task When_that_time_comes_can_be_set()
    {
        TimeSpan usual = LockDiagnostics.StillWaitingAfter;
        using var ears = new Ears(EventLevel.Warning);
        using FileStream holder = BoundedFile.Open(Lock);
        using var source = new CancellationTokenSource();
        try
        {
            LockDiagnostics.StillWaitingAfter = TimeSpan.FromMilliseconds(1);
            Task waiting = Task.Run(() => BoundedFile.Open(Lock, budget: RetryBudget.Within(InTime.Limit), cancellationToken: source.Token));

            await ears.Until("StillWaiting");

            await source.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
            Assert.StartsWith($"Still waiting for {Lock} after 0.", Assert.Single(ears.Messages("StillWaiting")));
        }
        finally
        {
            LockDiagnostics.StillWaitingAfter = usual;
        }
    }

    [Fact]
    public void A_time_out_of_range_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => LockDiagnostics.StillWaitingAfter = TimeSpan.Zero);
        Assert.Equal(TimeSpan.FromSeconds(3), LockDiagnostics.StillWaitingAfter);
    }

    [Fact]
    public async Task Who_begins_to_listen_when_the_process_is_stuck_learns_of_what_is_pending()
    {
        using FileStream holder = BoundedFile.Open(Lock);
        using var source = new CancellationTokenSource();
        Task waiting = BoundedFile.OpenAsync(Lock, budget: RetryBudget.Within(InTime.Limit), cancellationToken: source.Token);

        using var ears = new Ears(EventLevel.Warning);

        Assert.Equal(["StillWaiting"], ears.About(Lock));
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    [Fact]
    public void Watchdogs_are_told_of()
    {
        Telling.Open();
        using var ears = new Ears();

        Telling.WatchdogArmed(TimeSpan.FromSeconds(3), 137);
        Telling.WatchdogDisarmed();
        Telling.WatchdogFired(137);

        Assert.Equal(["Shutdown watchdog armed: ends the process with 137 in 3 s"], ears.Messages("WatchdogArmed"));
        Assert.Equal(["Shutdown watchdog disarmed"], ears.Messages("WatchdogDisarmed"));
        Assert.Equal(["Shutdown watchdog ends the process with 137"], ears.Messages("WatchdogFired"));
    }
}
