using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Holding;
using LockAnalyzers.Shutdown.Roots;
using LockAnalyzers.Tokens;
using LockAnalyzers.Values;
using LockAnalyzers.Waits;
using LockAnalyzers.Waits.Intent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Paths;

/// <summary>
/// Follows calls from a set of roots to the waits that nothing bounds, breadth first, so that each wait is found by its shortest chain.
/// Each function is read once, whoever calls it: the cost is linear in the code that is reached. Not thread-safe.
/// </summary>
internal sealed class WaitGraph
{
    /// <summary>A chain of more calls than this is not followed: no reader would believe it, and generated code must not stop the build.</summary>
    private const int LongestChain = 32;

    /// <summary>A delegate is handed on through so many functions at most; more do not occur by hand, and functions may hand it to each other.</summary>
    private const int MostHands = 4;

    private readonly Bodies _bodies;
    private readonly ShutdownFacts _facts;
    private readonly Dictionary<IOperation, IReadOnlyList<Step>> _steps = new();
    private readonly Dictionary<IOperation, bool> _arms = new();
    private readonly HashSet<(IOperation Body, bool IsAwaited)> _seen = new();
    private readonly Queue<Node> _pending = new();
    private readonly Dictionary<SyntaxNode, Chain> _waits = new();

    private WaitGraph(Bodies bodies, ShutdownFacts facts)
    {
        _bodies = bodies;
        _facts = facts;
    }

    /// <summary>The unbounded waits that the roots reach, each by its shortest chain; of equally short ones that of the first root.</summary>
    public static IReadOnlyCollection<Chain> Reach(IEnumerable<Root> roots, Bodies bodies, ShutdownFacts facts)
    {
        var graph = new WaitGraph(bodies, facts);
        foreach (var root in roots)
        {
            if (UnguardedRoot.Target(root, bodies) is { Body: not null } target && (root.Entry is { IsOfObject: true } or { MayBeGuarded: false } || !UnguardedRoot.IsArmedBefore(root, bodies, facts)))
                graph.Enqueue(new Node(root, target, IsAwaited: root.Handler is null, Caller: null, Call: null, Depth: 0));
        }

        while (graph._pending.Count > 0)
            graph.Visit(graph._pending.Dequeue());
        return graph._waits.Values;
    }

    private void Visit(Node node)
    {
        foreach (var step in Steps(node.Function))
        {
            // Nobody waits for what stands behind the first await.
            if (!node.IsAwaited && step is { Kind: StepKind.Await } && node.Function.Method.IsAsync)
                return;

            switch (step.Kind)
            {
                case StepKind.Wait when step.Operation is ILockOperation && node.Root.Entry.IsOfObject:
                    break; // Whoever stops an object may have stopped who holds the lock.
                case StepKind.Wait when step.Tasks.IsDefault:
                    Found(node, step, step.Operation, step.Name);
                    break;
                case StepKind.Wait:
                    WaitForTasks(node, step, blamed: step.Operation);
                    break;
                case StepKind.Await when node.IsAwaited:
                    WaitForTasks(node, step, blamed: null);
                    break;
                case StepKind.Guard:
                case StepKind.Call when Arms(step.Target):
                    return; // Whatever waits behind it, the process ends all the same.
                case StepKind.Call:
                    Follow(node, step, step.Target, isAwaited: !step.IsForgotten && !step.Target.Method.IsAsync && node.IsAwaited);
                    FollowDelegates(node, step);
                    break;
            }
        }
    }

    /// <summary>Goes into the functions that make the tasks; a task of which nothing is known is itself the wait, where a thread blocks on it.</summary>
    private void WaitForTasks(Node node, Step step, IOperation? blamed)
    {
        foreach (var task in step.Tasks)
        {
            if (task is IInvocationOperation wrapper && _facts.Wrappers.Passed(wrapper) is { } passed)
                Found(node, step, task, passed.Name);
            else if (task is IInvocationOperation call && _bodies.Find(call.TargetMethod) is { } body)
                Follow(node, step, new DelegateTarget(call.TargetMethod, body), isAwaited: true);
            else if (Spawned(task) is { } work)
                Follow(node, step, work, isAwaited: true);
            else if (Wait.Find(task, _facts.Catalog) is { Bound: Bound.None, Entry.Subject: not WaitSubject.Task })
                Found(node, step, task); // turn.WaitAsync(), and not the task that another task's result is.
            else if (blamed is not null)
                Found(node, step, blamed);
        }
    }

    /// <summary>The work that a task was made for, where it can be read: <c>Task.Run(() => …)</c>.</summary>
    private DelegateTarget? Spawned(IOperation task) =>
        task is IInvocationOperation { Arguments: [{ Value: var work }, ..] } call && _facts.Catalog.Spawns.Find(call.TargetMethod) is not null
        && _bodies.Target(work) is { Body: not null } target
            ? target
            : null;

    private void Follow(Node node, Step step, DelegateTarget target, bool isAwaited)
    {
        if (node.Depth < LongestChain && target.Body is not null && !IsRoot(target))
            Enqueue(new Node(node.Root, target, isAwaited, node, step, node.Depth + 1));
    }

