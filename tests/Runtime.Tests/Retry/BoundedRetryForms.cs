using System.ComponentModel;
using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime.Tests;

/// <summary>The contract for each form, synchronous and asynchronous.</summary>
public static class BoundedRetryForms
{
    private const int Held = -1;
    private const int Free = 0;

    private static readonly Func<Exception, bool> IsHeld = static e => e is HeldException;

    public sealed class Until : BoundedRetryContract
    {
        protected override Task Acquire(Func<bool> attempt, RetryBudget? budget, CancellationToken token)
            => Completed(() => BoundedRetry.Until(attempt, budget, token));
    }

    public sealed class UntilResult : BoundedRetryContract
    {
        protected override Task Acquire(Func<bool> attempt, RetryBudget? budget, CancellationToken token)
            => Completed(() => BoundedRetry.Until(() => Answer(attempt), answer => answer == Free, budget, token));
    }

    public sealed class Handle : BoundedRetryContract
    {
        protected override Task Acquire(Func<bool> attempt, RetryBudget? budget, CancellationToken token)
            => Completed(() => BoundedRetry.Acquire(() => attempt() ? "handle" : null, budget, token));
    }

    public sealed class InvokeFunction : BoundedRetryContract
    {
        protected override Type? Cause => typeof(IOException);

        protected override Task Acquire(Func<bool> attempt, RetryBudget? budget, CancellationToken token)
            => Completed(() => BoundedRetry.Invoke(() => ThrowSharingViolation(attempt), budget, token));
    }

    public sealed class InvokeFunctionByFilter : BoundedRetryContract
    {
        protected override Type? Cause => typeof(HeldException);

        protected override Task Acquire(Func<bool> attempt, RetryBudget? budget, CancellationToken token)
            => Completed(() => BoundedRetry.Invoke(() => ThrowHeld(attempt), IsHeld, budget, token));
    }

    public sealed class InvokeAction : BoundedRetryContract
    {
        protected override Type? Cause => typeof(IOException);

        protected override Task Acquire(Func<bool> attempt, RetryBudget? budget, CancellationToken token)
            => Completed(() => BoundedRetry.Invoke(() => { ThrowSharingViolation(attempt); }, budget, token));
    }

    public sealed class InvokeActionByFilter : BoundedRetryContract
    {
        protected override Type? Cause => typeof(HeldException);

        protected override Task Acquire(Func<bool> attempt, RetryBudget? budget, CancellationToken token)
            => Completed(() => BoundedRetry.Invoke(() => { ThrowHeld(attempt); }, IsHeld, budget, token));
    }

    public sealed class Native : BoundedRetryContract
    {
        protected override Type? Cause => typeof(Win32Exception);

        protected override Task Acquire(Func<bool> attempt, RetryBudget? budget, CancellationToken token)
            => Completed(() => BoundedRetry.Native(() => Answer(attempt), budget, token));
    }

    public sealed class UntilAsync : BoundedRetryContract
    {
        protected override Task Acquire(Func<bool> attempt, RetryBudget? budget, CancellationToken token)
            => BoundedRetry.UntilAsync(_ => Later(attempt), budget, token);
    }

    public sealed class UntilResultAsync : BoundedRetryContract
    {
        protected override Task Acquire(Func<bool> attempt, RetryBudget? budget, CancellationToken token)
            => BoundedRetry.UntilAsync(_ => Later(() => Answer(attempt)), answer => answer == Free, budget, token);
    }

    public sealed class UntilWithPlainAttemptAsync : BoundedRetryContract
    {
        protected override Task Acquire(Func<bool> attempt, RetryBudget? budget, CancellationToken token)
            => BoundedRetry.UntilAsync(() => attempt(), budget, token);
    }

    public sealed class UntilResultWithPlainAttemptAsync : BoundedRetryContract
    {
        protected override Task Acquire(Func<bool> attempt, RetryBudget? budget, CancellationToken token)
            => BoundedRetry.UntilAsync(() => Answer(attempt), answer => answer == Free, budget, token);
    }

    public sealed class HandleAsync : BoundedRetryContract
    {
        protected override Task Acquire(Func<bool> attempt, RetryBudget? budget, CancellationToken token)
            => BoundedRetry.AcquireAsync(_ => Later(() => attempt() ? "handle" : null), budget, token);
    }

    public sealed class InvokeFunctionAsync : BoundedRetryContract
    {
        protected override Type? Cause => typeof(IOException);

        protected override Task Acquire(Func<bool> attempt, RetryBudget? budget, CancellationToken token)
            => BoundedRetry.InvokeAsync(_ => Later(() => ThrowSharingViolation(attempt)), budget, token);
    }

    public sealed class InvokeFunctionByFilterAsync : BoundedRetryContract
    {
        protected override Type? Cause => typeof(HeldException);

        protected override Task Acquire(Func<bool> attempt, RetryBudget? budget, CancellationToken token)
            => BoundedRetry.InvokeAsync(_ => Later(() => ThrowHeld(attempt)), IsHeld, budget, token);
    }

    public sealed class InvokeActionAsync : BoundedRetryContract
    {
        protected override Type? Cause => typeof(IOException);

        protected override Task Acquire(Func<bool> attempt, RetryBudget? budget, CancellationToken token)
            => BoundedRetry.InvokeAsync(async _ => { await Later(() => ThrowSharingViolation(attempt)); }, budget, token);
    }

    public sealed class InvokeActionByFilterAsync : BoundedRetryContract
    {
        protected override Type? Cause => typeof(HeldException);

        protected override Task Acquire(Func<bool> attempt, RetryBudget? budget, CancellationToken token)
            => BoundedRetry.InvokeAsync(async _ => { await Later(() => ThrowHeld(attempt)); }, IsHeld, budget, token);
    }

    public sealed class NativeAsync : BoundedRetryContract
    {
        protected override Type? Cause => typeof(Win32Exception);

        protected override Task Acquire(Func<bool> attempt, RetryBudget? budget, CancellationToken token)
            => BoundedRetry.NativeAsync(() => Answer(attempt), budget, token);
    }

    private static Task Completed(Action synchronous)
    {
        synchronous();
        return Task.CompletedTask;
    }

    private static async Task<T> Later<T>(Func<T> attempt)
    {
        await Task.Yield();
        return attempt();
    }

    /// <summary>Answers as flock(LOCK_EX | LOCK_NB) does.</summary>
    private static int Answer(Func<bool> attempt)
    {
        if (attempt())
        {
            return Free;
        }

        Marshal.SetLastPInvokeError(Errno.WouldBlock);
        return Held;
    }

    private static bool ThrowSharingViolation(Func<bool> attempt)
        => attempt() ? true : throw new IOException("held", unchecked((int)0x80070020));

    private static bool ThrowHeld(Func<bool> attempt) => attempt() ? true : throw new HeldException();

    private sealed class HeldException : Exception;
}
