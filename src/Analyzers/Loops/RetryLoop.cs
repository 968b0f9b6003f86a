using LockAnalyzers.Attempts;
using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
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
internal sealed class RetryLoop
{
    private static readonly RetryLoop NoLoop = new(Repetition.None, null);

    private RetryLoop(Repetition repetition, Location? place)
    {
        Repetition = repetition;
        Place = place;
    }

    public Repetition Repetition { get; }

    /// <summary>Where an endless one is reported; null for every other.</summary>
    public Location? Place { get; }

    /// <summary>For an attempt that throws when it fails.</summary>
    public static RetryLoop AfterException(IOperation attempt, Func<ITypeSymbol?, bool> isCaughtBy, ResolvedCatalog catalog) =>
        Judge(attempt, catalog, graph => new Ways(graph.Handlers(graph.Attempt, isCaughtBy).ToList(), graph.Successors(graph.Attempt).ToList(), null, null));

    /// <summary>For an attempt that says so when it fails.</summary>
    public static RetryLoop AfterAnswer(Attempt attempt, ResolvedCatalog catalog) => Judge(attempt.Operation, catalog, graph =>
    {
        var turn = graph.From(graph.Successors(graph.Attempt));
        var answer = new Answer(attempt, new LoopState(graph, turn.Append(graph.Attempt).Distinct(), catalog), catalog);
        Func<BasicBlock, bool?> refused = block => answer.Outcome(block, isGranted: false), granted = block => answer.Outcome(block, isGranted: true);
        if (attempt.Refusal != Refusal.Unknown)
            return new Ways(graph.Successors(graph.Attempt, refused(graph.Attempt)).ToList(), graph.Successors(graph.Attempt, granted(graph.Attempt)).ToList(), refused, granted);
        return turn.Any(block => graph.MayLeave(block) && answer.DecidesOn(block.BranchValue!))
            ? new Ways(graph.Successors(graph.Attempt).ToList(), new List<BasicBlock>(), null, null)
            : null;
    });

    /// <summary>True when the attempt is made again after such an exception, however often.</summary>
    public static bool ComesBackAfter(IOperation attempt, Func<ITypeSymbol?, bool> isCaughtBy) =>
        LoopGraph.Around(attempt) is { } graph && graph.From(graph.Handlers(graph.Attempt, isCaughtBy)).Contains(graph.Attempt);

    /// <summary>Each loop around the attempt is judged by itself, from the inside out: a worker's loop around it is none of its own.</summary>
    private static RetryLoop Judge(IOperation attempt, ResolvedCatalog catalog, Func<LoopGraph, Ways?> waysIn)
    {
        if (LoopGraph.Around(attempt) is not { } graph)
            return NoLoop;
        var result = NoLoop;
        foreach (var loop in RepeatedCode.Loops(attempt.Syntax))
        {
            var scope = graph.Within(loop.Span);
            var repetition = waysIn(scope) is { } ways ? Judge(scope, attempt, catalog, ways) : Repetition.None;
            if (repetition == Repetition.Endless)
                return new RetryLoop(repetition, LoopPlace.Of(loop));
            if (repetition == Repetition.Bounded)
                result = new RetryLoop(repetition, null);
        }

        if (LoopPlace.OfJump(graph, attempt) is not { } jump || waysIn(graph) is not { } jumping)
            return result;
        return Judge(graph, attempt, catalog, jumping) switch
        {
            Repetition.Endless when result.Repetition == Repetition.None => new RetryLoop(Repetition.Endless, jump),
            Repetition.Bounded => new RetryLoop(Repetition.Bounded, null),
            _ => result,
        };
    }

    private static Repetition Judge(LoopGraph graph, IOperation attempt, ResolvedCatalog catalog, Ways ways)
    {
        var afterFailure = graph.From(ways.Failure, null, ways.Refused);
        if (!afterFailure.Contains(graph.Attempt))
            return Repetition.None;

        var afterSuccess = graph.From(ways.Success, null, ways.Granted);
        var turn = new LoopState(graph, afterFailure.Concat(afterSuccess).Append(graph.Attempt).Distinct(), catalog);
        if (Inputs(attempt, catalog).Any(input => turn.Varies(input)) || !SuccessEnds(graph, afterSuccess, afterFailure, catalog))
            return Repetition.None;

        var bound = new LoopBound(graph, turn, attempt, catalog);
        return !Timeouts(attempt).Any(timeout => turn.Dwindles(timeout))
            && !bound.Ends(graph.Attempt)
            && graph.From(ways.Failure, bound.Ends, ways.Refused).Contains(graph.Attempt)
            ? Repetition.Endless
            : Repetition.Bounded;
    }

    /// <summary>What must stay the same from turn to turn. A time-out may grow, and a file may be opened anew, if it is the same one.</summary>
    private static IEnumerable<IOperation> Inputs(IOperation attempt, ResolvedCatalog catalog) =>
        attempt.ChildOperations.Except(Timeouts(attempt)).SelectMany(input => Opened(input, attempt, catalog) is { Count: > 0 } opens ? opens.SelectMany(open => open.ChildOperations) : new[] { input });

    /// <summary>The opens that a variable is filled with; none when it may hold anything else.</summary>
    private static List<IOperation> Opened(IOperation input, IOperation attempt, ResolvedCatalog catalog)
    {
        var opens = new List<IOperation>();
        if (input != (attempt as IInvocationOperation)?.Instance || LoopState.Variable(input) is not { } variable)
            return opens;
        foreach (var operation in attempt.Root().Descendants())
        {
            var (target, value) = operation switch
            {
                ISimpleAssignmentOperation assignment => (LoopState.Variable(assignment.Target), assignment.Value),
                IVariableDeclaratorOperation declarator => (declarator.Symbol, declarator.GetVariableInitializer()?.Value),
                _ => default((ISymbol?, IOperation?)),
            };
            if (value is null || !SymbolEqualityComparer.Default.Equals(target, variable))
                continue;
            value = value.Unwrapped();
            var method = value switch
            {
                IObjectCreationOperation creation => creation.Constructor,
                IInvocationOperation call => call.TargetMethod,
                _ => null,
            };
            if (method is null || catalog.FileOpens.Find(method) is null)
                return new List<IOperation>();
            opens.Add(value);
        }

        return opens;
    }

    private static IEnumerable<IOperation> Timeouts(IOperation attempt) => attempt.ChildOperations.Where(input =>
        input is IArgumentOperation { Parameter: { } parameter } && CallBound.IsTimeout(parameter.Type, parameter.Name));

    /// <summary>
    /// A retry ends with its first success. A loop that goes on after it has other work, of which this is a part: unless a
    /// variable that only success sets ends it.
    /// </summary>
    private static bool SuccessEnds(LoopGraph graph, HashSet<BasicBlock> afterSuccess, HashSet<BasicBlock> afterFailure, ResolvedCatalog catalog)
    {
        if (!afterSuccess.Contains(graph.Attempt))
            return true;
        var setBySuccess = new LoopState(graph, afterSuccess.Except(afterFailure).Append(graph.Attempt), catalog);
        return afterSuccess.Any(block => graph.MayLeave(block)
            && block.BranchValue!.DescendantsAndSelf().Any(part => LoopState.Variable(part) is { } variable && setBySuccess.IsWritten(variable) && !setBySuccess.IsCounter(variable)));
    }

    /// <summary>Where control goes when the attempt fails and when it succeeds, and how its answer decides what follows.</summary>
    private sealed record Ways(
        List<BasicBlock> Failure, List<BasicBlock> Success, Func<BasicBlock, bool?>? Refused, Func<BasicBlock, bool?>? Granted);
}
