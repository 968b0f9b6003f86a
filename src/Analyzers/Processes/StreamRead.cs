using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Processes;

/// <summary>What becomes of one end of a pipe where the code takes hold of it.</summary>
internal static class StreamRead
{
    /// <summary>
    /// The call that goes on only at the end of the stream: <c>ReadToEnd()</c>, a copy, an awaited task of these, lines in a loop; null
    /// for all others, such as a task that is started and left to run.
    /// </summary>
    public static IInvocationOperation? ToEnd(IOperation stream, ResolvedCatalog catalog)
    {
        var value = stream;
        while (value.Parent is IConversionOperation or IParenthesizedOperation || IsSame(value.Parent, catalog))
            value = value.Parent!;
        return value.Parent is IInvocationOperation call && call.Instance == value && IsToEnd(call, catalog) ? call : null;
    }

    /// <summary>The stream property that a reading call goes through: <c>p.StandardError</c> of <c>p.StandardError.ReadToEnd()</c>.</summary>
    public static IPropertyReferenceOperation? StreamOf(IInvocationOperation read, ResolvedCatalog catalog)
    {
        var value = read.Instance?.Unwrapped();
        while (value is IPropertyReferenceOperation property)
        {
            if (!IsSame(property, catalog))
                return property;
            value = property.Instance?.Unwrapped();
        }

        return null;
    }

    /// <summary>True for a call that goes on only at the end of the stream it is called on.</summary>
    public static bool IsToEnd(IInvocationOperation call, ResolvedCatalog catalog) =>
        catalog.Children.Find(call.TargetMethod) is { } entry
        && (entry.Role == ChildRole.ReadAll || (entry.Role == ChildRole.ReadLine && IsRepeated(call)))
        && (!call.Type.IsTask() || IsWaitedFor(call, catalog));

    /// <summary>True when code goes on only after the task has ended: it is awaited, returned, or waited for where it is made, without a limit.</summary>
    public static bool IsWaitedFor(IOperation task, ResolvedCatalog catalog)
    {
        for (var current = task; current.Parent is { } parent; current = parent)
        {
            switch (parent)
            {
                case IAwaitOperation or IReturnOperation:
                    return true;
                case IConversionOperation or IParenthesizedOperation or IConditionalAccessOperation:
                    break;
                case IInvocationOperation call when call.Instance == current && CallBound.Of(call.Arguments) == Bound.None:
                    if (catalog.ManagedWaits.Find(call.TargetMethod) is not null)
                        return true;
                    if (catalog.ShutdownMembers.Find(call.TargetMethod) is not { Role: ShutdownRole.Same })
                        return false;
                    break;
                case IPropertyReferenceOperation property:
                    return catalog.ManagedWaits.Find(property.Property) is not null;
                default:
                    return false;
            }
        }

        return false;
    }

    private static bool IsSame(IOperation? operation, ResolvedCatalog catalog) =>
        operation is IPropertyReferenceOperation property && catalog.Children.Find(property.Property) is { Role: ChildRole.Same };

    private static bool IsRepeated(IOperation read)
    {
        for (var current = read.Parent; current is not null and not IAnonymousFunctionOperation and not ILocalFunctionOperation; current = current.Parent)
        {
            if (current is ILoopOperation)
                return true;
        }

        return false;
    }
}
