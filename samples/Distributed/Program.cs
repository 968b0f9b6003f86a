using Distributed;
using LockAnalyzers.Runtime;
using Medallion.Threading;

// postgres|redis CONNECTION NAME: has the lock until it is told to stop, by a signal, the end of its input, or the loss of the lock.
if (args is not [var kind, var connection, var name])
{
    Console.Error.WriteLine("""Arguments: "postgres" or "redis", a connection string, the name of a lock.""");
    return 2;
}

ShutdownWatchdog.BeforeStrike();
using ShutdownSignals signals = ShutdownSignals.Listen().OrInputEnd();
try
{
    await using Engine engine = await Engine.Connect(kind, connection);
    await using IDistributedSynchronizationHandle handle =
        await engine.Create(name).AcquireBoundedAsync(RetryBudget.Within(TimeSpan.FromSeconds(5)), signals.Token);
    Console.WriteLine("held");
    using var either = CancellationTokenSource.CreateLinkedTokenSource(signals.Token, handle.HandleLostToken);
    await Task.Delay(Timeout.Infinite, either.Token).ContinueWith(static _ => { }, TaskScheduler.Default);
    Console.WriteLine(handle.HandleLostToken.IsCancellationRequested ? "lost" : "released");
    return 0;
}
catch (LockTimeoutException e)
{
    Console.WriteLine(e.Message);
    return 1;
}
catch (OperationCanceledException) when (signals.Token.IsCancellationRequested)
{
    return 0;
}
