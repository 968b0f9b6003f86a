using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;
using LockAnalyzers.Native;
using LockAnalyzers.WaitOptions;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Races;

/// <summary>A call that waits until it owns something, with nothing that ends it.</summary>
/// <param name="Operation">The call, or the method that is handed on as a delegate.</param>
/// <param name="Name">How a message names it.</param>
/// <param name="Wait">What the catalog knows of it, if it does.</param>
internal sealed record Acquisition(IOperation Operation, string Name, Wait? Wait)
{
    /// <summary>The acquisition that a call is; null for one that is bounded, and for waits after which nobody owns anything.</summary>
    public static Acquisition? Of(IOperation operation, ResolvedCatalog catalog)
    {
        if (operation is not IInvocationOperation call)
            return null;
        if (Wait.Find(call, catalog) is { } wait)
            return wait is { Entry: { Subject: WaitSubject.Lock, Release.IsEmpty: false }, Bound: Bound.None } ? new Acquisition(call, wait.Name, wait) : null;
        if (NativeMethod.Find(call.TargetMethod, catalog) is { } native)
            return native.Subject == WaitSubject.Lock && NativeCall.CanWaitForEver(call, native, catalog) ? new Acquisition(call, native.Name, null) : null;
        if (CallBound.Of(call.Arguments) != Bound.None)
            return null;
        return IsNamedSo(call.TargetMethod, catalog) || IsToldToWait(call, catalog)
            ? new Acquisition(call, $"{call.TargetMethod.ContainingType.Name}.{call.TargetMethod.Name}", null)
            : null;
    }

    /// <summary><c>Task.Run(mutex.WaitOne)</c>: a member that takes nothing that could bound it.</summary>
    public static Acquisition? OfDelegate(IMethodReferenceOperation reference, ResolvedCatalog catalog) =>
        reference.Method.Parameters.IsEmpty && catalog.ManagedWaits.Find(reference.Method, reference.Instance?.Type) is { Subject: WaitSubject.Lock, Release.IsEmpty: false, Default: WaitDefault.Wait } entry
            ? new Acquisition(reference, $"{entry.Name.Type.Substring(entry.Name.Type.LastIndexOf('.') + 1)}.{reference.Method.Name}", null)
            : null;

    /// <summary><c>store.AcquireLock()</c>, <c>FileLock.Acquire(path)</c>: an own helper or a library that the catalog does not know.</summary>
    public static bool IsNamedSo(IMethodSymbol method, ResolvedCatalog catalog)
    {
        var words = Words.Of(method.Name);
        return words.Count > 0 && method.MethodKind == MethodKind.Ordinary
            && catalog.Words.Of("acquire-verb").Contains(words[0])
            && !words.Exists(catalog.Words.Of("no-try").Contains) && !catalog.Says(method.Name, NameSense.LockEnd)
            && (words.Exists(catalog.Words.Of("lock-noun").Contains) || Words.Of(method.ContainingType.Name).Exists(catalog.Words.Of("lock-noun").Contains));
    }

    private static bool IsToldToWait(IInvocationOperation call, ResolvedCatalog catalog) =>
        call.Arguments.Any(argument => argument.Parameter?.Type.SpecialType == SpecialType.System_Boolean)
        && new WaitOptionFinder(catalog).Find(call) is { IsBounded: false };
}
