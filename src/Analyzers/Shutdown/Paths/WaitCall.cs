using System.Collections.Immutable;
using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Native;
using LockAnalyzers.Values;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Paths;

/// <summary>Whether a call blocks its thread with nothing to end it.</summary>
internal static class WaitCall
{
    /// <summary>When it waits for tasks, <paramref name="tasks"/> are those that nothing bounds; else it is default.</summary>
    public static bool IsUnbounded(IInvocationOperation call, ShutdownFacts facts, out ImmutableArray<IOperation> tasks)
    {
        tasks = default;
        if (NativeMethod.Find(call.TargetMethod, facts.Catalog) is { } native)
            return NativeCall.CanWaitForEver(call, native, facts.Catalog);
        if (facts.Role(call.TargetMethod) == ShutdownRole.Pause)
            return CallBound.Of(call.Arguments) == Bound.None; // Sleeps for ever.
        if (TaskBlock.Find(call, facts.Catalog) is { } blocked)
        {
            tasks = TaskBound.Unbounded(blocked, facts.Catalog);
            return !tasks.IsEmpty && !KnownDone.At(call, blocked, facts.Catalog);
        }

        if (Wait.Find(call, facts.Catalog) is not { } wait || call.Type.IsTask())
            return false; // What returns a task waits where that is awaited.
        if (wait.Bound != Bound.None)
            return IsRepeatedForEver(call);
        if (KnownDone.At(call, call.Instance, facts.Catalog))
            return false;
        if (!WaitsForTasks(call, facts))
            return true;

        tasks = call.Instance is { } task ? TaskBound.Unbounded(task, facts.Catalog) : TaskBound.UnboundedOf(call, facts.Catalog);
        return !tasks.IsEmpty;
    }

    /// <summary><c>while (!thread.Join(100)) { ... }</c> without a way out of the loop: bounded waits that add up to none.</summary>
    private static bool IsRepeatedForEver(IInvocationOperation call)
    {
        if (call.Parent is not IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation || negation.Parent is not IWhileLoopOperation loop || loop.Condition != negation)
            return false;
        return CallBound.Of(call.Arguments.Where(argument => argument.Parameter!.Type.IsToken())) == Bound.None
            && !loop.Body.DescendantsAndSelf().Any(operation => operation is IReturnOperation or IThrowOperation or IBranchOperation { BranchKind: not BranchKind.Continue });
    }

    private static bool WaitsForTasks(IInvocationOperation call, ShutdownFacts facts) =>
        call.Instance is { } instance
            ? instance.Type is { } type && (type.IsTask() || type.Name.EndsWith("Awaiter", StringComparison.Ordinal))
            : facts.Role(call.TargetMethod) is ShutdownRole.All or ShutdownRole.Any;
}
