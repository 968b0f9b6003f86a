using LockAnalyzers.Framework;
using LockAnalyzers.Shutdown.Roots;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Paths;

/// <summary>The way from a root to a wait.</summary>
/// <param name="Last">The function that waits.</param>
/// <param name="Step">What it does there.</param>
/// <param name="Wait">What is to blame: the call, or one that made a task.</param>
/// <param name="Name">As messages name it; of a call that only passes on to a wait, with that.</param>
internal sealed record Chain(WaitGraph.Node Last, Step Step, IOperation Wait, string Name)
{
    public Root Root => Last.Root;

    /// <summary>
    /// False for a thread that blocks on a task it has just begun and of which nothing is known, in what stops an object: the usual
    /// bridge from Dispose to DisposeAsync, which most often ends. A task that was begun elsewhere is a worker. And false for a wait
    /// far from what stops an object: what the calls between do is less and less a matter of the stop. And for what mostly ends, a turn among
    /// others, and where the object is a scope (a struct that a <c>using</c> ends). And for a lock of a thread on the way to the end of the process.
    /// </summary>
    public bool IsSure => !Root.Entry.IsOfObject ? Distance <= FarthestOfProcess && !IsLockOfThread : (Distance <= FarthestSure && !IsBridge && !MostlyEnds && !IsTurn && !Root.Owner.ContainingType.IsValueType);

    /// <summary>True for what is on its way out: a worker that was told to end, a child that was killed.</summary>
    public bool MostlyEnds { get; init; }

    /// <summary>True for a lock of this process that a thread holds: what is reported of a lock statement is one that is held across a wait.</summary>
    public bool IsLockOfThread { get; init; }

    /// <summary>True for a turn at a lock, or for tasks, that nobody blocks for.</summary>
    public bool IsTurn { get; init; }

    private const int FarthestSure = 2;

    /// <summary>What ends the process is followed further; but of the chains through more types than this that were read, none told of the shutdown.</summary>
    private const int FarthestOfProcess = 4;

    /// <summary>How many types lie between: helpers of one type are one piece of work.</summary>
    private int Distance => Nodes.Count(node => node.Caller is { } caller && !SymbolEqualityComparer.Default.Equals(node.Function.Method.ContainingType, caller.Function.Method.ContainingType));

    /// <summary>Blocks on a task for its result, or on one that it has just begun.</summary>
    private bool IsBridge => !Step.Tasks.IsDefault && Wait == Step.Operation
        && (Wait is IPropertyReferenceOperation || Step.Tasks.All(task => task is IInvocationOperation || IsFilledHere(task)));

    /// <summary>An array that the same function has filled with tasks it began.</summary>
    private static bool IsFilledHere(IOperation tasks) =>
        Array(tasks) is { } array
        && (tasks.EnclosingFunction() ?? tasks.Root()).Descendants().OfType<ISimpleAssignmentOperation>()
            .Where(set => set.Target is IArrayElementReferenceOperation { ArrayReference: var filled } && Variable.Is(filled, array)).ToList() is { Count: > 0 } elements
        && elements.TrueForAll(static set => set.Value.Unwrapped() is IInvocationOperation);

    private static ILocalSymbol? Array(IOperation tasks) => tasks switch
    {
        ILocalReferenceOperation { Local: var array } => array,
        { Parent: IVariableInitializerOperation { Parent: IVariableDeclaratorOperation { Symbol: var array } } } => array,
        _ => null,
    };

    /// <summary>The functions on the way, the root's own first.</summary>
    public IEnumerable<WaitGraph.Node> Nodes
    {
        get
        {
            var nodes = new Stack<WaitGraph.Node>();
            for (var node = Last; node is not null; node = node.Caller)
                nodes.Push(node);
            return nodes;
        }
    }

    /// <summary><c>Spooler.Dispose → Flush → SemaphoreSlim.Wait</c></summary>
    public string Text => string.Join(" → ", Nodes.Select(node => node.Caller is null ? Root.Name : NameOf(node)).Append(Name));

    /// <summary>A function on the way: a type is named where it is another than the caller's.</summary>
    private static string NameOf(WaitGraph.Node node) =>
        node.Function.Method is { MethodKind: MethodKind.AnonymousFunction } ? "a lambda"
        : node.Function.Method is { MethodKind: not (MethodKind.Constructor or MethodKind.StaticConstructor) } method
            && SymbolEqualityComparer.Default.Equals(method.ContainingType, node.Caller!.Function.Method.ContainingType) ? Display.Name(method)
        : Display.Of(node.Function.Method);
}
