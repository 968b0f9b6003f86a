using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Contention;
using LockAnalyzers.Files;
using LockAnalyzers.Framework;
using LockAnalyzers.Naming;
using LockAnalyzers.Shutdown;
using LockAnalyzers.Shutdown.Paths;
using LockAnalyzers.Shutdown.Roots;
using LockAnalyzers.Values;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Threads;

/// <summary>What a thread waits for without a bound, as far as the file of its creation shows it.</summary>
internal sealed class ThreadWaits
{
    /// <summary>A thread whose work is spread over more functions than this is not followed further.</summary>
    private const int MostFunctions = 64;

    private readonly Bodies _bodies;
    private readonly ShutdownFacts _facts;

    public ThreadWaits(Bodies bodies, ShutdownFacts facts)
    {
        _bodies = bodies;
        _facts = facts;
    }

    /// <summary>The first wait, as a chain of calls for the message; null when there is none.</summary>
    public (IOperation Wait, string Chain)? First(Root thread, DelegateTarget body)
    {
        foreach (var chain in WaitGraph.Reach(new[] { thread }, _bodies, _facts))
        {
            if (IsWorthIt(chain))
                return (chain.Wait, chain.Text);
        }

        foreach (var (function, way) in Reached(body, thread.Name))
        {
            foreach (var operation in function.Body.DescendantsAndSelf())
            {
                if (operation is IInvocationOperation call && _facts.Role(call.TargetMethod) is ShutdownRole.Enumerate or ShutdownRole.Listen && CallBound.Of(call.Arguments) == Bound.None)
                    return (operation, $"{way} → {Display.Of(operation)}");
                if (IsEndlessOpen(operation, function))
                    return (operation, $"{way} → {Display.Of(operation)}");
            }
        }

        return null;
    }

    /// <summary>True when a member that stops the object wakes what the thread waits for, so that the process ends if somebody calls it.</summary>
    public bool IsWoken(IOperation wait)
    {
        var target = wait is IInvocationOperation { Instance: { } instance } ? instance : Wait.Find(wait, _facts.Catalog)?.Target;
        if (Variable.Of(target) is not { ContainingType: { } type } variable)
            return false;
        var wakes = wait is IInvocationOperation { TargetMethod: var method } && _facts.Role(method) == ShutdownRole.Listen ? "stop-method" : "signal-verb";
        return type.DeclaringSyntaxReferences.SelectMany(part => part.GetSyntax().DescendantNodes().OfType<MethodDeclarationSyntax>())
            .Where(method => _facts.Catalog.Says(method.Identifier.ValueText, NameSense.Stop))
            .SelectMany(method => method.DescendantNodes().OfType<InvocationExpressionSyntax>())
            .Any(call => CallActions.NameOf(call) is { } name && Words.Of(name) is { Count: > 0 } words && _facts.Catalog.Words.Of(wakes).Contains(words[0])
                && call.Expression.DescendantTokens().Any(token => token.ValueText == variable.Name)); // As with ?. and this.
    }

    /// <summary>Locks of one process are held for a moment, a task of which nothing is known mostly ends, and so does a loop that asks whether to.</summary>
    private bool IsWorthIt(Chain chain) =>
        chain.IsSure && !chain.Step.IsPoll
        && !(Wait.Find(chain.Wait, _facts.Catalog) is { Entry: { IsThreadAffine: true, Sharing: WaitSharing.Process } });

    private bool IsEndlessOpen(IOperation operation, DelegateTarget function) =>
        operation is IInvocationOperation or IObjectCreationOperation
        && ExclusiveOpen.Find(operation, _facts.Catalog) is { } open
        && LockEvidence.IsContested(open, _facts.Catalog)
        && ContentionPlan.Of(operation, function.Method, Thrown.HeldFile, _facts.Catalog) == Plan.Endless;

    /// <summary>The functions that the body runs, nearest first, each with the way to it.</summary>
    private IEnumerable<(DelegateTarget Function, string Way)> Reached(DelegateTarget body, string name)
    {
        var seen = new HashSet<IOperation> { body.Body };
        var pending = new Queue<(DelegateTarget, string)>();
        pending.Enqueue((body, name));
        while (pending.Count > 0)
        {
            var (function, way) = pending.Dequeue();
            yield return (function, way);
            foreach (var call in function.Body.DescendantsAndSelf().OfType<IInvocationOperation>())
            {
                foreach (var target in _bodies.Dispatch.Targets(call))
                {
                    if (_bodies.Find(target) is { } called && seen.Count < MostFunctions && seen.Add(called))
                        pending.Enqueue((new(target, called), $"{way} → {target.Name}"));
                }
            }
        }
    }
}
