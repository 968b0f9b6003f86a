using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Races;

/// <summary>A task or thread that somebody races, and the acquisition that goes on in it when the race is over.</summary>
/// <param name="Acquisition">What it waits for.</param>
/// <param name="HoldsThread">It blocks a thread; else it stands in a queue.</param>
/// <param name="Creation">Where it is made.</param>
internal sealed record Runner(Acquisition Acquisition, bool HoldsThread, IOperation Creation)
{
    /// <summary>A task behind a method of the same file, behind a lambda: deeper ones are not looked for.</summary>
    private const int MostSteps = 3;

    /// <summary>It takes its thread from the pool, of which timers need one.</summary>
    public bool IsOnPool => Creation is IInvocationOperation call
        && !call.Arguments.Any(argument => argument.Value.Descendants().Append(argument.Value).Any(part => part is IFieldReferenceOperation { Field.Name: "LongRunning" }));

    /// <summary>For a task or thread as it is written: a call, a local, another form of either.</summary>
    public static Runner? Of(IOperation? value, ResolvedCatalog catalog, int steps = 0)
    {
        if (value is null || steps > MostSteps)
            return null;
        switch (value.Unwrapped())
        {
            case ILocalReferenceOperation local:
                return Of(Definitions.SingleValue(local), catalog, steps + 1);
            case IObjectCreationOperation { Constructor: { } constructor } creation when catalog.Spawns.Find(constructor) is not null:
                return InDelegate(creation.Arguments, creation, catalog, steps);
            case IInvocationOperation call when catalog.Spawns.Find(call.TargetMethod) is not null:
                return InDelegate(call.Arguments, call, catalog, steps);
            case IInvocationOperation { Instance: { } inner } call when inner.Type.IsTask() && catalog.ShutdownMembers.Find(call.TargetMethod) is { Role: ShutdownRole.Same } && catalog.Races.Find(call.TargetMethod) is null:
                return Of(inner, catalog, steps);
            case IInvocationOperation { Instance: { } inner, Arguments.IsEmpty: true } call when IsAwaitable(inner.Type) && catalog.Races.Find(call.TargetMethod) is null:
                return Of(inner, catalog, steps); // AsTask() of a library's own awaitable
            case IInvocationOperation { TargetMethod: { IsExtensionMethod: true, Name: "Unwrap" } } call:
                return Of(call.Arguments[0].Value, catalog, steps);
            case IInvocationOperation call when IsAwaitable(call.Type):
                return Acquisition.Of(call, catalog) is { } acquisition ? new Runner(acquisition, false, call) : InMethod(call, catalog, steps);
            default:
                return null;
        }
    }

    /// <summary>The first acquisition in the delegate among the arguments.</summary>
    private static Runner? InDelegate(IEnumerable<IArgumentOperation> arguments, IOperation creation, ResolvedCatalog catalog, int steps)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter?.Type.TypeKind != TypeKind.Delegate)
                continue;
            var target = argument.Value.Unwrapped();
            if (target is ILocalReferenceOperation local)
                target = Definitions.SingleValue(local)?.Unwrapped();
            return target switch
            {
                IAnonymousFunctionOperation lambda => InBody(lambda.Body, creation, catalog, steps),
                IMethodReferenceOperation reference when Acquisition.OfDelegate(reference, catalog) is { } acquisition => new Runner(acquisition, true, creation),
                IMethodReferenceOperation reference when SourceBody.Of(reference.Method, reference.SemanticModel) is { } body => InBody(body, creation, catalog, steps + 1),
                _ => null,
            };
        }

        return null;
    }

    private static Runner? InBody(IOperation body, IOperation creation, ResolvedCatalog catalog, int steps)
    {
        foreach (var operation in body.Descendants())
        {
            if (operation is not IInvocationOperation call || (call.EnclosingFunction() is { } function && function != body.Parent && function != body))
                continue;
            if (Acquisition.Of(call, catalog) is { } acquisition && (!IsAwaitable(call.Type) || IsWaitedFor(call)))
                return new Runner(acquisition, !IsAwaitable(call.Type) || call.Parent is not IAwaitOperation, creation);
            if (steps < MostSteps && SourceBody.Of(call.TargetMethod, call.SemanticModel) is { } inner && InBody(inner, creation, catalog, steps + 1) is { } found)
                return found;
        }

        return null;
    }

    /// <summary>An asynchronous method of the same file that acquires before it is done.</summary>
    private static Runner? InMethod(IInvocationOperation call, ResolvedCatalog catalog, int steps) =>
        SourceBody.Of(call.TargetMethod, call.SemanticModel) is { } body ? InBody(body, call, catalog, steps + 1) : null;

    private static bool IsAwaitable(ITypeSymbol? type) => type.IsTask() || type?.GetMembers("GetAwaiter").IsEmpty == false;

    /// <summary>Awaited, returned, or blocked on: not set going and left.</summary>
    private static bool IsWaitedFor(IOperation call)
    {
        for (var parent = call.Parent; parent is not null; parent = parent.Parent)
        {
            if (parent is IAwaitOperation or IReturnOperation)
                return true;
            if (parent is IExpressionStatementOperation or IAnonymousFunctionOperation)
                return parent is IAnonymousFunctionOperation || parent.Descendants().Any(operation => operation is IInvocationOperation { TargetMethod.Name: "Wait" or "GetResult" });
        }

        return false;
    }
}
