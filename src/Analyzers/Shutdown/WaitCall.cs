using System.Collections.Immutable;
using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Native;
using LockAnalyzers.Values;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown;

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
        if (Wait.Find(call, facts.Catalog) is not { } wait || call.Type.IsTask())
            return false; // What returns a task waits where that is awaited.
        if (wait.Bound != Bound.None)
            return IsRepeatedForEver(call);
        if (IsKnownDone(call, call.Instance, facts))
            return false;
        if (!WaitsForTasks(call, facts))
            return true;

        tasks = call.Instance is { } task ? TaskBound.Unbounded(task, facts) : TaskBound.UnboundedOf(call, facts);
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

    /// <summary>True where an <c>if</c> around the wait or a way out above it makes sure that what is waited for is over.</summary>
    public static bool IsKnownDone(IOperation wait, IOperation? target, ShutdownFacts facts)
    {
        if (Symbol(target, facts) is not { } symbol)
            return false;

        for (var current = wait; current.Parent is { } parent; current = parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return false;
            if (parent is IConditionalOperation conditional)
            {
                if (current == conditional.WhenTrue && Tells(conditional.Condition, symbol, isDone: true, facts))
                    return true;
                if (current == conditional.WhenFalse && Tells(conditional.Condition, symbol, isDone: false, facts))
                    return true;
            }
            else if (parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both && current == both.RightOperand && Tells(both.LeftOperand, symbol, isDone: true, facts))
            {
                return true;
            }
            else if (parent is IBlockOperation block && LeavesAbove(block, current, symbol, facts))
            {
                return true;
            }
        }

        return false;
    }

    private static bool LeavesAbove(IBlockOperation block, IOperation wait, ISymbol symbol, ShutdownFacts facts)
    {
        foreach (var statement in block.Operations)
        {
            if (statement == wait)
                return false;
            if (statement is IConditionalOperation { WhenFalse: null } conditional && Leaves(conditional.WhenTrue) && Tells(conditional.Condition, symbol, isDone: false, facts))
                return true;
        }

        return false;
    }

    private static bool Leaves(IOperation statement) => statement switch
    {
        IBlockOperation { Operations: { IsEmpty: false } operations } => Leaves(operations[operations.Length - 1]),
        IReturnOperation or IThrowOperation or IBranchOperation => true,
        IExpressionStatementOperation { Operation: IThrowOperation } => true,
        _ => false,
    };

    /// <summary>True when the condition, being true, says that the target is over (or, for <paramref name="isDone"/> false, that it is not).</summary>
    private static bool Tells(IOperation condition, ISymbol symbol, bool isDone, ShutdownFacts facts) => condition.Unwrapped() switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation => Tells(negation.Operand, symbol, !isDone, facts),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when isDone => Tells(both.LeftOperand, symbol, true, facts) || Tells(both.RightOperand, symbol, true, facts),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either when !isDone => Tells(either.LeftOperand, symbol, false, facts) || Tells(either.RightOperand, symbol, false, facts),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison => Compares(comparison, symbol, isDone, facts),
        IPropertyReferenceOperation property => isDone && facts.Role(property.Property) == ShutdownRole.Done && IsSymbol(property.Instance, symbol, facts),
        IInvocationOperation call => isDone && facts.Catalog.ManagedWaits.Find(call.TargetMethod) is not null && IsSymbol(call.Instance, symbol, facts) && CallBound.Of(call.Arguments) != Bound.None,
        _ => false,
    };

    /// <summary><c>first == task</c>, where the first to end was asked for; <c>WaitAny(tasks, 500) == 0</c>, whatever the index.</summary>
    private static bool Compares(IBinaryOperation comparison, ISymbol symbol, bool isDone, ShutdownFacts facts)
    {
        IOperation left = comparison.LeftOperand.Unwrapped(), right = comparison.RightOperand.Unwrapped();
        if (IsBoundedAny(left, symbol, facts) || IsBoundedAny(right, symbol, facts))
            return true;
        var other = IsSymbol(left, symbol, facts) ? right : IsSymbol(right, symbol, facts) ? left : null;
        return other is not null and not ILiteralOperation && other.Type.IsTask()
            && isDone == (comparison.OperatorKind == BinaryOperatorKind.Equals);
    }

    private static bool IsBoundedAny(IOperation operation, ISymbol symbol, ShutdownFacts facts) =>
        operation is IInvocationOperation call && facts.Role(call.TargetMethod) == ShutdownRole.Any && CallBound.Of(call.Arguments) != Bound.None
        && TaskBound.Parts(call).Any(part => IsSymbol(part, symbol, facts));

    private static bool IsSymbol(IOperation? operation, ISymbol symbol, ShutdownFacts facts) => SymbolEqualityComparer.Default.Equals(Symbol(operation, facts), symbol);

    private static ISymbol? Symbol(IOperation? operation, ShutdownFacts facts) => operation?.Unwrapped() switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IMemberReferenceOperation member => member.Member,
        IInvocationOperation { Instance: { } instance } call when facts.Role(call.TargetMethod) == ShutdownRole.Same => Symbol(instance, facts),
        IConditionalAccessInstanceOperation instance => Symbol(instance.Receiver(), facts),
        _ => null,
    };
}
