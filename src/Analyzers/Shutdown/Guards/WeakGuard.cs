using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Guards;

/// <summary>Why a guard may not end the process.</summary>
internal enum Weakness
{
    /// <summary>The thread pool has to run it.</summary>
    Pool,

    /// <summary>It asks the process to end, which waits for what it should guard against.</summary>
    Exit,
}

/// <summary>
/// A guard made by hand that may never fire: what ends the process is run by the pool, or only asks. Found from the call that ends
/// the process outwards, to what makes it run later.
/// </summary>
internal sealed record WeakGuard(IInvocationOperation End, IOperation Setup, IOperation? Delay, Weakness Weakness)
{
    /// <summary>The call that ends the process stands in a helper of a helper at most.</summary>
    private const int MostCalls = 3;

    /// <summary>The places that set up a guard with the call; none for calls that guard nothing, or that do it well.</summary>
    public static IEnumerable<WeakGuard> Find(IInvocationOperation end, ShutdownFacts facts)
    {
        var asks = facts.Role(end.TargetMethod) == ShutdownRole.Exit;
        return asks || GuardCall.IsKill(end, facts) ? Outwards(end, end, asks, facts, 0) : Enumerable.Empty<WeakGuard>();
    }

    private static IEnumerable<WeakGuard> Outwards(IInvocationOperation end, IOperation call, bool asks, ShutdownFacts facts, int depth)
    {
        var function = call.EnclosingFunction();
        var pause = PauseBefore(call, function ?? call.Root(), facts);
        return function is IAnonymousFunctionOperation lambda
            ? One(Taker(lambda) is { } setup ? Judge(end, setup, pause, asks, facts) : null)
            : Named(end, call, function, pause, asks, facts, depth);
    }

