using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Values;

/// <summary>
/// The textbook forward analysis for one local: which of its writes may be the last one before each of its uses. The flow graph
/// is made of lowered copies of the operations, so both are told by their syntax.
/// </summary>
internal sealed class ReachingDefinitions
{
    private readonly ControlFlowGraph _graph;
    private readonly ILocalSymbol _local;
    private readonly Dictionary<SyntaxNode, IOperation> _writes;
    private readonly Dictionary<SyntaxNode, ImmutableHashSet<SyntaxNode>> _reaching = new();

    public ReachingDefinitions(ControlFlowGraph graph, ILocalSymbol local, ImmutableArray<IOperation> writes)
    {
        _graph = graph;
        _local = local;
        _writes = writes.ToDictionary(write => write.Syntax);
        Run();
    }

    /// <summary>The writes that may reach the use; default when the graph does not show it.</summary>
    public ImmutableArray<IOperation> Of(ILocalReferenceOperation use) =>
        _reaching.TryGetValue(use.Syntax, out var writes) && !writes.IsEmpty
            ? writes.Select(syntax => _writes[syntax]).ToImmutableArray()
            : default;

    private void Run()
    {
        var atEntry = new ImmutableHashSet<SyntaxNode>?[_graph.Blocks.Length];
        var pending = new Queue<BasicBlock>();
        Enter(_graph.Blocks[0], ImmutableHashSet<SyntaxNode>.Empty);
        while (pending.Count > 0)
        {
            var block = pending.Dequeue();
            var before = atEntry[block.Ordinal]!;
            var after = Walk(block, before);
            if (block.FallThroughSuccessor?.Destination is { } next)
                Enter(next, after);
            if (block.ConditionalSuccessor?.Destination is { } other)
                Enter(other, after);
            foreach (var handler in Handlers(block))
                Enter(handler, before.Union(after));
        }

        void Enter(BasicBlock block, ImmutableHashSet<SyntaxNode> state)
        {
            var known = atEntry[block.Ordinal];
            var merged = known is null ? state : known.Union(state);
            if (known is not null && known.Count == merged.Count)
                return;
            atEntry[block.Ordinal] = merged;
            pending.Enqueue(block);
        }
    }

    private ImmutableHashSet<SyntaxNode> Walk(BasicBlock block, ImmutableHashSet<SyntaxNode> state)
    {
        // What an assignment's value reads is read before the assignment takes place.
        SyntaxNode? write = null;
        foreach (var operation in block.AllOperations())
        {
            if (write is not null && !write.Span.Contains(operation.Syntax.Span))
            {
                state = ImmutableHashSet.Create(write);
                write = null;
            }

            if (operation is IAssignmentOperation && _writes.ContainsKey(operation.Syntax))
                write = operation.Syntax;
            else if (operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, _local))
                _reaching[operation.Syntax] = _reaching.TryGetValue(operation.Syntax, out var known) ? known.Union(state) : state;
        }

        return write is null ? state : ImmutableHashSet.Create(write);
    }

    /// <summary>An exception may leave a try block anywhere, so its handlers see what held before and after each block.</summary>
    private IEnumerable<BasicBlock> Handlers(BasicBlock block)
    {
        for (var region = block.EnclosingRegion; region.Kind != ControlFlowRegionKind.Root && region.EnclosingRegion is { } outer; region = outer)
        {
            if (region.Kind != ControlFlowRegionKind.Try)
                continue;
            foreach (var handler in outer.NestedRegions)
            {
                if (handler != region)
                    yield return _graph.Blocks[handler.FirstBlockOrdinal];
            }
        }
    }
}
