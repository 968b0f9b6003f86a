using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Holding;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Waits.Intent;

/// <summary>
/// Whether a bounded wait for the same object was refused just before: <c>if (!turn.WaitOne(3_000)) { Log("busy"); turn.WaitOne(); }</c>.
/// Whoever waits there is told of, and waits on purpose.
/// </summary>
internal static class Diagnosed
{
    public static bool Before(Wait wait, ResolvedCatalog catalog)
    {
        for (var current = wait.Operation; current.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation); current = parent)
        {
            if (parent is IConditionalOperation conditional && current != conditional.Condition && IsRefused(conditional.Condition, current == conditional.WhenFalse, wait, catalog))
                return true;
        }

        return false;
    }

    private static bool IsRefused(IOperation condition, bool isRefusal, Wait wait, ResolvedCatalog catalog) => condition.Unwrapped() switch
    {
        IUnaryOperation { OperatorKind: UnaryOperatorKind.Not, Operand: var operand } => IsRefused(operand, !isRefusal, wait, catalog),
        IInvocationOperation call => isRefusal && Wait.Find(call, catalog) is { } tried && tried.Bound != Bound.None && SameObject.Are(tried.Target, wait.Target),
        _ => false,
    };
}
