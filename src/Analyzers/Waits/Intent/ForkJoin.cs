using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Waits.Intent;

/// <summary>
/// Whether a wait joins what the same member has forked: an event, latch, thread or task made here, and set by code of this member
/// that cannot fail to (in a finally, or with nothing before it; no handler of an event). Such a wait ends with the work.
/// </summary>
internal static class ForkJoin
{
    public static bool Holds(Wait wait, ResolvedCatalog catalog)
    {
        if (Variable.Of(wait.Target) is not ILocalSymbol made)
            return false;
        if (wait.Entry.Subject is WaitSubject.Thread)
            return IsMadeHere(wait, made);
        return wait.Entry.Subject is WaitSubject.Signal && IsMadeHere(wait, made)
            && wait.Operation.Root().Descendants().OfType<IInvocationOperation>().Any(call =>
                Variable.Is(call.Instance, made) && call.Syntax != wait.Operation.Syntax && Stopping.IsSignal(call.TargetMethod.Name, catalog) && CannotBeSkipped(call));
    }

    private static bool IsMadeHere(Wait wait, ILocalSymbol made) =>
        Definitions.Reaching((ILocalReferenceOperation)wait.Target!.Unwrapped()) is { IsDefault: false } definitions
        && definitions.All(definition => definition is IVariableDeclaratorOperation declarator && declarator.GetVariableInitializer()?.Value.Unwrapped() is IObjectCreationOperation);

    /// <summary>In a finally, or the only thing that its function does.</summary>
    private static bool CannotBeSkipped(IInvocationOperation call)
    {
        for (IOperation current = call; current.Parent is { } parent; current = parent)
        {
            if (parent is ITryOperation { Finally: { } last } && last == current)
                return true;
            if (parent is IAnonymousFunctionOperation { Body: { Operations: var statements } } lambda)
                return !IsListener(lambda) && (statements.Length == 1 || (statements.Length == 2 && statements[1] is IReturnOperation { IsImplicit: true }));
        }

        return true; // Set by the member itself, before it waits.
    }

    /// <summary>What listens to an event was not forked: whoever raises that may never do so.</summary>
    private static bool IsListener(IOperation lambda)
    {
        var parent = lambda.Parent;
        while (parent is IConversionOperation or IDelegateCreationOperation or IParenthesizedOperation)
            parent = parent.Parent;
        return parent is IEventAssignmentOperation;
    }
}
