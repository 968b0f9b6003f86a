using LockAnalyzers.Catalog;
using LockAnalyzers.Contention;

using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Loops;

/// <summary>What becomes of an attempt that fails because somebody else holds what it wants.</summary>
internal enum Repetition
{
    /// <summary>It is not made again.</summary>
    None,

    /// <summary>It is made again until a limit is reached.</summary>
    Bounded,

    /// <summary>It is made again for as long as it fails.</summary>
    Endless,
}

/// <summary>
/// Answers, by control flow, whether an attempt is repeated for ever. The limit must lie on the way that a failure takes: one
/// that only covers another error, or another branch, does not end the wait.
/// </summary>
internal static class RetryLoop
{
    /// <summary>For an attempt that throws when it fails.</summary>
    public static Repetition AfterException(IOperation attempt, Thrown thrown, ResolvedCatalog catalog) =>
        LoopGraph.Around(attempt) is { } graph
            ? Judge(graph, attempt, graph.Handlers(graph.Attempt, thrown.IsCaughtBy).ToList(), catalog)
            : Repetition.None;

    private static Repetition Judge(LoopGraph graph, IOperation attempt, List<BasicBlock> failure, ResolvedCatalog catalog)
    {
        var afterFailure = graph.From(failure);
        if (!afterFailure.Contains(graph.Attempt))
            return Repetition.None;

        var afterSuccess = graph.From(graph.Successors(graph.Attempt));
        var turn = new LoopState(afterFailure.Concat(afterSuccess).Append(graph.Attempt).Distinct(), catalog);
        if (attempt.ChildOperations.Any(input => turn.Varies(input)) || !SuccessEnds(graph, afterSuccess, afterFailure, catalog))
            return Repetition.None;

        var bound = new LoopBound(graph, turn, attempt, catalog);
        return !bound.Ends(graph.Attempt) && graph.From(failure, endsAt: bound.Ends).Contains(graph.Attempt) ? Repetition.Endless : Repetition.Bounded;
    }

    /// <summary>
    /// A retry ends with its first success. A loop that goes on after it has other work, of which this is a part: unless a
    /// variable that only success sets ends it.
    /// </summary>
    private static bool SuccessEnds(LoopGraph graph, HashSet<BasicBlock> afterSuccess, HashSet<BasicBlock> afterFailure, ResolvedCatalog catalog)
    {
        if (!afterSuccess.Contains(graph.Attempt))
            return true;
        var setBySuccess = new LoopState(afterSuccess.Except(afterFailure).Append(graph.Attempt), catalog);
        return afterSuccess.Any(block => graph.MayLeave(block)
            && block.BranchValue!.DescendantsAndSelf().Any(part => LoopState.Variable(part) is { } variable && setBySuccess.IsWritten(variable)));
    }
}
