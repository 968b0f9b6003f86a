using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Waits.Intent;

/// <summary>Whether the same function arms, before it waits, what ends the process all the same.</summary>
internal static class Guarded
{
    public static bool Holds(Wait wait, ResolvedCatalog catalog)
    {
        foreach (var operation in (wait.Operation.EnclosingFunction() ?? wait.Operation.Root()).Descendants())
        {
            if (operation is IInvocationOperation call && call.Syntax.SpanStart < wait.Operation.Syntax.SpanStart && catalog.Role(call.TargetMethod) == ShutdownRole.Guard)
                return true;
        }

        return false;
    }
}
