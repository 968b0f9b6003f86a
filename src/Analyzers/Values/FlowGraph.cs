using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Values;

/// <summary>The control flow graph of a member, or of a lambda or local function inside it.</summary>
internal static class FlowGraph
{
    public static ControlFlowGraph? Of(IOperation body, IOperation? function)
    {
        if (OfMember(body) is not { } graph)
            return null;
        return function is null ? graph : Nested(graph, function, outer: function.EnclosingFunction());
    }

    private static ControlFlowGraph? OfMember(IOperation body) => body switch
    {
        IMethodBodyOperation method => ControlFlowGraph.Create(method),
        IConstructorBodyOperation constructor => ControlFlowGraph.Create(constructor),
        IBlockOperation { Parent: null } block => ControlFlowGraph.Create(block),
        IFieldInitializerOperation field => ControlFlowGraph.Create(field),
        IPropertyInitializerOperation property => ControlFlowGraph.Create(property),
        _ => null,
    };

    private static ControlFlowGraph? Nested(ControlFlowGraph graph, IOperation function, IOperation? outer)
    {
        if (outer is not null)
        {
            if (Nested(graph, outer, outer.EnclosingFunction()) is not { } outerGraph)
                return null;
            graph = outerGraph;
        }

        if (function is ILocalFunctionOperation { Symbol: var symbol })
            return graph.LocalFunctions.Contains(symbol) ? graph.GetLocalFunctionControlFlowGraph(symbol) : null;

        foreach (var block in graph.Blocks)
        {
            foreach (var operation in block.AllOperations())
            {
                if (operation is IFlowAnonymousFunctionOperation anonymous && anonymous.Syntax == function.Syntax)
                    return graph.GetAnonymousFunctionControlFlowGraph(anonymous);
            }
        }

        return null;
    }

    /// <summary>All operations of a block in the order they stand, its branch value last.</summary>
    public static IEnumerable<IOperation> AllOperations(this BasicBlock block)
    {
        foreach (var root in block.Operations)
        {
            foreach (var operation in root.DescendantsAndSelf())
                yield return operation;
        }

        if (block.BranchValue is { } value)
        {
            foreach (var operation in value.DescendantsAndSelf())
                yield return operation;
        }
    }
}
