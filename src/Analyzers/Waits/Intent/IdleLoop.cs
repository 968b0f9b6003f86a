using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Waits.Intent;

/// <summary>
/// Whether a wait is the idle wait of a loop that somebody can stop: waiting for work is not acquiring a lock. A loop that nobody
/// can stop is none.
/// </summary>
internal static class IdleLoop
{
    public static bool Holds(Wait wait, ResolvedCatalog catalog)
    {
        if (!IsForWork(wait) || LoopAround(wait.Operation) is not { } loop)
            return false;
        return (wait.Entry.Subject == WaitSubject.Queue && wait.Entry.Answer == WaitAnswer.Bool && IsAsked(wait.Operation)) // Says false once the queue is complete.
            || NamedHandle.Handles(wait).Any(handle => Variable.Of(handle) is { } variable && Stopping.Reaches(variable, wait.Operation.Syntax, catalog))
            || MayStop(loop, wait, catalog);
    }

    /// <summary>The innermost loop of the same function around an operation.</summary>
    public static ILoopOperation? LoopAround(IOperation operation)
    {
        for (var current = operation.Parent; current is not null and not IAnonymousFunctionOperation and not ILocalFunctionOperation; current = current.Parent)
        {
            if (current is ILoopOperation loop)
                return loop;
        }

        return null;
    }

    /// <summary>A lock that the same function gives back is taken for a turn, not waited at for work.</summary>
    private static bool IsForWork(Wait wait) => wait.Entry.Subject switch
    {
        WaitSubject.Signal or WaitSubject.Condition or WaitSubject.Queue or WaitSubject.Client => true,
        WaitSubject.Lock => !wait.Entry.IsThreadAffine && Section.Of(wait) is null,
        _ => false,
    };

    private static bool IsAsked(IOperation answer) => answer.Parent is not IExpressionStatementOperation;

    /// <summary>A condition of the loop, or of a way out of it, asks whether to stop.</summary>
    private static bool MayStop(ILoopOperation loop, Wait wait, ResolvedCatalog catalog)
    {
        if ((loop is IWhileLoopOperation { Condition: { } goesOn } && Asks(goesOn)) || (loop is IForLoopOperation { Condition: { } counts } && Asks(counts)))
            return true;
        return loop.Body.DescendantsAndSelf().Any(operation =>
            operation is IConditionalOperation { Condition: var condition } conditional
            && conditional.DescendantsAndSelf().Any(way => way is IReturnOperation or IBranchOperation { BranchKind: BranchKind.Break })
            && Asks(condition));

        bool Asks(IOperation condition) => condition.DescendantsAndSelf().Any(part => part switch
        {
            IPropertyReferenceOperation { Instance: { Type: var owner } instance } when owner.IsToken() => CallBound.OfToken(instance) != Bound.None,
            IFieldReferenceOperation or IPropertyReferenceOperation or ILocalReferenceOperation =>
                Variable.Of(part) is { } flag && (Stopping.IsNamedForIt(flag, catalog) || Stopping.Reaches(flag, wait.Operation.Syntax, catalog)),
            _ => false,
        });
    }
}
