using System.Collections.Immutable;
using LockAnalyzers.Catalog;
using LockAnalyzers.Shutdown.Roots;
using LockAnalyzers.Shutdown.Workers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Paths;

/// <summary>What becomes of an await that nothing bounds.</summary>
internal enum AwaitMode
{
    /// <summary>The caller does not wait: what stands behind the first await is no part of the path.</summary>
    Leaves,

    /// <summary>The caller waits for the task, and nothing else bounds it.</summary>
    Judged,

    /// <summary>The caller waits for the task, and its token is used on the way.</summary>
    Trusted,
}

/// <summary>
/// Walks from a root through the bodies it reaches and finds the first step that may never return, unless a guard is armed
/// before it. Work that is handed to another thread is not walked: the path does not wait for it.
/// </summary>
internal sealed class ShutdownPath
{
    /// <summary>Deeper chains of calls were not met in public code; the walk must stay cheap.</summary>
    private const int MostDepth = 16;

    private readonly Bodies _bodies;
    private readonly ShutdownFacts _facts;
    private readonly Dictionary<IOperation, ImmutableArray<Step>> _steps = new();
    private readonly HashSet<(IOperation Body, AwaitMode Mode, IOperation? Call)> _visited = new();
    private readonly Stack<(IMethodSymbol Method, IInvocationOperation? Call)> _frames = new();
    private Step? _told;
    private bool _trustsListeners;
    private bool _hasWayOut;

    public ShutdownPath(Bodies bodies, ShutdownFacts facts)
    {
        _bodies = bodies;
        _facts = facts;
    }

    /// <summary>
    /// The first step on the path that may never return; null when there is none, or when a guard is armed before it. An await for a worker that was
    /// told to end is taken where there is nothing worse.
    /// </summary>
    public Step? FirstRisk(Root root, DelegateTarget function, AwaitMode mode)
    {
        _trustsListeners = root.Handler is null; // Events that tell of a service's state are no shutdown hooks.
        _hasWayOut = root.Entry.IsRepeated;
        _visited.Clear();
        _told = null;
        return Walk(function, mode, call: null) is { IsArmed: false, Risk: var risk } ? risk ?? _told : null;
    }

    /// <summary>True when the function, or one that it calls or registers for what runs before the root, arms a guard.</summary>
    public bool ArmsGuard(DelegateTarget function, Root root)
    {
        var seen = new HashSet<IOperation>();
        var own = UnguardedRoot.Target(root, _bodies)?.Body;
        return Arms(function, inHandler: false);

        bool Arms(DelegateTarget current, bool inHandler) =>
            seen.Add(current.Body) && seen.Count <= MostDepth * MostDepth
            && Steps(current).Any(step => step.Kind switch
            {
                StepKind.Guard => !(inHandler && EndsWithFunction(step.Operation)),
                StepKind.Call => Arms(step.Target, inHandler),
                StepKind.Register => step.Target.Body != own && RunsBefore(step.Event!, root.Entry) && Arms(step.Target, inHandler: true),
                _ => false,
            });
    }

    /// <summary>
    /// Handlers of one event run in turn. Signals stand for each other; what runs early runs before all but those, and a signal not before what
    /// the return from Main begins.
    /// </summary>
    private static bool RunsBefore(ShutdownRoot registered, ShutdownRoot root) =>
        !root.IsRepeated && (registered == root || (!registered.IsLate && !(registered.IsRepeated && root.RunsUnasked)));

    /// <summary><c>using var watchdog = ShutdownWatchdog.Arm();</c></summary>
    private static bool EndsWithFunction(IOperation guard)
    {
        for (var current = guard.Parent; current is not null and not IAnonymousFunctionOperation; current = current.Parent)
        {
            if (current is IUsingOperation or IUsingDeclarationOperation)
                return true;
            if (current is IBlockOperation)
                return false;
        }

        return false;
    }

