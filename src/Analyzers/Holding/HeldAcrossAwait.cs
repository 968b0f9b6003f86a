using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Holding;

/// <summary>
/// Whether a lock that does not go with awaits is held across one: a way through the function leads from the acquisition over an
/// await to the release of the same object. Without a release in the function nothing is said: who takes a mutex to be the only
/// instance of a program gives it back by ending.
/// </summary>
internal sealed class HeldAcrossAwait
{
    private readonly Wait _acquisition;
    private readonly ControlFlowGraph _graph;
    private readonly HashSet<SyntaxNode> _releases;
    private readonly ISymbol? _answer;
    private readonly HashSet<(BasicBlock Block, SyntaxNode? Awaited)> _seen = new();
    private readonly Stack<(BasicBlock Block, SyntaxNode? Awaited)> _pending = new();

    private HeldAcrossAwait(Wait acquisition, ControlFlowGraph graph, HashSet<SyntaxNode> releases)
    {
        _acquisition = acquisition;
        _graph = graph;
        _releases = releases;
        _answer = AnswerLocal(acquisition);
    }

    /// <summary>The await; null when there is none, or the lock goes with awaits.</summary>
    public static SyntaxNode? Find(Wait acquisition, ISymbol containingSymbol)
    {
        if (!IsConcerned(acquisition) || !Releases.IsByCall(acquisition) || !IsAsync(acquisition.Operation, containingSymbol))
            return null;

        var function = acquisition.Operation.EnclosingFunction();
        var releases = new HashSet<SyntaxNode>((function ?? acquisition.Operation.Root()).WithoutFunctions()
            .OfType<IInvocationOperation>().Where(call => call.IsReleaseOf(acquisition)).Select(call => call.Syntax));
        return releases.Count > 0 && FlowGraph.Of(acquisition.Operation.Root(), function) is { } graph
            ? new HeldAcrossAwait(acquisition, graph, releases).Search()
            : null;
    }

    /// <summary>
    /// A lock that its thread must give back; and a kernel object (those are what can have a name) that blocks its caller's thread
    /// without a limit, although no thread owns it.
    /// </summary>
    private static bool IsConcerned(Wait acquisition) =>
        acquisition.Entry.Subject == WaitSubject.Lock
        && (acquisition.Entry.IsThreadAffine
            || (acquisition.Entry.Sharing == WaitSharing.Named && acquisition.Bound == Bound.None && (acquisition.Member as IMethodSymbol)?.ReturnType.IsTask() == false));

    private static bool IsAsync(IOperation operation, ISymbol containingSymbol) => operation.EnclosingFunction() switch
    {
        IAnonymousFunctionOperation lambda => lambda.Symbol.IsAsync,
        ILocalFunctionOperation local => local.Symbol.IsAsync,
        _ => containingSymbol is IMethodSymbol { IsAsync: true },
    };

