using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Waits.Intent;

/// <summary>Whether something at hand ends a wait that has no time-out: a handle for stopping beside it, or a token's callback.</summary>
internal static class WakeUp
{
    public static bool Exists(Wait wait, ResolvedCatalog catalog) =>
        NamedHandle.Handles(wait).Any(handle => IsOfToken(handle) || (wait.Entry.Answer == WaitAnswer.Index && IsForStopping(handle, wait, catalog)))
        || (Variable.Of(wait.Target) is { } target && IsSetByCallback(wait, target, catalog));

    /// <summary><c>token.WaitHandle</c>: waiting for the cancellation itself.</summary>
    private static bool IsOfToken(IOperation handle) =>
        handle.Unwrapped() is IPropertyReferenceOperation { Instance: { Type: var owner } token } && owner.IsToken() && CallBound.OfToken(token) != Bound.None;

    private static bool IsForStopping(IOperation handle, Wait wait, ResolvedCatalog catalog) =>
        Variable.Of(handle) is { } variable && (Stopping.IsNamedForIt(variable, catalog) || Stopping.Reaches(variable, wait.Operation.Syntax, catalog));

    /// <summary>A token, or an event that ends the process, is given a callback in the same function that touches what is waited for.</summary>
    private static bool IsSetByCallback(Wait wait, ISymbol target, ResolvedCatalog catalog)
    {
        foreach (var operation in (wait.Operation.EnclosingFunction() ?? wait.Operation.Root()).Descendants())
        {
            if (operation.Syntax.SpanStart >= wait.Operation.Syntax.SpanStart)
                continue;
            var callback = operation switch
            {
                IInvocationOperation call when catalog.Role(call.TargetMethod) == ShutdownRole.Register => call,
                IEventAssignmentOperation { Adds: true, EventReference: IEventReferenceOperation { Event: var raised }, HandlerValue: var handler }
                    when catalog.ShutdownRoots.Find(raised) is not null => handler,
                _ => null,
            };
            if (callback is not null && callback.DescendantsAndSelf().Any(part => part != callback && Variable.Is(part, target)))
                return true;
        }

        return false;
    }
}
