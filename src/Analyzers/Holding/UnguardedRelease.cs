using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Holding;

/// <summary>
/// An acquisition inside a <c>try</c> whose <c>finally</c> gives it back whether it was made or not. A condition around the release
/// is taken for a guard, whatever it asks; only a test for null of the object itself says nothing of who holds it.
/// </summary>
internal sealed record UnguardedRelease(ITryOperation Try, IInvocationOperation Release)
{
    public static UnguardedRelease? Find(Wait acquisition, ResolvedCatalog catalog)
    {
        if (acquisition.Entry.Subject != WaitSubject.Lock || !Releases.IsByCall(acquisition))
            return null;

        for (var operation = acquisition.Operation; operation.Parent is { } parent; operation = parent)
        {
            if (parent is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return null;
            if (parent is not ITryOperation { Finally: { } cleanup } attempt || operation != attempt.Body)
                continue;
            if (ReleasesIn(cleanup, acquisition).ToList() is not { Count: > 0 } releases)
                continue;
            return releases.Find(release => IsAlwaysReached(release, cleanup, acquisition)) is { } always && !IsHeldAlready(acquisition, attempt, catalog)
                ? new UnguardedRelease(attempt, always)
                : null;
        }

        return null;
    }

    /// <summary>How the acquisition can fail to be made, in words; null when that takes an exception that nobody expects.</summary>
    public string? Failure(Wait acquisition, ResolvedCatalog catalog)
    {
        if (IsLeftBefore(acquisition))
            return "the try is left before it";
        if (acquisition.Bound == Bound.None || IsRepeatedUntilMade(acquisition, catalog))
            return null;
        var isTimed = acquisition.MayRefuse || acquisition.Entry.Answer == WaitAnswer.None && CallBound.HasTimeout(acquisition.Arguments);
        var isCancelled = acquisition.Arguments.Any(argument => argument.Parameter?.Type.IsToken() == true && CallBound.OfToken(argument.Value) != Bound.None);
        return isTimed && isCancelled ? "it times out or is cancelled"
            : isCancelled ? "it is cancelled"
            : acquisition.Bound == Bound.Zero ? "it is refused"
            : "it times out";
    }

    /// <summary>True when the acquisition stands on one branch only: what is held on the other cannot be told.</summary>
    public bool IsConditional(Wait acquisition)
    {
        for (var operation = acquisition.Operation; operation != Try.Body && operation.Parent is { } parent; operation = parent)
        {
            if (parent is ISwitchOperation or ISwitchExpressionOperation or ISwitchCaseOperation or ISwitchExpressionArmOperation or ICatchClauseOperation or ICoalesceOperation
                || (parent is IConditionalOperation choice && operation != choice.Condition && !IsNullTest(choice.Condition, acquisition))
                || (parent is IBinaryOperation binary && operation == binary.RightOperand)
                || (parent is ILoopOperation loop && operation == loop.Body))
            {
                return true;
            }
        }

        return false;
    }

    private static IEnumerable<IInvocationOperation> ReleasesIn(IOperation place, Wait acquisition) =>
        place.WithoutFunctions().OfType<IInvocationOperation>().Where(call => call.IsReleaseOf(acquisition));

    private static bool IsAlwaysReached(IInvocationOperation release, IOperation cleanup, Wait acquisition)
    {
        for (IOperation operation = release; operation != cleanup && operation.Parent is { } parent; operation = parent)
        {
            switch (parent)
            {
                case IConditionalOperation choice when IsNullTest(choice.Condition, acquisition):
                    break;
                case IConditionalOperation or ISwitchOperation or ISwitchExpressionOperation or ILoopOperation or ICoalesceOperation or ICatchClauseOperation:
                case IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr }:
                    return false;

                // Who gives back a thread-affine lock that is not held is told so by an exception, and this one is caught.
                case ITryOperation { Catches.IsEmpty: false } when acquisition.Entry.IsThreadAffine:
                    return false;
            }
        }

        return true;
    }

