using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Values;

/// <summary>
/// Every write of every local in one member, gathered in one pass when the first of its locals is asked for, so that a long
/// method with many calls of interest is read once.
/// </summary>
internal sealed class LocalWrites
{
    private static readonly ConditionalWeakTable<IOperation, LocalWrites> Cache = new();

    private readonly Dictionary<ILocalSymbol, ImmutableArray<IOperation>> _writes = new(SymbolEqualityComparer.Default);

    /// <summary>Locals of which a write cannot be followed.</summary>
    private readonly HashSet<ILocalSymbol> _givenUp = new(SymbolEqualityComparer.Default);

    private readonly ConcurrentDictionary<ILocalSymbol, ReachingDefinitions?> _reaching = new(SymbolEqualityComparer.Default);
    private readonly IOperation _body;

    private LocalWrites(IOperation body)
    {
        _body = body;
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (operation is IVariableDeclaratorOperation declarator)
                Add(declarator);
            else if (operation is ILocalReferenceOperation reference)
                Add(reference);
        }
    }

    public static LocalWrites Of(IOperation body) => Cache.GetValue(body, static body => new(body));

    /// <summary>The writes of a local; default when there are none, or one cannot be followed.</summary>
    public ImmutableArray<IOperation> this[ILocalSymbol local] =>
        !_givenUp.Contains(local) && _writes.TryGetValue(local, out var writes) ? writes : default;

    /// <summary>What reaches the uses of a local; null when its writes stand in several functions, or control flow cannot be followed.</summary>
    public ReachingDefinitions? Reaching(ILocalSymbol local) => _reaching.GetOrAdd(local, _ =>
    {
        var writes = this[local];
        var function = writes[0].EnclosingFunction();
        return writes.All(write => write.EnclosingFunction() == function) && FlowGraph.Of(_body, function) is { } graph
            ? new ReachingDefinitions(graph, local, writes)
            : null;
    });

    private void Add(IVariableDeclaratorOperation declarator)
    {
        if (declarator.Parent is not IVariableDeclarationOperation)
            _givenUp.Add(declarator.Symbol); // A loop or catch variable: its value comes from elsewhere.
        else if (declarator.GetVariableInitializer() is not null)
            Add(declarator.Symbol, declarator);
    }

    private void Add(ILocalReferenceOperation reference)
    {
        if (reference.Parent is ISimpleAssignmentOperation { IsRef: false } or ICompoundAssignmentOperation
            && ((IAssignmentOperation)reference.Parent).Target == reference)
        {
            Add(reference.Local, reference.Parent);
        }
        else if (MayBeWritten(reference))
        {
            _givenUp.Add(reference.Local);
        }
    }

    /// <summary>Most locals are written once.</summary>
    private void Add(ILocalSymbol local, IOperation write) =>
        _writes[local] = _writes.TryGetValue(local, out var writes) ? writes.Add(write) : ImmutableArray.Create(write);

    private static bool MayBeWritten(ILocalReferenceOperation reference) => reference.IsDeclaration || reference.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == reference || assignment is ISimpleAssignmentOperation { IsRef: true },
        IIncrementOrDecrementOperation or IAddressOfOperation or ITupleOperation => true,
        IArgumentOperation argument => argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out,
        _ => false,
    };
}
