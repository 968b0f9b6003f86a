using System.Collections.Concurrent;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown;

/// <summary>
/// What one type, with the types nested in it, has to do with the shutdown. Remembers while the compiler goes through it, and
/// thinks only at the end, and only when there is a root.
/// </summary>
internal sealed class TypeShutdown
{
    private readonly ShutdownFacts _facts;
    private readonly ConcurrentBag<(ISymbol Owner, IOperation Block)> _blocks = new();
    private readonly ConcurrentBag<Root> _roots = new();

    public TypeShutdown(ShutdownFacts facts) => _facts = facts;

    public void AddBlock(ISymbol owner, IOperation block)
    {
        _blocks.Add((owner, block));
        if (owner is IMethodSymbol method && ShutdownRoots.Member(method, _facts) is { } root)
            _roots.Add(root);
    }

    public void AddRegistration(IOperation operation, ISymbol owner)
    {
        if (ShutdownRoots.Registered(operation, owner, _facts) is { } root)
            _roots.Add(root);
    }

    /// <summary>The roots whose path may never end, with the step that may not.</summary>
    public IEnumerable<(Root Root, Step Risk)> Unguarded()
    {
        if (_roots.IsEmpty)
            yield break;

        var bodies = new TypeBodies(_blocks);
        var path = new ShutdownPath(bodies, _facts);
        foreach (var root in _roots)
        {
            if (Target(root, bodies) is { Body: not null } target
                && path.FirstRisk(root, target, Mode(root, target)) is { } risk
                && !OnlyForwards(root, target, risk)
                && !IsArmedBefore(root, bodies, path))
            {
                yield return (root, risk);
            }
        }
    }

    /// <summary>
    /// A handler that does nothing but raise an event of its own, or pass a signal on to the one who asked for it: another way to
    /// register, not a shutdown path.
    /// </summary>
    private static bool OnlyForwards(Root root, DelegateTarget target, Step risk) =>
        risk is { Kind: StepKind.Foreign or StepKind.CallParameter, Operation: IInvocationOperation call }
        && (root.Entry.IsRepeated || risk.IsEvent)
        && target.Body.DescendantsAndSelf().Count(operation => operation is IInvocationOperation or IObjectCreationOperation) == 1
        && target.Body.DescendantsAndSelf().Contains(call);

    private static DelegateTarget? Target(Root root, TypeBodies bodies) =>
        root.Handler is { } handler ? bodies.Target(handler)
        : root.Owner is IMethodSymbol method && bodies.Find(method) is { } body ? new DelegateTarget(method, body)
        : null;

    /// <summary>A host awaits its services and gives them a token; nobody awaits a handler.</summary>
    private static AwaitMode Mode(Root root, DelegateTarget target) =>
        root.Handler is not null || !target.Method.ReturnType.IsTask() ? AwaitMode.Leaves
        : ReadsToken(target) ? AwaitMode.Trusted
        : AwaitMode.Judged;

    private static bool ReadsToken(DelegateTarget function) =>
        function.Body.DescendantsAndSelf().OfType<IParameterReferenceOperation>().Any(reference =>
            reference.Parameter.Type.IsToken()
            && SymbolEqualityComparer.Default.Equals(reference.Parameter.ContainingSymbol, function.Method)
            && reference.Parent is not (INameOfOperation or ISimpleAssignmentOperation { Target: IDiscardOperation }));

    /// <summary>A guard armed where the handler is registered, where the type begins, or in the member that runs before the root.</summary>
    private static bool IsArmedBefore(Root root, TypeBodies bodies, ShutdownPath path)
    {
        foreach (var member in bodies.Members)
        {
            var method = (IMethodSymbol)member.Key;
            var runsBefore = method.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor
                || method is { IsStatic: true, Name: WellKnownMemberNames.EntryPointMethodName or WellKnownMemberNames.TopLevelStatementsEntryPointMethodName }
                || (root.Entry.Start is { } start && method.Name == start)
                || (root.Handler is not null && SymbolEqualityComparer.Default.Equals(method, root.Owner));
            if (runsBefore && path.ArmsGuard(new DelegateTarget(method, member.Value)))
                return true;
        }

        return root.Handler?.EnclosingFunction() switch
        {
            IAnonymousFunctionOperation lambda => path.ArmsGuard(new DelegateTarget(lambda.Symbol, lambda.Body)),
            ILocalFunctionOperation { Body: { } body } function => path.ArmsGuard(new DelegateTarget(function.Symbol, body)),
            _ => false,
        };
    }
}
