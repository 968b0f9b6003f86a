using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Waits;
using LockAnalyzers.Waits.Intent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Attempts;

/// <summary>
/// Whether a loop only spins on a lock of this process: it tries, yields its turn of the processor, and tries again. Nobody writes that for a lock
/// that is held for long.
/// </summary>
internal static class Spin
{
    public static bool Is(IOperation attempt, ResolvedCatalog catalog) =>
        Wait.Find(attempt, catalog) is { Entry: { Sharing: WaitSharing.Process, Library: null }, Bound: Bound.Zero }
        && IdleLoop.LoopAround(attempt) is { } loop
        && loop.Descendants().OfType<IInvocationOperation>().All(call => call == attempt || OnlyYields(call, catalog));

    private static bool OnlyYields(IInvocationOperation call, ResolvedCatalog catalog) =>
        call.TargetMethod.ContainingNamespace is { Name: "Threading", ContainingNamespace.Name: "System" }
        && catalog.Role(call.TargetMethod) is null && catalog.ManagedWaits.Find(call.TargetMethod) is null;
}