    /// <summary>A method or local function: where it is called, or handed to what calls it.</summary>
    private static IEnumerable<WeakGuard> Named(IInvocationOperation end, IOperation call, IOperation? function, IOperation? pause, bool asks, ShutdownFacts facts, int depth)
    {
        var model = call.SemanticModel!;
        var symbol = function is ILocalFunctionOperation local ? local.Symbol : model.GetEnclosingSymbol(call.Syntax.SpanStart) as IMethodSymbol;
        if (symbol is null || depth >= MostCalls)
            yield break;
        foreach (var name in model.SyntaxTree.GetRoot().DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name.Identifier.ValueText != symbol.Name || !SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(name).Symbol?.OriginalDefinition, symbol.OriginalDefinition))
                continue;
            var use = (SyntaxNode)(name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name);
            var found = model.GetOperation(use) is IMethodReferenceOperation reference ? One(Taker(reference) is { } setup ? Judge(end, setup, pause, asks, facts) : null)
                : use.Parent is InvocationExpressionSyntax && model.GetOperation(use.Parent) is IInvocationOperation caller ? Called(end, caller, pause, asks, facts, depth)
                : Enumerable.Empty<WeakGuard>();
            foreach (var guard in found)
                yield return guard;
        }
    }

    private static IEnumerable<WeakGuard> Called(IInvocationOperation end, IInvocationOperation caller, IOperation? pause, bool asks, ShutdownFacts facts, int depth)
    {
        var isForgotten = caller.Parent is IExpressionStatementOperation or ISimpleAssignmentOperation { Target: IDiscardOperation };
        if (isForgotten && pause is IAwaitOperation { Operation: var awaited } && IsDelay(awaited, facts, out var time))
            return One(new WeakGuard(end, caller, time, Weakness.Pool));
        return caller.EnclosingFunction() is not null ? Outwards(end, caller, asks, facts, depth + 1) : Enumerable.Empty<WeakGuard>();
    }

    private static IEnumerable<WeakGuard> One(WeakGuard? guard) => guard is null ? Enumerable.Empty<WeakGuard>() : new[] { guard };

    /// <summary>What a delegate is given to: a call, a creation, an event.</summary>
    private static IOperation? Taker(IOperation handler)
    {
        var current = handler.Parent;
        while (current is IConversionOperation or IDelegateCreationOperation or IParenthesizedOperation)
            current = current.Parent;
        return current is IArgumentOperation { Parent: var taker } ? taker : current as IEventAssignmentOperation;
    }

    private static WeakGuard? Judge(IInvocationOperation end, IOperation setup, IOperation? pause, bool asks, ShutdownFacts facts)
    {
        switch (setup)
        {
            case IObjectCreationOperation { Constructor: { } constructor } creation when facts.Role(constructor) == ShutdownRole.Late && creation.Arguments.Length == 4:
                return IsOnce(creation.Arguments[3].Value) ? new WeakGuard(end, setup, creation.Arguments[2].Value, Weakness.Pool) : null;
            case IEventAssignmentOperation { Adds: true, EventReference: IEventReferenceOperation { Event: var raised } } when facts.Role(raised) == ShutdownRole.Late:
                return new WeakGuard(end, setup, null, Weakness.Pool);
            case IInvocationOperation call when facts.Role(call.TargetMethod) == ShutdownRole.Late && call.Instance is { } instance && IsDelay(instance, facts, out var after):
                return new WeakGuard(end, setup, after, Weakness.Pool);
            case IInvocationOperation call when facts.Role(call.TargetMethod) == ShutdownRole.Register && IsTimed(call.Instance):
                return new WeakGuard(end, setup, null, Weakness.Pool);
            case IInvocationOperation call when facts.Role(call.TargetMethod) == ShutdownRole.Pool && pause is IAwaitOperation { Operation: var awaited } && IsDelay(awaited, facts, out var time):
                return new WeakGuard(end, setup, time, Weakness.Pool);
            case IInvocationOperation call when facts.Role(call.TargetMethod) == ShutdownRole.Pool && pause is IInvocationOperation slept && !HasOwnThread(call):
                return new WeakGuard(end, setup, slept.Arguments.FirstOrDefault()?.Value, Weakness.Pool);
            case IObjectCreationOperation { Constructor: { } constructor } when asks && facts.Role(constructor) == ShutdownRole.Thread && pause is IInvocationOperation slept:
                return new WeakGuard(end, setup, slept.Arguments.FirstOrDefault()?.Value, Weakness.Exit);
            default:
                return null;
        }
    }

    /// <summary>The last thing before the call, in its function, that lets a limited time pass.</summary>
    private static IOperation? PauseBefore(IOperation call, IOperation function, ShutdownFacts facts)
    {
        IOperation? pause = null;
        foreach (var operation in function.Descendants())
        {
            if (operation.Syntax.SpanStart >= call.Syntax.SpanStart || operation.EnclosingFunction() != call.EnclosingFunction())
                continue;
            if (operation is IAwaitOperation { Operation: var awaited } && IsDelay(awaited, facts, out _))
                pause = operation;
            else if (operation is IInvocationOperation slept && CallBound.Of(slept.Arguments) == Bound.Finite
                && (facts.Role(slept.TargetMethod) == ShutdownRole.Pause || facts.Catalog.ManagedWaits.Find(slept.TargetMethod) is not null))
            {
                pause = operation;
            }
        }

        return pause;
    }

    private static bool IsDelay(IOperation task, ShutdownFacts facts, out IOperation? time)
    {
        time = null;
        if (task.Unwrapped() is ILocalReferenceOperation local && Definitions.SingleValue(local) is { } value)
            task = value;
        if (task.Unwrapped() is not IInvocationOperation call)
            return false;
        if (facts.Role(call.TargetMethod) == ShutdownRole.Same && call.Instance is { } same)
            return IsDelay(same, facts, out time);
        time = call.Arguments.FirstOrDefault()?.Value;
        return facts.Role(call.TargetMethod) == ShutdownRole.Delay && CallBound.OfTimeout(call.Arguments[0].Value) != Bound.None;
    }

    /// <summary>A period of nought or none: it fires once.</summary>
    private static bool IsOnce(IOperation period) => ValueReader.ReadSingle(period) is var value && (value.Number is <= 0 || CallBound.OfTimeout(period) != Bound.Finite);

    /// <summary>The token of a source that cancels it when a time is up.</summary>
    private static bool IsTimed(IOperation? token)
    {
        if (token?.Unwrapped() is ILocalReferenceOperation kept && Definitions.SingleValue(kept) is { } value)
            token = value;
        if (token?.Unwrapped() is not IPropertyReferenceOperation { Instance: { } source } || !source.Type.IsTokenSource())
            return false;
        var creation = source.Unwrapped() as IObjectCreationOperation
            ?? (source.Unwrapped() is ILocalReferenceOperation local ? Definitions.SingleValue(local)?.Unwrapped() as IObjectCreationOperation : null);
        return creation is { Arguments.IsEmpty: false }
            || source.Root().DescendantsAndSelf().OfType<IInvocationOperation>().Any(call =>
                call.TargetMethod.Name == nameof(CancellationTokenSource.CancelAfter) && Variable.Of(call.Instance) is { } variable && Variable.Is(source, variable));
    }

    private static bool HasOwnThread(IInvocationOperation call) => call.Arguments.Any(argument =>
        argument.Parameter?.Type.Name == nameof(TaskCreationOptions) && ((ValueReader.ReadSingle(argument.Value).Number ?? 0) & (long)TaskCreationOptions.LongRunning) != 0);
}
