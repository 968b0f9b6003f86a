using System.Collections.Immutable;
using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;
using LockAnalyzers.Shutdown.Paths;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Races;

/// <summary>An acquisition that is given up by whoever waits for it, and goes on all the same.</summary>
internal sealed record Race(IInvocationOperation Call, Runner Runner, bool IsStartToken)
{
    public static Race? Find(IInvocationOperation call, ResolvedCatalog catalog)
    {
        if (catalog.Spawns.Find(call.TargetMethod) is not null)
            return StartToken(call, catalog);
        foreach (var raced in Raced(call, catalog))
        {
            if (Runner.Of(raced, catalog) is { } runner && !Loser.IsKept(call, raced, catalog))
                return new Race(call, runner, IsStartToken: false);
        }

        return null;
    }

    /// <summary>True for a name under which something may be raced.</summary>
    public static bool MayBe(string name, ResolvedCatalog catalog) =>
        catalog.Races.HasName(name) || catalog.Spawns.HasName(name) || IsHelperName(name);

    /// <summary>What somebody stops waiting for at this call when a timer or a token is faster.</summary>
    private static IEnumerable<IOperation> Raced(IInvocationOperation call, ResolvedCatalog catalog)
    {
        if (catalog.Races.Find(call.TargetMethod) is not null)
        {
            if (catalog.ShutdownMembers.Find(call.TargetMethod) is { Role: ShutdownRole.Any })
            {
                var parts = TaskBound.Parts(call).ToList();
                return parts.Count > 1 || CallBound.Of(call.Arguments) != Bound.None ? parts : Enumerable.Empty<IOperation>();
            }

            return CallBound.Of(call.Arguments) == Bound.None ? Enumerable.Empty<IOperation>()
                : call.Instance is { } instance ? new[] { instance }
                : TaskBound.Parts(call);
        }

        // Somebody's helper: task.TimeoutAfter(limit), WithCancellation(task, token).
        return IsHelperName(call.TargetMethod.Name) && call.Type.IsTask() && CallBound.Of(call.Arguments) != Bound.None
            ? call.Arguments.Where(argument => argument.Parameter?.Type.IsTask() == true).Select(argument => argument.Value)
            : Enumerable.Empty<IOperation>();
    }

    private static bool IsHelperName(string name) =>
        CallBound.SpeaksOfTime(name) || Words.Of(name).Contains("cancellation");

    /// <summary><c>Task.Run(() => mutex.WaitOne(), token)</c>: the token is asked before the delegate starts, and not again.</summary>
    private static Race? StartToken(IInvocationOperation call, ResolvedCatalog catalog)
    {
        if (!call.Arguments.Any(argument => argument.Parameter!.Type.IsToken() && argument.ArgumentKind == ArgumentKind.Explicit && CallBound.OfToken(argument.Value) != Bound.None)
            || Runner.Of(call, catalog) is not { } runner
            || IsReleasedInside(call, runner)
            || Loser.IsRaced(call, catalog))
        {
            return null;
        }

        return new Race(call, runner, IsStartToken: true);
    }

    /// <summary>The delegate does its work under the lock and gives it back: late, but to the end.</summary>
    private static bool IsReleasedInside(IInvocationOperation call, Runner runner)
    {
        var release = runner.Acquisition.Wait?.Entry.Release ?? ImmutableArray<string>.Empty;
        return call.Syntax.DescendantNodes().Any(node => node is UsingStatementSyntax or LocalDeclarationStatementSyntax { UsingKeyword.RawKind: not 0 }
            || (node is IdentifierNameSyntax name && release.Contains(name.Identifier.ValueText)));
    }
}
