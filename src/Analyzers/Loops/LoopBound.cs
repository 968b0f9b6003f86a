using LockAnalyzers.Attempts;
using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Loops;

/// <summary>
/// What counts as a limit of a loop: a counter or a clock that is compared, a token, or a flag that somebody else sets; and
/// only where the outcome decides on leaving. A counter that feeds the log decides nothing.
/// </summary>
internal sealed class LoopBound
{
    private readonly LoopGraph _graph;
    private readonly LoopState _state;
    private readonly IOperation _attempt;
    private readonly ResolvedCatalog _catalog;

    public LoopBound(LoopGraph graph, LoopState state, IOperation attempt, ResolvedCatalog catalog)
    {
        _graph = graph;
        _state = state;
        _attempt = attempt;
        _catalog = catalog;
    }

    /// <summary>True when nobody goes through the block for ever.</summary>
    public bool Ends(BasicBlock block) =>
        (_graph.MayLeave(block) && block.BranchValue is { } condition && Limits(condition, 0))
        || block.AllOperations().OfType<IInvocationOperation>().Any(call => MayThrow(call));

    private bool Limits(IOperation condition, int depth)
    {
        if (depth > 8)
            return false;
        return condition switch
        {
            IConversionOperation conversion => Limits(conversion.Operand, depth + 1),
            IParenthesizedOperation parenthesized => Limits(parenthesized.Operand, depth + 1),
            IAwaitOperation awaited => Limits(awaited.Operation, depth + 1),
            IUnaryOperation negation => Limits(negation.Operand, depth + 1),
            IBinaryOperation comparison => Compares(comparison) || Limits(comparison.LeftOperand, depth + 1) || Limits(comparison.RightOperand, depth + 1),
            IIsPatternOperation pattern => IsMeasured(pattern.Value) || Limits(pattern.Value, depth + 1),
            IFlowCaptureReferenceOperation copy => _state.Captured(copy) is { } value && Limits(value, depth + 1),
            IInvocationOperation call => Asks(call),
            ILocalReferenceOperation local => _state.IsWritten(local.Local)
                ? _state.Assigned(local.Local).Any(value => Limits(value, depth + 1))
                : IsFlag(local) && IsWrittenElsewhere(local.Local),
            IFieldReferenceOperation field => IsFlag(field) && !field.Field.IsReadOnly && !field.Field.IsConst && IsSetByOthers(field),
            IPropertyReferenceOperation property => !property.Syntax.Span.Contains(_attempt.Syntax.Span) && IsFlag(property) && IsSetByOthers(property),
            _ => false,
        };
    }

    private bool Compares(IBinaryOperation comparison) =>
        comparison.OperatorKind is BinaryOperatorKind.LessThan or BinaryOperatorKind.LessThanOrEqual or BinaryOperatorKind.GreaterThan
            or BinaryOperatorKind.GreaterThanOrEqual or BinaryOperatorKind.Equals or BinaryOperatorKind.NotEquals
        && (IsMeasured(comparison.LeftOperand) || IsMeasured(comparison.RightOperand))
        && !IsLargest(comparison.LeftOperand) && !IsLargest(comparison.RightOperand);

    /// <summary>A count of turns, or a time.</summary>
    private bool IsMeasured(IOperation value) => IsTime(value.Type) || value.DescendantsAndSelf().Any(part =>
        part is IFlowCaptureReferenceOperation copy ? _state.Captured(copy) is { } copied && !copied.DescendantsAndSelf().Contains(value) && IsMeasured(copied)
        : part is IIncrementOrDecrementOperation
        || IsClock(part)
        || (LoopState.Variable(part) is { } variable && IsNumber(part.Type)
            && (_state.IsCounter(variable) || _state.Assigned(variable).Any(assigned => assigned.DescendantsAndSelf().Any(IsClock)))));

    private bool IsClock(IOperation part) => part switch
    {
        IInvocationOperation call => _catalog.Clocks.Find(call.TargetMethod) is not null,
        IPropertyReferenceOperation property => _catalog.Clocks.Find(property.Property) is not null,
        _ => false,
    };

    private static bool IsLargest(IOperation limit) => limit.ConstantValue is { HasValue: true, Value: int.MaxValue or long.MaxValue or uint.MaxValue };

    /// <summary>A question that somebody answers with "enough". Neither the attempt itself or another, nor a look at its error or at files.</summary>
    private bool Asks(IInvocationOperation call)
    {
        if (call.Syntax.Span.Contains(_attempt.Syntax.Span) || TryCall.IsTry(call.TargetMethod, _catalog))
            return false;
        if (TakesToken(call) || call.TargetMethod.Name is "MoveNext" or "MoveNextAsync")
            return true; // A list of pauses has an end.
        var type = call.TargetMethod.ContainingType;
        return _catalog.Ticks.Find(call.TargetMethod) is null
            && !call.DescendantsAndSelf().Any(part => part.Type.IsException())
            && type.SpecialType == SpecialType.None
            && type.ContainingNamespace is not { Name: "IO" or "Linq", ContainingNamespace.Name: "System" }
            && !Speaks(call.TargetMethod.Name, "outcome");
    }

    private bool MayThrow(IInvocationOperation call) =>
        TakesToken(call)
        || _catalog.Limits.Find(call.TargetMethod) is not null
        || (!call.Syntax.Span.Contains(_attempt.Syntax.Span) && Speaks(call.TargetMethod.Name, "limit"));

    /// <summary>A token that can be cancelled ends the call, whether it is asked or passed on.</summary>
    private bool TakesToken(IInvocationOperation call)
    {
        if (call.Instance is { Type: { } type } instance && type.IsToken())
            return IsLive(instance);
        foreach (var argument in call.Arguments)
        {
            if (argument.ArgumentKind == ArgumentKind.Explicit && argument.Parameter is { } parameter && parameter.Type.IsToken() && IsLive(argument.Value))
                return true;
        }

        return false;
    }

    /// <summary>Asked of the tree that was written: values cannot be followed through the copies of the flow graph.</summary>
    private bool IsLive(IOperation token) =>
        CallBound.OfToken(_attempt.SemanticModel?.GetOperation(token.Syntax) ?? token) != Bound.None;

    private bool IsFlag(IOperation value) =>
        value.Type?.SpecialType == SpecialType.System_Boolean
        && LoopState.Variable(value) is { } variable
        && !Speaks(variable.Name, "outcome");

    private bool IsSetByOthers(IMemberReferenceOperation member) =>
        !_state.IsWritten(member.Member)
        && (member.Instance is not { } instance
            || (instance.Type!.IsToken() ? IsLive(instance)
                : !instance.Type.IsException() && !(LoopState.Variable(instance) is { } owner && _state.IsWritten(owner))));

    /// <summary>A local that a lambda sets: a handler of a key press or a signal.</summary>
    private bool IsWrittenElsewhere(ILocalSymbol local) => _attempt.Root().Descendants().Any(operation =>
        operation is IAssignmentOperation { Target: ILocalReferenceOperation target }
        && SymbolEqualityComparer.Default.Equals(target.Local, local)
        && operation.EnclosingFunction() != _attempt.EnclosingFunction());

    private bool Speaks(string name, string list) => Words.Of(name).Exists(_catalog.Words.Of(list).Contains);

    private static bool IsTime(ITypeSymbol? type) => type.IsDuration() || type.IsInstant();

    private static bool IsNumber(ITypeSymbol? type) => type?.SpecialType is >= SpecialType.System_SByte and <= SpecialType.System_Double;
}
