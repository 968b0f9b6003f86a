using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Holding;

/// <summary>Which calls give back what an acquisition took.</summary>
internal static class Releases
{
    /// <summary>
    /// True when the lock is given back by a call on the object itself. A handle gives back what it holds and nothing else, so what
    /// returns one cannot be given back untaken.
    /// </summary>
    public static bool IsByCall(Wait acquisition) =>
        acquisition.Target is not null && !acquisition.Entry.Release.IsEmpty && !acquisition.Entry.Release.Contains("Dispose");

    /// <summary>True when the call gives back what the acquisition took from the same object.</summary>
    public static bool IsReleaseOf(this IInvocationOperation call, Wait acquisition) =>
        acquisition.Entry.Release.Contains(call.TargetMethod.Name)
        && (call.Instance is { } instance ? SameObject.Are(instance, acquisition.Target) && !NamesItsHolder(call)
            : call.Arguments.Length == 1 && SameObject.Are(call.Arguments[0].Value, acquisition.Target));

    /// <summary>A call that is given who holds the lock gives back nothing of anybody else; a count or a cookie does not say that.</summary>
    private static bool NamesItsHolder(IInvocationOperation call) => call.Arguments.Any(argument =>
        argument.Parameter is { RefKind: RefKind.None } parameter && parameter.Type.SpecialType is not (SpecialType.System_Int32 or SpecialType.System_Boolean));

    /// <summary>The operations below one, without those of lambdas and local functions.</summary>
    public static IEnumerable<IOperation> WithoutFunctions(this IOperation operation)
    {
        foreach (var child in operation.ChildOperations)
        {
            if (child is IAnonymousFunctionOperation or ILocalFunctionOperation)
                continue;
            yield return child;
            foreach (var descendant in child.WithoutFunctions())
                yield return descendant;
        }
    }
}
