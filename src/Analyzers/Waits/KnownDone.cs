using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Shutdown.Paths;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Waits;

/// <summary>Whether what a wait waits for is over when the wait begins, as far as the code around it says.</summary>
internal static class KnownDone
{
    /// <summary>True where an <c>if</c> around the wait or a way out above it makes sure that what is waited for is over.</summary>
    public static bool At(IOperation wait, IOperation? target, ResolvedCatalog catalog)
    {
        if (Symbol(target, catalog) is not { } symbol)
            return false;

        for (var current = wait; current.Parent is { } parent; current = parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return false;
            if (parent is IConditionalOperation conditional)
            {
                if (current == conditional.WhenTrue && Tells(conditional.Condition, symbol, isDone: true, catalog))
                    return true;
                if (current == conditional.WhenFalse && Tells(conditional.Condition, symbol, isDone: false, catalog))
                    return true;
            }
            else if (parent is IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both && current == both.RightOperand && Tells(both.LeftOperand, symbol, isDone: true, catalog))
            {
                return true;
            }
            else if (parent is IBlockOperation block && LeavesAbove(block, current, symbol, catalog))
            {
                return true;
            }
        }

        return false;
    }

    private static bool LeavesAbove(IBlockOperation block, IOperation wait, ISymbol symbol, ResolvedCatalog catalog)
    {
        foreach (var statement in block.Operations)
        {
            if (statement == wait)
                return false;
            if (statement is IConditionalOperation { WhenFalse: null } conditional && Leaves(conditional.WhenTrue) && Tells(conditional.Condition, symbol, isDone: false, catalog))
                return true;
            if (statement is IWhileLoopOperation { Condition: { } goesOn } loop && Tells(goesOn, symbol, isDone: false, catalog) && !MayBreak(loop))
                return true;
        }

        return false;
    }

    private static bool MayBreak(IWhileLoopOperation loop) =>
        loop.Body.DescendantsAndSelf().Any(operation => operation is IBranchOperation { BranchKind: not BranchKind.Continue });

    /// <summary>True for a statement behind which nothing of its block runs.</summary>
    public static bool Leaves(IOperation statement) => statement switch
    {
        IBlockOperation { Operations: { IsEmpty: false } operations } => Leaves(operations[operations.Length - 1]),
        IReturnOperation or IThrowOperation or IBranchOperation => true,
        IExpressionStatementOperation { Operation: IThrowOperation } => true,
        _ => false,
    };

    /// <summary>True when the condition, being true, says that the target is over (or, for <paramref name="isDone"/> false, that it is not).</summary>
    private static bool Tells(IOperation condition, ISymbol symbol, bool isDone, ResolvedCatalog catalog) => condition.Unwrapped() switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation => Tells(negation.Operand, symbol, !isDone, catalog),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both when isDone => Tells(both.LeftOperand, symbol, true, catalog) || Tells(both.RightOperand, symbol, true, catalog),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalOr } either when !isDone => Tells(either.LeftOperand, symbol, false, catalog) || Tells(either.RightOperand, symbol, false, catalog),
        IBinaryOperation { OperatorKind: BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals } comparison => Compares(comparison, symbol, isDone, catalog),
        ILocalReferenceOperation local => Definitions.SingleValue(local) is { } answer && Tells(answer, symbol, isDone, catalog),
        IPropertyReferenceOperation property => isDone && catalog.Role(property.Property) == ShutdownRole.Done && IsSymbol(property.Instance, symbol, catalog),
        IInvocationOperation call => isDone && catalog.ManagedWaits.Find(call.TargetMethod) is not null && IsSymbol(call.Instance, symbol, catalog) && CallBound.Of(call.Arguments) != Bound.None,
        _ => false,
    };

    /// <summary><c>first == task</c>, where the first to end was asked for; <c>WaitAny(tasks, 500) == 0</c>, whatever the index.</summary>
    private static bool Compares(IBinaryOperation comparison, ISymbol symbol, bool isDone, ResolvedCatalog catalog)
    {
        IOperation left = comparison.LeftOperand.Unwrapped(), right = comparison.RightOperand.Unwrapped();
        if (left is IPropertyReferenceOperation { Instance: { } asked, Type.Name: nameof(TaskStatus) } && IsSymbol(asked, symbol, catalog))
            return isDone == (comparison.OperatorKind == BinaryOperatorKind.Equals) && IsOver(right);
        if (IsBoundedAny(left, symbol, catalog) || IsBoundedAny(right, symbol, catalog))
            return true;
        var other = IsSymbol(left, symbol, catalog) ? right : IsSymbol(right, symbol, catalog) ? left : null;
        return other is not null and not ILiteralOperation && other.Type.IsTask()
            && isDone == (comparison.OperatorKind == BinaryOperatorKind.Equals);
    }

    /// <summary><c>TaskStatus.RanToCompletion</c> and the two that stand for a task that failed or was cancelled.</summary>
    private static bool IsOver(IOperation status) =>
        status.ConstantValue is { HasValue: true, Value: (int)TaskStatus.RanToCompletion or (int)TaskStatus.Canceled or (int)TaskStatus.Faulted };

    private static bool IsBoundedAny(IOperation operation, ISymbol symbol, ResolvedCatalog catalog) =>
        operation is IInvocationOperation call && catalog.Role(call.TargetMethod) == ShutdownRole.Any && CallBound.Of(call.Arguments) != Bound.None
        && TaskBound.Parts(call).Any(part => IsSymbol(part, symbol, catalog));

    private static bool IsSymbol(IOperation? operation, ISymbol symbol, ResolvedCatalog catalog) => SymbolEqualityComparer.Default.Equals(Symbol(operation, catalog), symbol);

    private static ISymbol? Symbol(IOperation? operation, ResolvedCatalog catalog) => operation?.Unwrapped() switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IMemberReferenceOperation member => member.Member,
        IInvocationOperation { Instance: { } instance } call when catalog.Role(call.TargetMethod) == ShutdownRole.Same => Symbol(instance, catalog),
        IConditionalAccessInstanceOperation instance => Symbol(instance.Receiver(), catalog),
        _ => null,
    };
}