    private Outcome Walk(DelegateTarget function, AwaitMode mode, IInvocationOperation? call)
    {
        var passesDelegates = function.Method.Parameters.Any(parameter => parameter.Type.TypeKind == TypeKind.Delegate);
        if (_frames.Count >= MostDepth || !_visited.Add((function.Body, mode, passesDelegates ? call : null)))
            return default;

        _frames.Push((function.Method, call));
        try
        {
            foreach (var step in Steps(function))
            {
                if (mode == AwaitMode.Leaves && step is { Kind: StepKind.Await, Operation: not IReturnOperation })
                    return default;
                if (Take(step, mode) is { IsEnd: true } outcome)
                    return outcome;
            }

            return default;
        }
        finally
        {
            _frames.Pop();
        }
    }

    private Outcome Take(Step step, AwaitMode mode)
    {
        switch (step.Kind)
        {
            case StepKind.Guard:
                return Outcome.Armed;
            case StepKind.WayOut:
                return _hasWayOut ? Outcome.Armed : default;
            case StepKind.Foreign:
                return step.IsEvent && _trustsListeners ? default : new Outcome(step);
            case StepKind.Wait:
                return step.Tasks.IsDefault ? new Outcome(step) : WaitForTasks(step, AwaitMode.Judged).BlamedOn(step);
            case StepKind.Await:
                return mode == AwaitMode.Leaves ? default : WaitForTasks(step, mode);
            case StepKind.Call:
                // What an awaited function does behind its first await is judged where it is awaited.
                return Walk(step.Target, step.IsForgotten || step.Target.Method.IsAsync ? AwaitMode.Leaves : mode, step.Call);
            case StepKind.CallParameter:
                return CallParameter(step, mode);
            default:
                return default;
        }
    }

    /// <summary>A task begun by a function of this type may be seen to end; of every other the path knows nothing.</summary>
    private Outcome WaitForTasks(Step step, AwaitMode mode)
    {
        foreach (var task in step.Tasks)
        {
            if (step.Kind == StepKind.Await && mode == AwaitMode.Judged && ToldWorker.IsAwaited(task, new[] { step.Operation }, _facts))
            {
                _told ??= step with { IsToldToEnd = true };
                continue;
            }

            var outcome = task is IInvocationOperation call && _bodies.Find(call.TargetMethod) is { } body ? Walk(new DelegateTarget(call.TargetMethod, body), mode, call)
                : mode == AwaitMode.Judged && !(step.Kind == StepKind.Await && Frees(task)) ? new Outcome(step)
                : default;
            if (outcome.IsEnd)
                return outcome;
        }

        return default;
    }

    /// <summary>What is only disposed of, and elsewhere: no service would pass a token on there, because none is taken.</summary>
    private bool Frees(IOperation task) => task is IInvocationOperation { TargetMethod: var method } && _facts.Catalog.ShutdownRoots.Find(method) is { IsOfObject: true };

    /// <summary>The delegate that the caller passed is run; one that comes from outside the path is not ours.</summary>
    private Outcome CallParameter(Step step, AwaitMode mode)
    {
        var parameter = step.Parameter!;
        foreach (var (method, call) in _frames)
        {
            if (call is null || !SymbolEqualityComparer.Default.Equals(method, parameter.ContainingSymbol))
                continue;
            if (call.Arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == parameter.Ordinal)?.Value is { } passed && _bodies.Target(passed) is { Body: not null } target)
                return Walk(target, target.Method.IsAsync ? AwaitMode.Leaves : mode, call);
            break;
        }

        return BodyReader.IsForeign(step.Operation) ? new Outcome(step) : default;
    }

    private ImmutableArray<Step> Steps(DelegateTarget function)
    {
        if (!_steps.TryGetValue(function.Body, out var steps))
            _steps[function.Body] = steps = BodyReader.Read(function, _bodies, _facts);
        return steps;
    }

    /// <summary>How a walk ended: at a step that may never return, at a guard, or (default) at neither.</summary>
    private readonly record struct Outcome(Step? Risk, bool IsArmed = false)
    {
        public static Outcome Armed => new(null, IsArmed: true);

        public bool IsEnd => IsArmed || Risk is not null;

        public Outcome BlamedOn(Step step) => Risk is null ? this : new Outcome(step);
    }
}
