using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Files;
using LockAnalyzers.Naming;
using LockAnalyzers.Native;
using LockAnalyzers.Values;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Attempts;

/// <summary>Tells a call that tries to take a lock and says by its result whether it did: from the catalog, or by its name.</summary>
internal static class TryCall
{
    /// <summary>What <c>WaitHandle.WaitAny</c> gives when its time is up.</summary>
    private const long WaitTimeout = 258;

    public static Attempt? Find(IOperation operation, ResolvedCatalog catalog) => operation switch
    {
        IInvocationOperation call => FromCatalog(call, catalog) ?? FromNative(call, catalog) ?? ByName(call, catalog),
        IObjectCreationOperation { Constructor: { } constructor } creation when catalog.Claims.Find(constructor) is not null && HasVerdict(constructor) =>
            new Attempt(creation, Refusal.False, constructor.ContainingType.Name),
        _ => null,
    };

    /// <summary>True for a member that tries to take a lock, whatever it is given.</summary>
    public static bool IsTry(IMethodSymbol method, ResolvedCatalog catalog) =>
        catalog.ManagedWaits.Find(method) is { Subject: WaitSubject.Lock } || catalog.Says(method.Name, NameSense.Try);

    private static Attempt? FromCatalog(IInvocationOperation call, ResolvedCatalog catalog)
    {
        if (catalog.Claims.Find(call.TargetMethod) is not null)
            return new Attempt(call, Refusal.False, NameOf(call));
        if (catalog.HeldQuestions.Find(call.TargetMethod) is not null)
            return !AsksForPath(call) || SpeaksOfLock(call, catalog) ? new Attempt(call, Refusal.True, NameOf(call)) : null;
        if (Wait.Find(call, catalog) is not { Entry.Subject: WaitSubject.Lock } wait || wait.Bound == Bound.None)
            return null;
        Refusal? refusal = wait.Entry.Answer switch
        {
            WaitAnswer.Bool => Refusal.False,
            WaitAnswer.Null => Refusal.Null,
            WaitAnswer.Index => Refusal.Number,
            WaitAnswer.Handle => Refusal.Handle,
            _ => HasVerdict(call.TargetMethod) ? Refusal.False : null,
        };
        return refusal is { } known ? new Attempt(call, known, NameOf(call)) { Refused = WaitTimeout } : null;
    }

    private static Attempt? FromNative(IInvocationOperation call, ResolvedCatalog catalog)
    {
        if (NativeMethod.EntryPoint(call.TargetMethod, catalog) is not { } name)
            return null;
        if (catalog.NativeTries.TryGetValue(name, out var tried))
            return Native(call, name, tried.Refused);
        return catalog.NativeWaits.TryGetValue(name, out var wait) && wait.Busy == NativeBusy.Errno && NativeCall.IsTry(call, wait) ? Native(call, name, -1) : null;
    }

    private static Attempt Native(IInvocationOperation call, string name, long refused) =>
        new(call, call.Type?.SpecialType == SpecialType.System_Boolean ? Refusal.False : Refusal.Number, name) { Refused = refused };

    private static Attempt? ByName(IInvocationOperation call, ResolvedCatalog catalog)
    {
        var result = call.TargetMethod.ReturnType.WithoutTask();
        if (result.SpecialType == SpecialType.System_Boolean)
        {
            return catalog.Says(call.TargetMethod.Name, NameSense.Try) ? new Attempt(call, Refusal.False, NameOf(call))
                : catalog.Says(call.TargetMethod.Name, NameSense.HeldQuestion) ? new Attempt(call, Refusal.True, NameOf(call))
                : null;
        }

        if (result.SpecialType == SpecialType.System_Void || !catalog.Says(call.TargetMethod.Name, NameSense.Try))
            return null;
        return result.GetMembers().Any(member => member is IPropertySymbol { Type.SpecialType: SpecialType.System_Boolean, Name: "IsAcquired" or "Acquired" or "IsHeld" })
            ? new Attempt(call, Refusal.Handle, NameOf(call))
            : MayBeNull(result, call.TargetMethod.Name) ? new Attempt(call, Refusal.Null, NameOf(call))
            : null;
    }

    /// <summary>Says it may be null, or is named as a try where nothing is said about that.</summary>
    private static bool MayBeNull(ITypeSymbol result, string name) =>
        result.OriginalDefinition.SpecialType == SpecialType.System_Nullable_T
        || (result.IsReferenceType && (result.NullableAnnotation == NullableAnnotation.Annotated
            || (result.NullableAnnotation == NullableAnnotation.None && name.StartsWith("Try", StringComparison.Ordinal))));

    /// <summary>A question about a path is one about a lock only where the path is that of a lock file.</summary>
    private static bool AsksForPath(IInvocationOperation call) =>
        call.Instance is not null || call.TargetMethod.Parameters is { Length: > 0 } parameters && parameters[0].Name == "path";

    private static bool SpeaksOfLock(IInvocationOperation call, ResolvedCatalog catalog) =>
        (FilePath.Read(call.Instance ?? call.Arguments[0].Value, catalog) & (PathSigns.LockFile | PathSigns.LockName)) != 0;

    /// <summary>True when a member says by reference whether it got what it wanted.</summary>
    private static bool HasVerdict(IMethodSymbol method)
    {
        foreach (var parameter in method.Parameters)
        {
            if (parameter.RefKind is RefKind.Ref or RefKind.Out && parameter.Type.SpecialType == SpecialType.System_Boolean)
                return true;
        }

        return false;
    }

    private static string NameOf(IInvocationOperation call) => call.TargetMethod is { MethodKind: MethodKind.Ordinary } method
        ? $"{method.ContainingType.Name}.{method.Name}"
        : call.TargetMethod.Name;
}
