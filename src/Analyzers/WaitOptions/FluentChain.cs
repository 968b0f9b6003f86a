using LockAnalyzers.Bounds;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.WaitOptions;

/// <summary>A builder's calls one after another: <c>LockBuilder.For(x).Wait(true).Timeout(t).Acquire()</c>.</summary>
internal static class FluentChain
{
    /// <summary>True for a method that gives back what it was called on.</summary>
    public static bool IsFluent(IMethodSymbol method) =>
        !method.ReturnsVoid && (method.IsExtensionMethod ? method.Parameters.Length > 0 : !method.IsStatic)
        && SymbolEqualityComparer.Default.Equals(
            method.ReturnType.OriginalDefinition,
            (method.IsExtensionMethod ? method.Parameters[0].Type : method.ContainingType).OriginalDefinition);

    /// <summary>The last call of the chain, which does the work; null when the builder is only kept.</summary>
    public static IOperation? Top(IInvocationOperation call)
    {
        IOperation top = call;
        while (Next(top) is { } next)
            top = next;
        return top is IInvocationOperation { TargetMethod: var last } && IsFluent(last) ? null : top;
    }

    /// <summary>True when a call of the chain, or another on the same builder, sets a time-out or passes a token.</summary>
    public static bool IsBounded(IOperation call)
    {
        if (IsChainBounded(call))
            return true;
        return Receiver(Start(call)) is ILocalReferenceOperation { Local: var builder }
            && call.Root().Descendants().Any(other =>
                other is ILocalReferenceOperation { Parent: IInvocationOperation first } reference
                && SymbolEqualityComparer.Default.Equals(reference.Local, builder)
                && IsChainBounded(first));
    }

    private static bool IsChainBounded(IOperation call)
    {
        for (var link = Start(call); link is not null; link = Next(link))
        {
            if (link is IInvocationOperation { Arguments: var arguments, TargetMethod: var method }
                && (CallBound.Of(arguments) == Bound.Finite || IsNamedForTimeout(method, arguments)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>.Timeout(t)</c>: the method's name says what its parameter means.</summary>
    private static bool IsNamedForTimeout(IMethodSymbol method, IEnumerable<IArgumentOperation> arguments) =>
        CallBound.SpeaksOfTime(method.Name)
        && arguments.Any(argument => argument.Parameter is { } parameter && CallBound.IsTimeout(parameter.Type, method.Name)
            && CallBound.OfTimeout(argument.Value) == Bound.Finite);

    private static IOperation Start(IOperation call)
    {
        var start = call;
        while (Receiver(start) is IInvocationOperation receiver)
            start = receiver;
        return start;
    }

    private static IOperation? Next(IOperation call) =>
        call.Parent is IInvocationOperation parent && Receiver(parent) == call ? parent
        : call.Parent is IArgumentOperation { Parent: IInvocationOperation { TargetMethod.IsExtensionMethod: true } extension } && Receiver(extension) == call ? extension
        : null;

    private static IOperation? Receiver(IOperation call) => call switch
    {
        IInvocationOperation { Instance: { } instance } => instance,
        IInvocationOperation { TargetMethod.IsExtensionMethod: true, Arguments: { IsEmpty: false } arguments } => arguments[0].Value.Unwrapped(),
        _ => null,
    };
}
