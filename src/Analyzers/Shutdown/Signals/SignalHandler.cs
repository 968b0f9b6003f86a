using LockAnalyzers.Catalog;
using LockAnalyzers.Shutdown.Guards;
using LockAnalyzers.Shutdown.Paths;
using LockAnalyzers.Shutdown.Roots;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Signals;

/// <summary>What the handler of a signal or of a key of the terminal does, itself and by the functions of its file that it calls.</summary>
internal sealed class SignalHandler
{
    /// <summary>A handler that calls more functions than this does its work itself.</summary>
    private const int MostFunctions = 32;

    private readonly HashSet<IOperation> _seen = new();
    private readonly Root _root;
    private readonly Bodies _bodies;
    private readonly ShutdownFacts _facts;

    private SignalHandler(Root root, DelegateTarget function, Bodies bodies, ShutdownFacts facts)
    {
        _root = root;
        _bodies = bodies;
        _facts = facts;
        Function = function;
        Visit(function);
    }

    public DelegateTarget Function { get; }

    /// <summary>True when it ends the process itself, on whatever path, arms what does, or takes itself off the signal.</summary>
    public bool HasWayOut { get; private set; }

    /// <summary>True when it says anything at all about whether the process lives on.</summary>
    public bool Decides { get; private set; }

    /// <summary>True when it may let the process end, or leaves that to code that is not seen.</summary>
    public bool MayLetEnd { get; private set; }

    /// <summary>True when it treats its keys or signals differently: another one may be the way out.</summary>
    public bool Chooses { get; private set; }

    /// <summary>True when it tells somebody to stop.</summary>
    public bool Signals { get; private set; }

    /// <summary>True when it tells a host to stop.</summary>
    public bool StopsHost { get; private set; }

    /// <summary>True when it does more than telling somebody to stop.</summary>
    public bool Works { get; private set; }

    /// <summary>Where reports of the handler stand: the name of its function, or where a lambda is registered.</summary>
    public Location Location => IsNamed ? Function.Method.Locations[0] : _root.Location;

    private bool IsNamed => Function.Method.MethodKind != MethodKind.AnonymousFunction;

    /// <summary>The handler of a root that runs once more with each signal; null for other roots, and where the handler stands in another file.</summary>
    public static SignalHandler? Of(Root root, Bodies bodies, ShutdownFacts facts) =>
        root.Entry.IsRepeated && UnguardedRoot.Target(root, bodies) is { Body: not null } function ? new(root, function, bodies, facts) : null;

    /// <summary>True when an earlier registration in the file has the same function, and so is the one that reports.</summary>
    public bool IsReportedElsewhere(SemanticModel model, Func<Root, bool> isOfInterest, CancellationToken cancellation)
    {
        if (!IsNamed)
            return false;
        foreach (var other in _facts.File(model, cancellation).Roots)
        {
            if (other.Location == _root.Location)
                return false;
            if (other.Entry.IsRepeated && isOfInterest(other) && UnguardedRoot.Target(other, _bodies) is { } target && target.Body == Function.Body)
                return true;
        }

        return false;
    }

    /// <summary>True when each path through the handler keeps the process alive.</summary>
    public bool KeepsAlways() => KeepsAlways(Function, 0);

    private bool KeepsAlways(DelegateTarget function, int depth)
    {
        if (depth > MostFunctions || FlowGraph.Of(function.Body.Root(), function.Body.EnclosingFunction()) is not { } graph)
            return false;

        var seen = new HashSet<BasicBlock>();
        var pending = new Stack<BasicBlock>();
        pending.Push(graph.Blocks[0]);
        while (pending.Count > 0)
        {
            var block = pending.Pop();
            if (!seen.Add(block) || Keeps(block, depth))
                continue;
            if (block.Kind == BasicBlockKind.Exit)
                return false;
            foreach (var branch in new[] { block.FallThroughSuccessor, block.ConditionalSuccessor })
            {
                if (branch?.Destination is { } next && !branch.FinallyRegions.Any(region => Enumerable.Range(region.FirstBlockOrdinal, region.LastBlockOrdinal - region.FirstBlockOrdinal + 1).Any(number => Keeps(graph.Blocks[number], depth))))
                    pending.Push(next);
            }
        }

        return true;
    }

    private bool Keeps(BasicBlock block, int depth) => block.AllOperations().Any(operation => operation switch
    {
        ISimpleAssignmentOperation set => IsKeep(set.Target) && IsTrue(set.Value),
        IInvocationOperation call => HandsOn(call) && _bodies.Find(call.TargetMethod) is { } body && KeepsAlways(new(call.TargetMethod, body), depth + 1),
        _ => false,
    });

