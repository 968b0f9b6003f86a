using LockAnalyzers.Catalog;
using LockAnalyzers.Shutdown.Paths;
using LockAnalyzers.Shutdown.Roots;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Signals;

/// <summary>Calls that ask the process to end, in a handler that the end of the process waits for.</summary>
internal static class ExitInHandler
{
    /// <summary>More functions than this are not followed from one handler.</summary>
    private const int MostFunctions = 32;

    /// <summary>The calls in the handler and in the functions of its file that it calls on its own thread.</summary>
    public static IEnumerable<IInvocationOperation> Of(Root root, Bodies bodies, ShutdownFacts facts)
    {
        if (!root.Entry.ExitWedges || UnguardedRoot.Target(root, bodies) is not { Body: { } handler })
            yield break;
        var seen = new HashSet<IOperation> { handler };
        var pending = new Stack<IOperation>();
        pending.Push(handler);
        while (pending.Count > 0)
        {
            var operation = pending.Pop();
            if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation)
                continue;
            foreach (var child in operation.ChildOperations)
                pending.Push(child);
            if (operation is not IInvocationOperation call)
                continue;
            if (facts.Role(call.TargetMethod) == ShutdownRole.Exit)
                yield return call;
            else if (bodies.Find(call.TargetMethod) is { } body && seen.Count < MostFunctions && seen.Add(body))
                pending.Push(body);
        }
    }

    /// <summary>True when an earlier root of the file reaches the call as well, and so is the one that reports it.</summary>
    public static bool IsReportedElsewhere(IInvocationOperation exit, Root root, SemanticModel model, Bodies bodies, ShutdownFacts facts, CancellationToken cancellation)
    {
        foreach (var other in facts.File(model, cancellation).Roots)
        {
            if (other.Location == root.Location)
                return false;
            if (Of(other, bodies, facts).Any(call => call.Syntax == exit.Syntax))
                return true;
        }

        return false;
    }
}
