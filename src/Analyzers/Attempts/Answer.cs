using LockAnalyzers.Catalog;
using LockAnalyzers.Loops;
using LockAnalyzers.Naming;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Attempts;

/// <summary>Reads what conditions make of the answer of an attempt: through negations, comparisons, patterns, awaits and variables.</summary>
internal sealed class Answer
{
    /// <summary>Longer ways from an answer to a condition do not occur by hand, and a variable may be made from itself.</summary>
    private const int MostDepth = 8;

    private readonly Attempt _attempt;
    private readonly LoopState _state;
    private readonly ResolvedCatalog _catalog;

    public Answer(Attempt attempt, LoopState state, ResolvedCatalog catalog)
    {
        _attempt = attempt;
        _state = state;
        _catalog = catalog;
    }

    /// <summary>Which way the condition of a block goes, when the attempt was granted or refused; null when that says nothing about it.</summary>
    public bool? Outcome(BasicBlock block, bool isGranted) =>
        block.ConditionKind != ControlFlowConditionKind.None && block.BranchValue is { } condition && Means(condition, 0) is { } means
            ? means == isGranted
            : null;

    /// <summary>True when the condition is made from the answer, in whatever way.</summary>
    public bool DecidesOn(IOperation condition) => DecidesOn(condition, 0);

    private bool DecidesOn(IOperation value, int depth) => depth < MostDepth && value.DescendantsAndSelf().Any(part => IsAttempt(part)
        || (part is IFlowCaptureReferenceOperation copy && _state.Captured(copy) is { } captured && DecidesOn(captured, depth + 1))
        || (part is ILocalReferenceOperation local && _state.Assigned(local.Local).Any(assigned => DecidesOn(assigned, depth + 1))));

