using System.Diagnostics;
using Distributed;
using LockAnalyzers.Runtime;
using Medallion.Threading;

namespace LockAnalyzers.Distributed.Tests;

/// <summary>The same promises over locks of several machines as over those of one.</summary>
public class BoundedDistributedLockTests
{
    private static readonly TimeSpan InTime = TimeSpan.FromMinutes(1);
    private static readonly RetryBudget Short = RetryBudget.Within(TimeSpan.FromMilliseconds(500));
    private static readonly RetryBudget Long = RetryBudget.Within(InTime);

    private readonly string _name = Guid.NewGuid().ToString();

    [TheoryWithServer]
    [EachServer]
    public async Task A_free_lock_is_had_and_given_back(string kind)
    {
        await using Engine engine = await Connect(kind);

        await (await engine.Create(_name).AcquireBoundedAsync(Short)).DisposeAsync();
        await (await engine.Create(_name).AcquireBoundedAsync(Short)).DisposeAsync();
    }

    [TheoryWithServer]
    [EachServer]
    public async Task A_held_lock_ends_the_wait_at_the_deadline(string kind)
    {
        await using Engine engine = await Connect(kind);
        await using IDistributedSynchronizationHandle held = await engine.Create(_name).AcquireBoundedAsync(Short);

        LockTimeoutException timeout = await Assert.ThrowsAsync<LockTimeoutException>(() => engine.Create(_name).AcquireBoundedAsync(Short).WaitAsync(InTime));

        Assert.True(timeout.Waited >= Short.Deadline);
        Assert.True(timeout.Attempts > 1);
    }

    [TheoryWithServer]
    [EachServer]
    public async Task A_lock_released_within_the_budget_is_obtained(string kind)
    {
        await using Engine engine = await Connect(kind);
        IDistributedSynchronizationHandle held = await engine.Create(_name).AcquireBoundedAsync(Short);
        Task<IDistributedSynchronizationHandle> waiting = engine.Create(_name).AcquireBoundedAsync(Long);
        Assert.False(waiting.IsCompleted);

        await held.DisposeAsync();

        await (await waiting.WaitAsync(InTime)).DisposeAsync();
    }

    [TheoryWithServer]
    [EachServer]
    public async Task A_wait_is_cancelled_at_once(string kind)
    {
        await using Engine engine = await Connect(kind);
        await using IDistributedSynchronizationHandle held = await engine.Create(_name).AcquireBoundedAsync(Short);
        using var stopping = new CancellationTokenSource();
        Task<IDistributedSynchronizationHandle> waiting = engine.Create(_name).AcquireBoundedAsync(Long, stopping.Token);

        await stopping.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(InTime));
    }

    /// <summary>PostgreSQL with the connection, Redis when its lease of 3 s has run out.</summary>
    [TheoryWithServer]
    [EachServer]
    public async Task A_killed_holder_lets_go(string kind)
    {
        using Process holder = Start(kind);
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync().WaitAsync(InTime));
        await using Engine engine = await Connect(kind);
        await Assert.ThrowsAsync<LockTimeoutException>(() => engine.Create(_name).AcquireBoundedAsync(Short));

        holder.Kill();

        RetryBudget soon = RetryBudget.Within(TimeSpan.FromSeconds(20));
        await (await engine.Create(_name).AcquireBoundedAsync(soon).WaitAsync(InTime)).DisposeAsync();
    }

    [TheoryWithServer]
    [EachServer]
    public async Task A_holder_whose_input_ends_gives_the_lock_back(string kind)
    {
        using Process holder = Start(kind);
        Assert.Equal("held", await holder.StandardOutput.ReadLineAsync().WaitAsync(InTime));

        holder.StandardInput.Close();

        Assert.Equal("released", await holder.StandardOutput.ReadLineAsync().WaitAsync(InTime));
        await holder.WaitForExitAsync().WaitAsync(InTime);
        Assert.Equal(0, holder.ExitCode);
        await using Engine engine = await Connect(kind);
        await (await engine.Create(_name).AcquireBoundedAsync(Short)).DisposeAsync();
    }

    /// <summary>Only "held by somebody else" is tried again; port 1 of the loopback interface answers nobody.</summary>
    [Fact]
    public async Task A_server_that_is_away_is_an_error_and_no_time_out()
    {
        await using Engine engine = await Engine.Connect("postgres", "Host=127.0.0.1;Port=1;Username=nobody;Database=none");

        Exception error = await Assert.ThrowsAnyAsync<Exception>(() => engine.Create(_name).AcquireBoundedAsync(Long).WaitAsync(InTime));

        Assert.IsNotType<LockTimeoutException>(error);
        Assert.IsNotType<TimeoutException>(error);
    }

    private static Task<Engine> Connect(string kind) => Engine.Connect(kind, Servers.Known[kind]);

    /// <summary>The sample itself, as another process.</summary>
    private Process Start(string kind)
    {
        string program = Path.ChangeExtension(typeof(Engine).Assembly.Location, OperatingSystem.IsWindows() ? ".exe" : null);
        return Process.Start(new ProcessStartInfo(program, [kind, Servers.Known[kind], _name])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_ROOT"] = Path.GetFullPath(Path.Combine(System.Runtime.InteropServices.RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..")) },
        })!;
    }
}