    private SyntaxNode? Search()
    {
        foreach (var block in _graph.Blocks)
        {
            var operations = block.AllOperations().SkipWhile(operation => !IsAcquisition(operation)).ToList();
            if (operations.Count > 0 && Walk(block, operations, null) is { } found)
                return found;
        }

        while (_pending.Count > 0)
        {
            var (block, awaited) = _pending.Pop();
            if (Walk(block, block.AllOperations(), awaited) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>Follows the block while the lock is held; the await when it is given back after one.</summary>
    private SyntaxNode? Walk(BasicBlock block, IEnumerable<IOperation> operations, SyntaxNode? awaited)
    {
        var isHeld = Follow(operations, ref awaited);
        if (!isHeld)
            return awaited;
        if (awaited is not null && Finallies(block).Any(GivesBack))
            return awaited;

        foreach (var branch in Branches(block))
        {
            var after = awaited;
            if (branch.FinallyRegions.Any(region => !Follow(Operations(region), ref after)))
            {
                if (after is not null)
                    return after;
            }
            else if (branch.Destination is { } next)
            {
                Enter(next, after);
            }
        }

        foreach (var handler in Handlers(block))
            Enter(handler, awaited);
        return null;
    }

    private void Enter(BasicBlock block, SyntaxNode? awaited)
    {
        if (_seen.Add((block, awaited)))
            _pending.Push((block, awaited));
    }

    /// <summary>False when the lock is given back on the way; awaits before that are noted.</summary>
    private bool Follow(IEnumerable<IOperation> operations, ref SyntaxNode? awaited)
    {
        foreach (var operation in operations)
        {
            if (operation is IInvocationOperation && _releases.Contains(operation.Syntax))
                return false;
            if (operation is IAwaitOperation || operation.Kind == OperationKind.YieldReturn)
                awaited ??= operation.Syntax;
        }

        return true;
    }

    /// <summary>Where control goes next; where the block asks whether the lock was acquired, only where it was.</summary>
    private IEnumerable<ControlFlowBranch> Branches(BasicBlock block)
    {
        var isAcquired = block.ConditionKind != ControlFlowConditionKind.None && block.BranchValue is { } value ? Asks(value) : null;
        var onConditional = isAcquired is { } acquired ? acquired == (block.ConditionKind == ControlFlowConditionKind.WhenTrue) : (bool?)null;
        if (onConditional != true && block.FallThroughSuccessor is { } fallThrough)
            yield return fallThrough;
        if (onConditional != false && block.ConditionalSuccessor is { } conditional)
            yield return conditional;
    }

    /// <summary>True when the value says that the lock was acquired, false when it says that it was not, null when it says something else.</summary>
    private bool? Asks(IOperation value) => value.Unwrapped() switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not } not => !Asks(not.Operand),
        ILocalReferenceOperation local when SymbolEqualityComparer.Default.Equals(local.Local, _answer) => true,
        var plain when IsAcquisition(plain) => true,
        _ => null,
    };

    private bool IsAcquisition(IOperation operation) => operation.Kind == _acquisition.Operation.Kind && operation.Syntax == _acquisition.Operation.Syntax;

    /// <summary>The local that the answer goes to, by assignment or by reference.</summary>
    private static ISymbol? AnswerLocal(Wait acquisition)
    {
        foreach (var argument in acquisition.Arguments)
        {
            if (argument is { Parameter: { RefKind: RefKind.Ref, Type.SpecialType: SpecialType.System_Boolean }, Value: ILocalReferenceOperation taken })
                return taken.Local;
        }

        return acquisition.Operation.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation local } => local.Local,
            _ => null,
        };
    }

    private bool GivesBack(ControlFlowRegion region) => Operations(region).Any(operation => operation is IInvocationOperation && _releases.Contains(operation.Syntax));

    private IEnumerable<IOperation> Operations(ControlFlowRegion region)
    {
        for (var i = region.FirstBlockOrdinal; i <= region.LastBlockOrdinal; i++)
        {
            foreach (var operation in _graph.Blocks[i].AllOperations())
                yield return operation;
        }
    }

    /// <summary>What runs when an exception leaves the block.</summary>
    private static IEnumerable<ControlFlowRegion> Finallies(BasicBlock block) =>
        TriesAround(block).Where(region => region.EnclosingRegion!.Kind == ControlFlowRegionKind.TryAndFinally).Select(region => region.EnclosingRegion!.NestedRegions.Last());

    /// <summary>The handlers an exception may run into while the lock is held: not those of a try that the acquisition stands in, for it may be what threw.</summary>
    private IEnumerable<BasicBlock> Handlers(BasicBlock block) =>
        from region in TriesAround(block)
        where region.EnclosingRegion!.Kind == ControlFlowRegionKind.TryAndCatch && !Operations(region).Any(IsAcquisition)
        from handler in region.EnclosingRegion!.NestedRegions
        where handler != region
        select _graph.Blocks[handler.FirstBlockOrdinal];

    private static IEnumerable<ControlFlowRegion> TriesAround(BasicBlock block)
    {
        for (var region = block.EnclosingRegion; region.EnclosingRegion is { } outer; region = outer)
        {
            if (region.Kind == ControlFlowRegionKind.Try)
                yield return region;
        }
    }
}
