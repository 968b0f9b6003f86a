using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Loops;

/// <summary>What one turn of a loop changes: the variables it writes, and what it writes to them.</summary>
internal sealed class LoopState
{
    private readonly Dictionary<ISymbol, List<IOperation>> _writes = new(SymbolEqualityComparer.Default);
    private readonly Dictionary<CaptureId, IOperation> _captures = new();

    private readonly ResolvedCatalog _catalog;

    public LoopState(LoopGraph graph, IEnumerable<BasicBlock> blocks, ResolvedCatalog catalog)
    {
        _catalog = catalog;
        foreach (var block in blocks)
        {
            foreach (var operation in block.AllOperations())
                Note(operation);
            foreach (var call in graph.SelfCallsIn(block))
                NoteParameters(call);
        }
    }

    public bool IsWritten(ISymbol variable) => _writes.ContainsKey(variable);

    /// <summary>What is assigned to the variable in the loop, as far as it is a plain assignment.</summary>
    public IEnumerable<IOperation> Assigned(ISymbol variable) =>
        _writes.TryGetValue(variable, out var writes) ? writes.OfType<ISimpleAssignmentOperation>().Select(write => write.Value) : Enumerable.Empty<IOperation>();

    /// <summary>True when each turn moves the variable on: by counting, or by a value made from its own.</summary>
    public bool IsCounter(ISymbol variable) =>
        _writes.TryGetValue(variable, out var writes)
        && writes.Exists(write => write is IIncrementOrDecrementOperation or ICompoundAssignmentOperation
            || (write is ISimpleAssignmentOperation assignment && IsMadeFrom(assignment.Value, variable))
            || (write is IArgumentOperation { Parameter.RefKind: RefKind.None } passed && IsMadeFrom(passed.Value, variable)));

    /// <summary>True when an expression is about another thing at each turn: the next name, item or number.</summary>
    public bool Varies(IOperation expression, int depth = 0) => depth < 8 && expression.DescendantsAndSelf().Any(part => IsSource(part)
        || (Variable(part) is { } variable && (IsCounter(variable) || Assigned(variable).Any(value => Varies(value, depth + 1)))));

    /// <summary>True when a time-out gets shorter from turn to turn: what is left of a budget.</summary>
    public bool Dwindles(IOperation expression, int depth = 0) => depth < 8 && expression.DescendantsAndSelf().Any(part =>
        part is IBinaryOperation { OperatorKind: BinaryOperatorKind.Subtract }
        || (Variable(part) is { } variable && _writes.TryGetValue(variable, out var writes) && writes.Exists(write =>
            write is ICompoundAssignmentOperation { OperatorKind: BinaryOperatorKind.Subtract }
                or IIncrementOrDecrementOperation { Kind: OperationKind.Decrement }
            || (write is ISimpleAssignmentOperation assignment && Dwindles(assignment.Value, depth + 1)))));

    /// <summary>The value behind a copy that the flow graph made.</summary>
    public IOperation? Captured(IFlowCaptureReferenceOperation reference) => _captures.TryGetValue(reference.Id, out var value) ? value : null;

    /// <summary>The local, parameter, field or property that an operation reads or writes.</summary>
    public static ISymbol? Variable(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation property => property.Property,
        _ => null,
    };

    private void Note(IOperation operation)
    {
        switch (operation)
        {
            case IAssignmentOperation assignment:
                Write(assignment.Target, assignment);
                break;
            case IIncrementOrDecrementOperation step:
                Write(step.Target, step);
                break;
            case IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } argument:
                Write(argument.Value, argument);
                break;
            case IFlowCaptureOperation capture:
                _captures[capture.Id] = capture.Value;
                break;
        }
    }

    /// <summary>A call by which the method starts over writes the parameters that it does not just hand on.</summary>
    private void NoteParameters(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { } parameter && !Is(Variable(argument.Value.Unwrapped()), parameter))
                Add(parameter, argument);
        }
    }

    private void Write(IOperation target, IOperation write)
    {
        if (target is IFlowCaptureReferenceOperation copy && Captured(copy) is { } captured)
            target = captured;
        if (Variable(target) is { } variable)
            Add(variable, write);
    }

    private void Add(ISymbol variable, IOperation write)
    {
        if (!_writes.TryGetValue(variable, out var writes))
            _writes.Add(variable, writes = new());
        writes.Add(write);
    }

    private bool IsSource(IOperation part) => part switch
    {
        IInvocationOperation call => Words.Of(call.TargetMethod.Name).Exists(_catalog.Words.Of("each-turn").Contains),
        IPropertyReferenceOperation { Property.Name: "Current" } => true,
        _ => false,
    };

    private static bool IsMadeFrom(IOperation value, ISymbol variable) => value.DescendantsAndSelf().Any(part => Is(Variable(part), variable));

    private static bool Is(ISymbol? symbol, ISymbol other) => SymbolEqualityComparer.Default.Equals(symbol, other);
}
