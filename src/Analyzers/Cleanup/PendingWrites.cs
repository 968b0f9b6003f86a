using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using LockAnalyzers.Shutdown;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Cleanup;

/// <summary>A variable that an acquisition fills which nobody waits for.</summary>
internal sealed record Arrival(PendingWrite Write, ExpressionSyntax Acquisition, Beginning Beginning);

/// <summary>
/// The arrivals of one file, thought out once for each name that a cleanup looks at, however many members of a type look at it.
/// </summary>
internal sealed class PendingWrites
{
    private static readonly ConditionalWeakTable<SemanticModel, PendingWrites> Cache = new();

    private readonly ConcurrentDictionary<(int Scope, string Name), ImmutableArray<Arrival>> _known = new();

    /// <summary>What fills a variable of that name within the scope, which is one by name and position.</summary>
    public static ImmutableArray<Arrival> Of(string name, SyntaxNode scope, SemanticModel model, ShutdownFacts facts, CancellationToken cancellation)
    {
        var known = Cache.GetValue(model, static _ => new PendingWrites())._known;
        return known.TryGetValue((scope.SpanStart, name), out var found) ? found : known.GetOrAdd((scope.SpanStart, name), Find(name, scope, model, facts, cancellation));
    }

    private static ImmutableArray<Arrival> Find(string name, SyntaxNode scope, SemanticModel model, ShutdownFacts facts, CancellationToken cancellation)
    {
        var arrivals = ImmutableArray.CreateBuilder<Arrival>();
        foreach (var write in PendingWrite.Of(name, scope))
        {
            if (new BeginningFinder(model, facts, cancellation).Find(write.Function, BeginningFinder.IsBehindAwait(write.Value)) is { } beginning
                && new Taking(model, facts, cancellation).Of(write) is { } acquisition)
            {
                arrivals.Add(new Arrival(write, acquisition, beginning));
            }
        }

        return arrivals.ToImmutable();
    }
}
