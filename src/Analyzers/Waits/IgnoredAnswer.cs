using LockAnalyzers.Catalog;
using LockAnalyzers.Holding;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Waits;

/// <summary>
/// A lock that may be refused, and nobody looks whether it was: the guarded work runs all the same. What is only waited for (a
/// signal, a thread, a process) is not meant; the end of such a pause needs no answer.
/// </summary>
internal static class IgnoredAnswer
{
    public static bool Of(Wait wait, ResolvedCatalog catalog) =>
        wait.Entry.Subject == WaitSubject.Lock && wait.Entry.Answer != WaitAnswer.None && wait.MayRefuse
        && HasAnswer(wait) && IsLost(wait) && IsUsedAsLock(wait) && !IsLeftAfterwards(wait) && !IsAskedFor(wait, catalog);

    /// <summary>The overloads that take the answer by reference, or only a token, return none.</summary>
    private static bool HasAnswer(Wait wait) =>
        wait.Member is IMethodSymbol { ReturnsVoid: false, ReturnType: var type }
        && (wait.Entry.Answer != WaitAnswer.Bool || type.WithoutTask().SpecialType == SpecialType.System_Boolean);

    private static bool IsLost(Wait wait)
    {
        var value = wait.Answer;
        return value.Parent switch
        {
            IExpressionStatementOperation => true,
            ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
            ISimpleAssignmentOperation { Target: ILocalReferenceOperation local, Parent: IExpressionStatementOperation } => IsNeverRead(local.Local, wait),
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => IsNeverRead(declarator.Symbol, wait),
            IUsingOperation @using => @using.Resources == value,
            _ => false,
        };
    }

    private static bool IsNeverRead(ILocalSymbol local, Wait wait)
    {
        foreach (var operation in wait.Operation.Root().Descendants())
        {
            if (operation is ILocalReferenceOperation reference && SymbolEqualityComparer.Default.Equals(reference.Local, local) && IsRead(reference, wait))
                return false;
        }

        return true;
    }

    /// <summary>
    /// A handle that is given back was not looked at, nor one that only a finally tests before it does; one that has a property to tell
    /// whether it holds something must be asked for that.
    /// </summary>
    private static bool IsRead(ILocalReferenceOperation reference, Wait wait)
    {
        if (wait.Entry.Answer != WaitAnswer.Bool && IsInFinally(reference, wait))
            return false;
        IOperation value = reference;
        while (value.Parent is IConversionOperation)
            value = value.Parent;
        return value.Parent switch
        {
            IAssignmentOperation assignment => assignment.Target != value,
            IUsingOperation @using => @using.Resources != value,
            IConditionalAccessOperation { WhenNotNull: IInvocationOperation released } => !IsRelease(released, wait),
            IInvocationOperation released when released.Instance == value => !IsRelease(released, wait),
            IPropertyReferenceOperation { Property.Name: var name } when wait.Entry.Held is { } held => name == held,
            _ => true,
        };
    }

    private static bool IsRelease(IInvocationOperation call, Wait wait) => wait.Entry.Release.Contains(call.TargetMethod.Name);

    /// <summary>
    /// A semaphore without an owner is a signal as often as a lock: <c>_wake.Wait(1_000)</c> is a pause that somebody may cut short.
    /// It is a lock where the same function gives it back.
    /// </summary>
    private static bool IsUsedAsLock(Wait wait) =>
        wait.Entry.IsThreadAffine || !Releases.IsByCall(wait)
        || (wait.Operation.EnclosingFunction() ?? wait.Operation.Root()).Descendants().OfType<IInvocationOperation>().Any(call => call.IsReleaseOf(wait));

    /// <summary>True when the function ends right after it: nothing is done that the lock would guard.</summary>
    private static bool IsLeftAfterwards(Wait wait)
    {
        var statement = wait.Answer.Parent;
        while (statement is not null && statement.Parent is not IBlockOperation)
            statement = statement.Parent;
        if (statement is IUsingOperation || statement?.Parent is not IBlockOperation block)
            return false;
        var next = block.Operations.IndexOf(statement) + 1;
        return next < block.Operations.Length && block.Operations[next] switch
        {
            IReturnOperation { IsImplicit: false, ReturnedValue: var result } => result is null || result.ConstantValue.HasValue,
            IThrowOperation or IExpressionStatementOperation { Operation: IThrowOperation } => true,
            _ => false,
        };
    }

    /// <summary>
    /// True when the object itself is asked afterwards (<c>IsWriteLockHeld</c>, <c>Monitor.IsEntered</c>). A finally that asks protects
    /// its release, not the work.
    /// </summary>
    private static bool IsAskedFor(Wait wait, ResolvedCatalog catalog)
    {
        foreach (var operation in (wait.Operation.EnclosingFunction() ?? wait.Operation.Root()).WithoutFunctions())
        {
            if (operation.Syntax.SpanStart <= wait.Operation.Syntax.SpanStart || operation.Type?.SpecialType != SpecialType.System_Boolean || IsInFinally(operation, wait))
                continue;
            if (operation is IPropertyReferenceOperation { Instance: { } instance } && SameObject.Are(instance, wait.Target))
                return true;
            if (operation is IInvocationOperation { Instance: null, Arguments.Length: 1 } call && SameObject.Are(call.Arguments[0].Value, wait.Target) && Wait.Find(call, catalog) is null)
                return true;
        }

        return false;
    }

    private static bool IsInFinally(IOperation operation, Wait wait)
    {
        for (var current = operation; current.Parent is { } parent; current = parent)
        {
            if (parent is ITryOperation attempt && attempt.Finally == current && !current.Syntax.Span.Contains(wait.Operation.Syntax.Span))
                return true;
        }

        return false;
    }
}
