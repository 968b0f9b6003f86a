using LockAnalyzers.Holding;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Waits.Intent;

/// <summary>Whether a lock is let go for a while and taken back: the caller holds it, so nothing else can be done at the end.</summary>
internal static class TakenBack
{
    public static bool Holds(Wait wait)
    {
        if (!IsInFinally(wait.Operation))
            return false;
        foreach (var operation in (wait.Operation.EnclosingFunction() ?? wait.Operation.Root()).Descendants())
        {
            if (operation.Syntax.SpanStart >= wait.Operation.Syntax.SpanStart)
                return false;
            if (operation is IInvocationOperation call && call.IsReleaseOf(wait))
                return true;
        }

        return false;
    }

    private static bool IsInFinally(IOperation operation)
    {
        for (var current = operation; current.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation); current = parent)
        {
            if (parent is ITryOperation attempt && attempt.Finally == current)
                return true;
        }

        return false;
    }
}
