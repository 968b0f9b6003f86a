using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Waits;

/// <summary>How a rule asks to see the waits of a compilation.</summary>
internal static class WaitActions
{
    /// <summary>Runs the action for each call of a member that the catalog calls a wait, bounded or not.</summary>
    public static void RegisterWaitCalls(this CompilationStartAnalysisContext start, LockContext context, Action<CallContext, Wait> action)
    {
        var waits = context.Catalog.ManagedWaits;
        start.RegisterCalls(waits.HasName, call =>
        {
            if (Wait.Find(call.Operation, context.Catalog) is { } wait)
                action(call, wait);
        });
    }
}
