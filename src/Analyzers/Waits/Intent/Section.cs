using LockAnalyzers.Holding;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Waits.Intent;

/// <summary>What runs between an acquisition and the place where the same function gives it back.</summary>
internal static class Section
{
    /// <summary>The operations in between, in no order; null when the function does not give back what it took.</summary>
    public static IReadOnlyList<IOperation>? Of(Wait wait)
    {
        if (wait.Entry.Release.IsEmpty || (wait.Operation.EnclosingFunction() ?? wait.Operation.Root()) is not { } function)
            return null;
        var start = wait.Operation.Syntax.Span.End;
        var end = -1;
        var inside = new List<IOperation>();
        foreach (var operation in function.Descendants())
        {
            if (operation.Syntax.SpanStart < start)
                continue;
            if (operation is IInvocationOperation call && call.IsReleaseOf(wait))
                end = Math.Max(end, operation.Syntax.SpanStart);
            inside.Add(operation);
        }

        inside.RemoveAll(operation => operation.Syntax.SpanStart >= end);
        return end < 0 ? null : inside;
    }
}
