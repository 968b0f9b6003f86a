using LockAnalyzers.Shutdown.Paths;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Roots;

/// <summary>Whether the path from a root may never end with nothing to end the process.</summary>
internal static class UnguardedRoot
{
    /// <summary>The first step that may not return; null when there is none, or something is armed that ends the process all the same.</summary>
    public static Step? FirstRisk(Root root, Bodies bodies, ShutdownFacts facts)
    {
        var path = new ShutdownPath(bodies, facts);
        return Target(root, bodies) is { Body: not null } target
            && path.FirstRisk(root, target, Mode(root, target)) is { } risk
            && !OnlyForwards(root, target, risk)
            && !IsArmedBefore(root, bodies, facts)
                ? risk
                : null;
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

    public static DelegateTarget? Target(Root root, Bodies bodies) =>
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
    public static bool IsArmedBefore(Root root, Bodies bodies, ShutdownFacts facts)
    {
        var path = new ShutdownPath(bodies, facts);
        foreach (var method in MethodsAround(root))
        {
            var runsBefore = method.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor
                || method is { IsStatic: true, Name: WellKnownMemberNames.EntryPointMethodName or WellKnownMemberNames.TopLevelStatementsEntryPointMethodName }
                || (root.Entry.Start is { } start && method.Name == start)
                || (root.Handler is not null && SymbolEqualityComparer.Default.Equals(method, root.Owner));
            if (runsBefore && bodies.Find(method) is { } body && path.ArmsGuard(new DelegateTarget(method, body), root))
                return true;
        }

        var isArmedAround = root.Handler?.EnclosingFunction() switch
        {
            IAnonymousFunctionOperation lambda => path.ArmsGuard(new DelegateTarget(lambda.Symbol, lambda.Body), root),
            ILocalFunctionOperation { Body: { } body } function => path.ArmsGuard(new DelegateTarget(function.Symbol, body), root),
            _ => false,
        };
        return isArmedAround || facts.Program.Guards(Outermost(root));
    }

    private static INamedTypeSymbol? Outermost(Root root)
    {
        var outermost = root.Owner.ContainingType;
        while (outermost?.ContainingType is { } outer)
            outermost = outer;
        return outermost;
    }

    /// <summary>The methods of the outermost type around the root and of those nested in it.</summary>
    private static IEnumerable<IMethodSymbol> MethodsAround(Root root)
    {
        var pending = new Stack<INamedTypeSymbol>();
        if (Outermost(root) is { } outermost)
            pending.Push(outermost);
        while (pending.Count > 0)
        {
            foreach (var member in pending.Pop().GetMembers())
            {
                if (member is INamedTypeSymbol nested)
                    pending.Push(nested);
                else if (member is IMethodSymbol method)
                    yield return method;
            }
        }
    }
}
