using LockAnalyzers.Contention;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis.Text;

namespace LockAnalyzers.Loops;

/// <summary>
/// The control flow around one attempt: where it goes when the attempt succeeds, where when it throws, and from where it comes
/// back. Every kind of loop looks the same here, <c>goto</c> included.
/// </summary>
internal sealed class LoopGraph
{
    private readonly HashSet<BasicBlock> _leadsBack = new();
    private readonly SelfCalls _selfCalls;

    private LoopGraph(ControlFlowGraph graph, BasicBlock attempt, SelfCalls selfCalls, TextSpan? scope)
    {
        Graph = graph;
        Attempt = attempt;
        _selfCalls = selfCalls;
        FindBlocksThatLeadBack(scope);
    }

    public ControlFlowGraph Graph { get; }

    public BasicBlock Attempt { get; }

    /// <summary>Null where nothing is ever repeated, and where control flow cannot be followed.</summary>
    public static LoopGraph? Around(IOperation attempt)
    {
        if (!RepeatedCode.MayRepeat(attempt.Syntax))
            return null;
        var function = attempt.EnclosingFunction();
        if (FlowGraph.Of(attempt.Root(), function) is not { } graph)
            return null;
        foreach (var block in graph.Blocks)
        {
            foreach (var operation in block.AllOperations())
            {
                if (operation.Syntax == attempt.Syntax && operation.Kind == attempt.Kind)
                    return new LoopGraph(graph, block, SelfCalls.Of(attempt, function), null);
            }
        }

        return null;
    }

    /// <summary>The same for one loop of several around the attempt: whoever leaves it does not come back.</summary>
    public LoopGraph Within(TextSpan loop) => new(Graph, Attempt, _selfCalls, loop);

    /// <summary>True for the attempt itself, and for each block from which control may come to it.</summary>
    public bool LeadsBack(BasicBlock? block) => block is not null && (block == Attempt || _leadsBack.Contains(block));

    /// <summary>
    /// The blocks that may be gone through, from a start, before the next attempt. <paramref name="outcome"/> tells which way a
    /// condition goes, where that is known.
    /// </summary>
    public HashSet<BasicBlock> From(IEnumerable<BasicBlock> starts, Func<BasicBlock, bool>? endsAt = null, Func<BasicBlock, bool?>? outcome = null)
    {
        var seen = new HashSet<BasicBlock>();
        var pending = new Stack<BasicBlock>(starts.Where(LeadsBack));
        while (pending.Count > 0)
        {
            var block = pending.Pop();
            if (!seen.Add(block) || block == Attempt || endsAt?.Invoke(block) == true)
                continue;
            foreach (var next in Successors(block, outcome?.Invoke(block)))
            {
                if (LeadsBack(next))
                    pending.Push(next);
            }
        }

        return seen;
    }

    /// <summary>The calls by which the method starts over.</summary>
    public IEnumerable<IInvocationOperation> SelfCallsIn(BasicBlock block) => _selfCalls.In(block);

    /// <summary>True when the block decides between going on and leaving the loop.</summary>
    public bool MayLeave(BasicBlock block) =>
        block.ConditionKind != ControlFlowConditionKind.None
        && (!LeadsBack(block.FallThroughSuccessor?.Destination) || !LeadsBack(block.ConditionalSuccessor?.Destination));

    /// <summary>
    /// Where control goes without an exception, and where a <c>throw</c> that stands in the block may land; back to the beginning
    /// where the method calls itself. With an outcome, only where that leads.
    /// </summary>
    public IEnumerable<BasicBlock> Successors(BasicBlock block, bool? outcome = null)
    {
        if (_selfCalls.In(block).Any())
            yield return Graph.Blocks[0];
        if (block.AllOperations().Any(NeverReturns))
            yield break;
        foreach (var branch in new[] { block.FallThroughSuccessor, block.ConditionalSuccessor })
        {
            if (branch is null || (outcome is { } isTrue && branch.IsConditionalSuccessor != (isTrue == (block.ConditionKind == ControlFlowConditionKind.WhenTrue))))
                continue;
            if (branch.Destination is { } next)
                yield return next;
            else if (branch.Semantics is ControlFlowBranchSemantics.Throw or ControlFlowBranchSemantics.Rethrow)
            {
                foreach (var handler in Handlers(block, type => IsRethrown(branch) ? Thrown.HeldFile.IsCaughtBy(type) : Catches(type, block.BranchValue?.Type)))
                    yield return handler;
            }
        }
    }

    /// <summary>The first blocks of the handlers that an exception out of the block may run into, from the inside out.</summary>
    public IEnumerable<BasicBlock> Handlers(BasicBlock block, Func<ITypeSymbol?, bool> catches)
    {
        for (var region = block.EnclosingRegion; region.Kind != ControlFlowRegionKind.Root && region.EnclosingRegion is { } outer; region = outer)
        {
            if (region.Kind != ControlFlowRegionKind.Try || outer.Kind != ControlFlowRegionKind.TryAndCatch)
                continue;
            foreach (var handler in outer.NestedRegions)
            {
                if (handler == region || !catches(handler.ExceptionType))
                    continue;
                yield return Graph.Blocks[handler.FirstBlockOrdinal];
                if (handler.Kind == ControlFlowRegionKind.Catch)
                    yield break;
            }
        }
    }

    /// <summary>A call that ends the process, or throws: marked as such, or named <c>ThrowTimeout</c>, but not <c>ThrowIfLate</c>.</summary>
    private static bool NeverReturns(IOperation operation)
    {
        if (operation is not IInvocationOperation { TargetMethod: var method })
            return false;
        return (method.Name.StartsWith("Throw", StringComparison.Ordinal) && !method.Name.StartsWith("ThrowIf", StringComparison.Ordinal))
            || method.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == "DoesNotReturnAttribute");
    }

    private static bool IsOutside(BasicBlock block, TextSpan span)
    {
        if (block.Kind != BasicBlockKind.Block)
            return true;
        foreach (var operation in block.Operations)
        {
            if (!span.Contains(operation.Syntax.Span))
                return true;
        }

        return block.BranchValue is { } value && !span.Contains(value.Syntax.Span);
    }

    private static bool IsRethrown(ControlFlowBranch branch) => branch.Semantics == ControlFlowBranchSemantics.Rethrow;

    private static bool Catches(ITypeSymbol? caught, ITypeSymbol? thrown)
    {
        for (var type = thrown; type is not null; type = type.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(type, caught))
                return true;
        }

        return false;
    }

    private void FindBlocksThatLeadBack(TextSpan? scope)
    {
        var predecessors = Graph.Blocks
            .SelectMany(block => Successors(block).Select(next => (From: block, To: next)))
            .ToLookup(edge => edge.To, edge => edge.From);
        var pending = new Stack<BasicBlock>(predecessors[Attempt]);
        while (pending.Count > 0)
        {
            var block = pending.Pop();
            if ((scope is { } span && IsOutside(block, span)) || !_leadsBack.Add(block))
                continue;
            foreach (var predecessor in predecessors[block])
                pending.Push(predecessor);
        }
    }
}
