using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Holding;
using LockAnalyzers.Shutdown.Paths;
using LockAnalyzers.Shutdown.Roots;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Signals;

/// <summary>
/// What an asynchronous handler leaves undone while the process ends: whoever calls a handler that hands back no task goes on at its first await.
/// </summary>
internal sealed record LostWork(IAwaitOperation Await, string Name)
{
    /// <summary>Null for a handler that is not asynchronous, keeps the process alive before its first await, or ends it itself.</summary>
    public static LostWork? Of(Root root, Bodies bodies, ShutdownFacts facts)
    {
        if (!IsCalledAtTheEnd(root) || UnguardedRoot.Target(root, bodies) is not { Body: { } body, Method: { IsAsync: true, ReturnsVoid: true } })
            return null;

        LostWork? first = null;
        foreach (var operation in body.WithoutFunctions())
        {
            switch (operation)
            {
                case IAssignmentOperation { Target: IPropertyReferenceOperation { Property: var property } } when first is null && facts.Role(property) == ShutdownRole.Keep:
                case IInvocationOperation call when facts.Role(call.TargetMethod) is ShutdownRole.Exit or ShutdownRole.Kill:
                    return null;
                case IAwaitOperation await when first is null && Task(await.Operation, facts) is { } task:
                    first = new LostWork(await, Display.Of(task));
                    break;
            }
        }

        return first;
    }

    /// <summary>Registered for the end of the process, not for what asks whether it may end.</summary>
    private static bool IsCalledAtTheEnd(Root root) =>
        root is { Handler: not null, Entry: { IsOfObject: false } entry } && (entry.IsLate || entry.IsRepeated || entry.Form == RootForm.Token);

    /// <summary>What is awaited, in its plainest form; null for a task that is over, or nearly so.</summary>
    private static IOperation? Task(IOperation awaited, ShutdownFacts facts)
    {
        var task = awaited.Unwrapped();
        while (task is IInvocationOperation { Instance: { } instance } call && facts.Role(call.TargetMethod) == ShutdownRole.Same)
            task = instance.Unwrapped();
        return task switch
        {
            IInvocationOperation { TargetMethod: var method } when facts.Role(method) == ShutdownRole.Ends => null,
            IPropertyReferenceOperation { Property: var property } when facts.Role(property) == ShutdownRole.Ends => null,
            _ => task,
        };
    }
}