    private static bool IsNullTest(IOperation condition, Wait acquisition) => condition.Unwrapped() switch
    {
        IBinaryOperation { OperatorKind: BinaryOperatorKind.NotEquals or BinaryOperatorKind.Equals } binary =>
            (IsNull(binary.RightOperand) && SameObject.Are(binary.LeftOperand, acquisition.Target))
            || (IsNull(binary.LeftOperand) && SameObject.Are(binary.RightOperand, acquisition.Target)),
        IIsPatternOperation { Pattern: INegatedPatternOperation or IConstantPatternOperation or IRecursivePatternOperation } pattern =>
            SameObject.Are(pattern.Value, acquisition.Target),
        _ => false,
    };

    private static bool IsNull(IOperation operation) => operation.ConstantValue is { HasValue: true, Value: null };

    /// <summary>
    /// True when the object was acquired before the try, so that the release has something to give back; the acquisition inside takes
    /// back what was let go for a while.
    /// </summary>
    private static bool IsHeldAlready(Wait acquisition, ITryOperation attempt, ResolvedCatalog catalog)
    {
        var scope = acquisition.Operation.EnclosingFunction() ?? acquisition.Operation.Root();
        var isHeld = false;
        foreach (var call in scope.WithoutFunctions().OfType<IInvocationOperation>().OrderBy(call => call.Syntax.SpanStart))
        {
            if (call.Syntax.SpanStart >= acquisition.Operation.Syntax.SpanStart)
                break;
            if (call.IsReleaseOf(acquisition))
            {
                if (attempt.Syntax.Span.Contains(call.Syntax.Span))
                    return true;
                isHeld = false;
            }
            else if (call.Syntax.SpanStart < attempt.Syntax.SpanStart && Wait.Find(call, catalog) is { } other && SameObject.Are(other.Target, acquisition.Target))
            {
                isHeld = true;
            }
        }

        return isHeld;
    }

    /// <summary>True when a statement before the acquisition leaves the try: then the finally runs, and nothing is held.</summary>
    private bool IsLeftBefore(Wait acquisition)
    {
        foreach (var operation in Try.Body.WithoutFunctions())
        {
            if (operation.Syntax.Span.End <= acquisition.Operation.Syntax.SpanStart
                && (operation.Kind == OperationKind.Return || operation is IThrowOperation || (operation is IBranchOperation branch && Leaves(branch))))
            {
                return true;
            }
        }

        return false;
    }

    private bool Leaves(IBranchOperation branch)
    {
        for (var operation = branch.Parent; operation is not null && operation != Try.Body; operation = operation.Parent)
        {
            if (operation is ILoopOperation || (operation is ISwitchOperation && branch.BranchKind == BranchKind.Break))
                return false;
        }

        return branch.BranchKind is BranchKind.Break or BranchKind.Continue;
    }

    /// <summary>
    /// <c>while (!gate.Wait(100))</c>: the loop ends when it is acquired. <c>if (!gate.Wait(100)) { Log(); gate.Wait(); }</c>: the second
    /// one has no limit.
    /// </summary>
    private bool IsRepeatedUntilMade(Wait acquisition, ResolvedCatalog catalog)
    {
        var isFollowed = Try.Body.WithoutFunctions().OfType<IInvocationOperation>().Any(call =>
            call.Syntax.SpanStart > acquisition.Operation.Syntax.Span.End && Wait.Find(call, catalog) is { Bound: Bound.None } other
            && SameObject.Are(other.Target, acquisition.Target));
        if (isFollowed)
            return true;
        var operation = acquisition.Operation.Parent;
        while (operation is IAwaitOperation or IUnaryOperation or IConversionOperation or IParenthesizedOperation)
            operation = operation.Parent;
        return operation is IWhileLoopOperation;
    }
}