    /// <summary>A delegate that is given to a function which calls it runs as part of that call.</summary>
    private void FollowDelegates(Node node, Step step)
    {
        if (step.Call is not { } call)
            return;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter is { Type.TypeKind: TypeKind.Delegate, Ordinal: var ordinal } && _bodies.Target(argument.Value) is { Body: not null } passed
                && Runs(step.Target, ordinal, MostHands))
            {
                Follow(node, step, passed, isAwaited: !passed.Method.IsAsync);
            }
        }
    }

    /// <summary>True for a function that calls the delegate it is given, or hands it to one that does.</summary>
    private bool Runs(DelegateTarget function, int ordinal, int hands)
    {
        foreach (var step in Steps(function))
        {
            if (step.Kind == StepKind.CallParameter && step.Parameter!.Ordinal == ordinal)
                return true;
            if (step is { Kind: StepKind.Call, Call: { } call } && hands > 0
                && call.Arguments.Any(argument => argument.Value is IParameterReferenceOperation { Parameter: var given } && given.Ordinal == ordinal
                    && SymbolEqualityComparer.Default.Equals(given.ContainingSymbol, function.Method)
                    && argument.Parameter is { } taken && Runs(step.Target, taken.Ordinal, hands - 1)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Another root on the way reports what it reaches itself.</summary>
    private bool IsRoot(DelegateTarget target) => ShutdownRoots.Stopping(target.Method, _facts) is not null;

    private void Found(Node node, Step step, IOperation wait, string? name = null)
    {
        if (_waits.ContainsKey(wait.Syntax) || IsMeant(node, wait))
            return;
        _waits.Add(wait.Syntax, new Chain(node, step, wait, name ?? Display.Of(wait))
        {
            MostlyEnds = node.Root.Entry.IsOfObject && MostlyEnds.Holds(wait, step, node.Calls, _facts),
            IsTurn = IsTurn(node, step, wait),
            IsLockOfThread = Wait.Find(wait, _facts.Catalog) is { Entry.Sharing: WaitSharing.Process } entry && IsOfThread(entry, _facts.Catalog),
        });
    }

    /// <summary>A wait that ends with the work it belongs to; and, in what stops an object, a lock of this process that is held for a moment.</summary>
    private bool IsMeant(Node node, IOperation operation) =>
        (Wait.Find(operation, _facts.Catalog) ?? (operation is IInvocationOperation call ? _facts.Wrappers.Passed(call)?.Wait : null)) is { } wait
        && (IdleLoop.Holds(wait, _facts.Catalog) || TakenBack.Holds(wait) || ForkJoin.Holds(wait, _facts.Catalog)
            || (node.Root.Entry.IsOfObject && WaitReach.Of(wait, _facts.Catalog) != Waits.Reach.System
                && (IsOfThread(wait, _facts.Catalog) || BriefLock.IsElsewhere(wait, _facts.Catalog) || (node.Depth == 0 && ShortSection.Follows(wait, _facts.Catalog)))));

    /// <summary>
    /// A turn at a lock of this process, or the end of tasks, that no thread blocks for, or that the code says nothing shall cut short: it comes when the others have had theirs.
    /// A token that the stop was given and does not pass on is another matter.
    /// </summary>
    private bool IsTurn(Node node, Step step, IOperation operation) =>
        Wait.Find(operation, _facts.Catalog) is { Entry: { Subject: WaitSubject.Lock or WaitSubject.Task, Sharing: not WaitSharing.Always } } wait && WaitReach.Of(wait, _facts.Catalog) != Waits.Reach.System
        && (wait.Arguments.Any(argument => argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Type: var type } && type.IsToken())
            || (step.Kind == StepKind.Await && !node.IsBlockedFor && TokenInScope.Find(operation) is not { IsOwn: true }));

    /// <summary>A lock of this process that a thread holds: like a lock statement.</summary>
    private static bool IsOfThread(Wait wait, ResolvedCatalog catalog) => wait.Entry is { Subject: WaitSubject.Lock, IsThreadAffine: true } && WaitReach.Of(wait, catalog) != Waits.Reach.System;

    private void Enqueue(Node node)
    {
        if (_seen.Add((node.Function.Body, node.IsAwaited)))
            _pending.Enqueue(node);
    }

    /// <summary>True for a function that arms a guard, itself or by what it calls.</summary>
    private bool Arms(DelegateTarget function)
    {
        if (!_arms.TryGetValue(function.Body, out var arms))
        {
            _arms[function.Body] = false; // Where the functions call each other.
            _arms[function.Body] = arms = Steps(function).Any(step => step.Kind == StepKind.Guard || (step.Kind == StepKind.Call && Arms(step.Target)));
        }

        return arms;
    }

    private IReadOnlyList<Step> Steps(DelegateTarget function)
    {
        if (!_steps.TryGetValue(function.Body, out var steps))
            _steps[function.Body] = steps = BodyReader.Read(function, _bodies, _facts);
        return steps;
    }

    /// <summary>A function on the way, and the call by which it is first reached.</summary>
    internal sealed record Node(Root Root, DelegateTarget Function, bool IsAwaited, Node? Caller, Step? Call, int Depth)
    {
        /// <summary>True when a thread blocks until the function has ended, here or further up.</summary>
        public bool IsBlockedFor => Call is { Kind: StepKind.Wait } || Caller is { IsBlockedFor: true };

        /// <summary>The calls from the root to here, the last first.</summary>
        public IEnumerable<IOperation> Calls
        {
            get
            {
                for (var node = this; node is { Call: { } call }; node = node.Caller)
                    yield return call.Operation;
            }
        }
    }
}
