using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Values;

/// <summary>Questions about where an operation stands.</summary>
internal static class OperationTree
{
    public static IOperation Root(this IOperation operation)
    {
        while (operation.Parent is { } parent)
            operation = parent;
        return operation;
    }

    /// <summary>What stands before a place in the function around it.</summary>
    public static IEnumerable<IOperation> Earlier(this IOperation place) =>
        (place.EnclosingFunction() ?? place.Root()).Descendants().Where(operation => operation.Syntax.SpanStart < place.Syntax.SpanStart);

    /// <summary>The lambda or local function around the operation; null when it stands in the member itself.</summary>
    public static IOperation? EnclosingFunction(this IOperation operation)
    {
        for (var current = operation.Parent; current is not null; current = current.Parent)
        {
            if (current is IAnonymousFunctionOperation or ILocalFunctionOperation)
                return current;
        }

        return null;
    }

    /// <summary>What stands before the <c>?.</c> that the instance follows.</summary>
    public static IOperation? Receiver(this IConditionalAccessInstanceOperation instance)
    {
        for (IOperation current = instance; current.Parent is { } parent; current = parent)
        {
            if (parent is IConditionalAccessOperation access && access.WhenNotNull == current)
                return access.Operation;
        }

        return null;
    }

    /// <summary>The operation without conversions and parentheses around it.</summary>
    public static IOperation Unwrapped(this IOperation operation)
    {
        while (true)
        {
            switch (operation)
            {
                case IConversionOperation conversion:
                    operation = conversion.Operand;
                    break;
                case IParenthesizedOperation parenthesized:
                    operation = parenthesized.Operand;
                    break;
                case IDelegateCreationOperation creation:
                    operation = creation.Target;
                    break;
                default:
                    return operation;
            }
        }
    }
}
