using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Native;
using LockAnalyzers.Shutdown.Paths;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Guards;

/// <summary>
/// Whether a call arms what ends this process by force: the Runtime's watchdog, a kernel alarm, a thread of its own that pauses
/// and kills, a second process that knows our id. Timers and delays are none: they never fire when the pool is used up.
/// </summary>
internal static class GuardCall
{
    public static bool IsGuard(IInvocationOperation call, ShutdownRole? role, Bodies bodies, ShutdownFacts facts) => role switch
    {
        ShutdownRole.Guard => true,
        ShutdownRole.Start => IsKillerThread(call, bodies, facts),
        ShutdownRole.Launch => KnowsOurId(call, facts),
        null => IsNativeGuard(call, facts),
        _ => false,
    };

    /// <summary>A native alarm; with nothing but zeros it is switched off.</summary>
    private static bool IsNativeGuard(IInvocationOperation call, ShutdownFacts facts) =>
        call.TargetMethod.IsStatic
        && NativeMethod.EntryPoint(call.TargetMethod, facts.Catalog) is { } name && facts.Catalog.NativeGuards.Contains(name)
        && !(call.Arguments.Length == 1 && ValueReader.ReadSingle(call.Arguments[0].Value).Number == 0);

    private static bool IsKillerThread(IInvocationOperation start, Bodies bodies, ShutdownFacts facts) =>
        start.Instance is { } thread
        && ThreadCreation.Find(thread) is { IsBackground: true, Body: { } body }
        && bodies.Target(body) is { Body: not null } target
        && PausesThenKills(target, bodies, facts);

    private static bool PausesThenKills(DelegateTarget function, Bodies bodies, ShutdownFacts facts)
    {
        var pauses = false;
        foreach (var call in function.Body.DescendantsAndSelf().OfType<IInvocationOperation>())
        {
            if (IsFinitePause(call, facts))
                pauses = true;
            else if (pauses && (IsKill(call, facts) || (bodies.Find(call.TargetMethod) is { } body && body.DescendantsAndSelf().OfType<IInvocationOperation>().Any(inner => IsKill(inner, facts)))))
                return true;
        }

        return false;
    }

    private static bool IsFinitePause(IInvocationOperation call, ShutdownFacts facts) =>
        (facts.Role(call.TargetMethod) == ShutdownRole.Pause || facts.Catalog.ManagedWaits.Find(call.TargetMethod) is not null)
        && CallBound.Of(call.Arguments) == Bound.Finite;

    /// <summary>True for a call that ends this process without asking it.</summary>
    public static bool IsKill(IInvocationOperation call, ShutdownFacts facts)
    {
        if (facts.Role(call.TargetMethod) == ShutdownRole.Kill)
            return call.Instance is null || NamesOurProcess(call.Instance, facts);
        return call.TargetMethod.IsStatic && NativeMethod.EntryPoint(call.TargetMethod, facts.Catalog) is { } name && facts.Catalog.NativeKills.Contains(name);
    }

    private static bool NamesOurProcess(IOperation process, ShutdownFacts facts)
    {
        if (process.Unwrapped() is ILocalReferenceOperation local && Definitions.SingleValue(local) is { } value)
            process = value;
        return MentionsOurProcess(process, facts);
    }

    /// <summary>The id may stand in a variable filled above, so the whole function is looked at.</summary>
    private static bool KnowsOurId(IInvocationOperation launch, ShutdownFacts facts)
    {
        IOperation function = launch.EnclosingFunction() ?? launch.Root();
        return MentionsOurProcess(function, facts);
    }

    private static bool MentionsOurProcess(IOperation operation, ShutdownFacts facts) =>
        operation.DescendantsAndSelf().Any(inner => inner switch
        {
            IInvocationOperation call => facts.Role(call.TargetMethod) == ShutdownRole.OwnProcess,
            IPropertyReferenceOperation property => facts.Role(property.Property) == ShutdownRole.OwnProcess,
            _ => false,
        });
}