    private void Visit(DelegateTarget function)
    {
        if (_seen.Count >= MostFunctions || !_seen.Add(function.Body))
            return;
        foreach (var operation in function.Body.DescendantsAndSelf())
        {
            if (IsInCatch(operation))
                continue; // Where something fails, it is no press that decides.
            switch (operation)
            {
                case IInvocationOperation call:
                    VisitCall(call);
                    break;
                case IAssignmentOperation set when IsKeep(set.Target):
                    Decides = true;
                    MayLetEnd |= set is not ISimpleAssignmentOperation || !IsTrue(set.Value);
                    break;
                case ISimpleAssignmentOperation set when IsFlag(set):
                    Signals = true;
                    break;
                case IEventAssignmentOperation { Adds: false, EventReference: IEventReferenceOperation { Event: var left } } when _facts.Catalog.ShutdownRoots.Find(left) == _root.Entry:
                    HasWayOut = true;
                    break;
                case IPropertyReferenceOperation asked when _facts.Role(asked.Property) == ShutdownRole.Which:
                    Chooses |= IsChoice(asked);
                    break;
                case IEventAssignmentOperation or IUsingOperation or IUsingDeclarationOperation:
                case IPropertyReferenceOperation property when _facts.Catalog.ManagedWaits.Find(property.Property) is not null:
                case IAwaitOperation:
                    Works = true;
                    break;
            }
        }
    }

    private void VisitCall(IInvocationOperation call)
    {
        var role = _facts.Role(call.TargetMethod);
        if (role is ShutdownRole.Exit or ShutdownRole.Kill || GuardCall.IsGuard(call, role, _bodies, _facts) || GuardCall.IsKill(call, _facts) || IsRegistration(call.Instance))
            HasWayOut = true;
        else if (role == ShutdownRole.Signal)
            Signals = true;
        else if (role == ShutdownRole.StopHost)
            StopsHost = true;
        else if (Called(call) is { Body: not null } function)
            Visit(function);
        else if (call.TargetMethod.MethodKind == MethodKind.DelegateInvoke)
            Works = true;
        else
            VisitUnseen(call);
    }

    private void VisitUnseen(IInvocationOperation call)
    {
        HasWayOut |= GuardHelper.SeemsToArm(call.TargetMethod, _facts) || GuardHelper.SeemsToEnd(call.TargetMethod, _facts);
        MayLetEnd |= HandsOn(call);
        Works |= _facts.Catalog.ManagedWaits.Find(call.TargetMethod, call.Instance?.Type) is not null || (!IsPartOfAnother(call) && !TellingNames.Tells(call.TargetMethod, _facts.Catalog));
    }

    private DelegateTarget? Called(IInvocationOperation call) =>
        call.TargetMethod.MethodKind == MethodKind.DelegateInvoke && call.Instance is { } instance
            ? _bodies.Target(instance is IConditionalAccessInstanceOperation access && access.Receiver() is { } receiver ? receiver : instance)
            : _bodies.Find(call.TargetMethod) is { } body ? new DelegateTarget(call.TargetMethod, body) : null;

    /// <summary>The registration itself is disposed of: the next signal meets the default.</summary>
    private bool IsRegistration(IOperation? instance) => instance?.Unwrapped().Type is INamedTypeSymbol type && type.ToDisplayString() == _root.Entry.Name.Type && _root.Entry.Form == RootForm.Call;

    private bool IsKeep(IOperation target) => target is IPropertyReferenceOperation { Property: var property } && _facts.Role(property) == ShutdownRole.Keep;

    private static bool IsTrue(IOperation value) => ValueReader.ReadSingle(value).Boolean == true;

    /// <summary>True when the call is given what the handler decides with.</summary>
    private bool HandsOn(IInvocationOperation call) => call.Arguments.Any(argument =>
        argument.Value.Unwrapped() is IParameterReferenceOperation { Parameter.Type: INamedTypeSymbol type } && type.GetMembers().Any(member => _facts.Role(member) == ShutdownRole.Keep));

    private static bool IsInCatch(IOperation operation)
    {
        for (var current = operation; current is not null and not IAnonymousFunctionOperation; current = current.Parent)
        {
            if (current is ICatchClauseOperation)
                return true;
        }

        return false;
    }

    /// <summary><c>_isStopping = true</c>: a switch of this program that somebody else looks at.</summary>
    private static bool IsFlag(ISimpleAssignmentOperation set) =>
        set.Value.ConstantValue is { HasValue: true, Value: bool }
        && set.Target switch
        {
            ILocalReferenceOperation local => !SymbolEqualityComparer.Default.Equals(local.Local.ContainingSymbol, (set.EnclosingFunction() as IAnonymousFunctionOperation)?.Symbol),
            IMemberReferenceOperation member => !member.Member.DeclaringSyntaxReferences.IsEmpty,
            _ => false,
        };

    private static bool IsChoice(IOperation value)
    {
        for (var current = value; current.Parent is { } parent; current = parent)
        {
            if (parent is ISwitchOperation { Value: var chosen } && chosen == current || parent is ISwitchExpressionOperation { Value: var matched } && matched == current
                || parent is IConditionalOperation { Condition: var condition } && condition == current)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A value that something else is made of: what is said, or a question.</summary>
    private static bool IsPartOfAnother(IOperation call)
    {
        for (var current = call.Parent; current is not null; current = current.Parent)
        {
            if (current is IArgumentOperation or IInterpolationOperation || (current is IConditionalOperation conditional && conditional.Condition.Syntax.Span.Contains(call.Syntax.Span)))
                return true;
            if (current is IExpressionStatementOperation or IBlockOperation or IVariableDeclaratorOperation)
                return false;
        }

        return false;
    }
}
