using LockAnalyzers.Runtime;
using Medallion.Threading;

namespace Distributed;

/// <summary>What makes a lock of any engine a bounded one: its try-form, which does not wait, called again under a budget.</summary>
public static class BoundedDistributedLock
{
    /// <summary>Acquires within the budget, or throws <see cref="LockTimeoutException"/>; what the engine throws, such as for a server that is away, is thrown at once.</summary>
    public static Task<IDistributedSynchronizationHandle> AcquireBoundedAsync(this IDistributedLock mutex, RetryBudget? budget = null, CancellationToken cancellationToken = default)
        => BoundedRetry.AcquireAsync(token => mutex.TryAcquireAsync(TimeSpan.Zero, token).AsTask(), budget, cancellationToken);
}
