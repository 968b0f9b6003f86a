using LockAnalyzers.Shutdown;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Cleanup;

/// <summary>Cleanup that takes an empty variable for "nothing held" while an acquisition that will fill it may still be on its way.</summary>
internal sealed record FalseReport(Look Look, PendingWrite Write, ExpressionSyntax Acquisition, Beginning Beginning)
{
    /// <summary>The reports of one function; the questions that need the compiler come last.</summary>
    public static IEnumerable<FalseReport> In(SyntaxNode function, SemanticModel model, ShutdownFacts facts, CancellationToken cancellation)
    {
        CleanupRegion? region = null;
        foreach (var seen in Look.In(function))
        {
            foreach (var arrival in PendingWrites.Of(seen.Name, function.ScopeOf(seen.Variable), model, facts, cancellation))
            {
                var write = arrival.Write;
                var look = seen.State is { } state && SyntaxFactory.AreEquivalent(state, write.Value) ? seen with { WhenEmpty = !seen.WhenEmpty } : seen;
                if (write.Function == function || look.IsOfElements != write.IsElement || !IsSame(look, write, model, cancellation)
                    || new Settlement(region ??= new CleanupRegion(function), model, facts.Catalog).Excuses(look, write, arrival.Acquisition, arrival.Beginning))
                {
                    continue;
                }

                yield return new FalseReport(look, write, arrival.Acquisition, arrival.Beginning);
                break;
            }
        }
    }

    /// <summary>
    /// A flag is only looked at when it is one; what is no variable of the object, or of the function around, is filled by others. A task is kept as soon
    /// as it is begun, not when it has taken something.
    /// </summary>
    private static bool IsSame(Look look, PendingWrite write, SemanticModel model, CancellationToken cancellation)
    {
        var symbol = model.GetSymbolInfo(look.Variable, cancellation).Symbol;
        var type = symbol switch
        {
            IFieldSymbol field when look.IsOfElements || !field.IsReadOnly => field.Type,
            IPropertySymbol property => property.Type,
            ILocalSymbol local => local.Type,
            _ => null,
        };
        return type is not null && !type.IsTask() && SymbolEqualityComparer.Default.Equals(symbol, model.GetSymbolInfo(write.Target, cancellation).Symbol)
            && (look.Place != look.Variable || look.IsOfElements || type.SpecialType == SpecialType.System_Boolean);
    }
}