    /// <summary>True when the condition holds exactly for a success, false when for a refusal.</summary>
    private bool? Means(IOperation condition, int depth)
    {
        if (depth > MostDepth)
            return null;
        switch (condition)
        {
            case IParenthesizedOperation parenthesized:
                return Means(parenthesized.Operand, depth + 1);
            case IConversionOperation conversion:
                return Means(conversion.Operand, depth + 1);
            case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } negation:
                return !Means(negation.Operand, depth + 1);
            case IBinaryOperation comparison:
                return Compares(comparison, comparison.LeftOperand, comparison.RightOperand, depth) ?? Compares(comparison, comparison.RightOperand, comparison.LeftOperand, depth, isSwapped: true);
            case IIsPatternOperation pattern:
                return Matches(pattern.Value, pattern.Pattern, depth);
            case IIsNullOperation question when _attempt.Refusal == Refusal.Null && IsAnswer(question.Operand, depth):
                return false;
            case IPropertyReferenceOperation { Instance: { } handle } property when _attempt.Refusal == Refusal.Handle && SpeaksOfSuccess(property.Property) && IsAnswer(handle, depth):
                return true;
            default:
                return condition.Type?.SpecialType == SpecialType.System_Boolean && _attempt.Refusal is Refusal.False or Refusal.True && IsAnswer(condition, depth)
                    ? _attempt.Refusal == Refusal.False
                    : ThroughVariable(condition, depth);
        }
    }

    /// <summary>A variable that holds the verdict: <c>var isMine = result == 0</c>.</summary>
    private bool? ThroughVariable(IOperation condition, int depth)
    {
        if (condition is IFlowCaptureReferenceOperation copy)
            return _state.Captured(copy) is { } captured ? Means(captured, depth + 1) : null;
        if (condition is ISimpleAssignmentOperation assignment)
            return Means(assignment.Value, depth + 1);
        if (LoopState.Variable(condition) is not { } variable)
            return null;
        bool? all = null;
        foreach (var value in _state.Assigned(variable))
        {
            if (value.ConstantValue.HasValue)
                continue;
            if (Means(value, depth + 1) is not { } means || (all is not null && all != means))
                return null;
            all = means;
        }

        return all;
    }

    private bool? Compares(IBinaryOperation comparison, IOperation side, IOperation other, int depth, bool isSwapped = false)
    {
        if (comparison.OperatorKind is not (BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals) && _attempt.Refusal != Refusal.Number)
            return null;
        if (other.ConstantValue is not { HasValue: true, Value: var constant })
            return null;
        var isEqual = comparison.OperatorKind == BinaryOperatorKind.Equals;
        if (constant is bool flag)
            return Means(side, depth + 1) is { } means ? means == (isEqual == flag) : null;
        if (constant is null)
            return _attempt.Refusal == Refusal.Null && IsAnswer(side, depth) ? !isEqual : null;
        if (_attempt.Refusal != Refusal.Number || !IsAnswer(side, depth) || ValueReader.ReadSingle(other).Number is not { } limit)
            return null;
        var (refused, granted) = isSwapped
            ? (Holds(comparison.OperatorKind, limit, _attempt.Refused), Holds(comparison.OperatorKind, limit, 0))
            : (Holds(comparison.OperatorKind, _attempt.Refused, limit), Holds(comparison.OperatorKind, 0, limit));
        return refused == granted ? null : granted;
    }

    private static bool? Holds(BinaryOperatorKind kind, long left, long right) => kind switch
    {
        BinaryOperatorKind.Equals => left == right,
        BinaryOperatorKind.NotEquals => left != right,
        BinaryOperatorKind.LessThan => left < right,
        BinaryOperatorKind.LessThanOrEqual => left <= right,
        BinaryOperatorKind.GreaterThan => left > right,
        BinaryOperatorKind.GreaterThanOrEqual => left >= right,
        _ => null,
    };

    private bool? Matches(IOperation value, IPatternOperation pattern, int depth)
    {
        switch (pattern)
        {
            case INegatedPatternOperation negated:
                return !Matches(value, negated.Pattern, depth);
            case IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: var constant } }:
                if (constant is bool flag)
                    return Means(value, depth + 1) is { } means ? means == flag : null;
                if (constant is null)
                    return _attempt.Refusal == Refusal.Null && IsAnswer(value, depth) ? false : null;
                return _attempt.Refusal == Refusal.Number && IsAnswer(value, depth) && constant is int number && (number == 0 || number == _attempt.Refused)
                    ? number == 0
                    : null;
            case IDeclarationPatternOperation or IRecursivePatternOperation or ITypePatternOperation when _attempt.Refusal == Refusal.Null && IsAnswer(value, depth):
                return true;
            case IRecursivePatternOperation { PropertySubpatterns: { Length: 1 } parts } when _attempt.Refusal == Refusal.Handle && IsAnswer(value, depth)
                && parts[0] is { Member: IPropertyReferenceOperation { Property: var property }, Pattern: IConstantPatternOperation { Value.ConstantValue: { HasValue: true, Value: bool held } } }
                && SpeaksOfSuccess(property):
                return held;
            default:
                return null;
        }
    }

    /// <summary>The answer itself: awaited, copied, kept in a variable, or written to an argument given by reference.</summary>
    private bool IsAnswer(IOperation value, int depth)
    {
        if (depth > MostDepth)
            return false;
        if (IsAttempt(value))
            return _attempt.Operation is IInvocationOperation;
        return value switch
        {
            IConversionOperation conversion => IsAnswer(conversion.Operand, depth + 1),
            IParenthesizedOperation parenthesized => IsAnswer(parenthesized.Operand, depth + 1),
            IAwaitOperation awaited => IsAnswer(awaited.Operation, depth + 1),
            ISimpleAssignmentOperation assignment => IsAnswer(assignment.Value, depth + 1),
            IFlowCaptureReferenceOperation copy => _state.Captured(copy) is { } captured && IsAnswer(captured, depth + 1),
            IInvocationOperation { Instance: { } task } when IsTaskLike(task.Type) => IsAnswer(task, depth + 1),
            IPropertyReferenceOperation { Instance: { } task, Property.Name: "Result" } when IsTaskLike(task.Type) => IsAnswer(task, depth + 1),
            _ => LoopState.Variable(value) is { } variable && (IsWrittenByAttempt(variable) || IsKeptIn(variable, depth)),
        };
    }

    private bool IsKeptIn(ISymbol variable, int depth)
    {
        var values = _state.Assigned(variable).Where(value => !value.ConstantValue.HasValue).ToList();
        return values.Count > 0 && values.TrueForAll(value => IsAnswer(value, depth + 1));
    }

    /// <summary>Only where there is no result: a method that has one says other things by reference.</summary>
    private bool IsWrittenByAttempt(ISymbol variable)
    {
        if (_attempt.Operation is IInvocationOperation { Type.SpecialType: not SpecialType.System_Void })
            return false;
        foreach (var child in _attempt.Operation.ChildOperations)
        {
            if (child is IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument
                && argument.Value.Type?.SpecialType == SpecialType.System_Boolean
                && argument.Value.DescendantsAndSelf().Any(part => SymbolEqualityComparer.Default.Equals(LoopState.Variable(part), variable)))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsAttempt(IOperation operation) => operation.Syntax == _attempt.Operation.Syntax && operation.Kind == _attempt.Operation.Kind;

    private bool SpeaksOfSuccess(ISymbol property) => Words.Of(property.Name).Exists(_catalog.Words.Of("outcome").Contains);

    private static bool IsTaskLike(ITypeSymbol? type) =>
        type.IsTask()
        || (type is { ContainingNamespace.Name: "CompilerServices", Name: var name }
            && (name.EndsWith("Awaiter", StringComparison.Ordinal) || name.EndsWith("Awaitable", StringComparison.Ordinal) || name.StartsWith("Configured", StringComparison.Ordinal)));
}
