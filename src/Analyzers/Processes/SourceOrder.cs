using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Processes;

/// <summary>
/// What may have happened before a place is reached, told by the order of the source. In doubt the answer is yes: a lambda that
/// stands above may be running, and so may code around the lambda in which the place stands.
/// </summary>
internal sealed class SourceOrder
{
    private readonly IOperation _place;
    private readonly IOperation? _function;
    private readonly int _start;

    /// <summary>What runs again before the place is reached again: the loops around it, but not one that makes a variable anew each time.</summary>
    private readonly IOperation? _loop;

    public SourceOrder(IOperation place, IOperation? declaration)
    {
        _place = place;
        _start = place.Syntax.SpanStart;
        _function = place.EnclosingFunction();
        for (var current = place.Parent; current is not null && current != _function; current = current.Parent)
        {
            if (current is ILoopOperation && (declaration is null || !current.Syntax.Span.Contains(declaration.Syntax.Span)))
                _loop = current;
        }
    }

    public bool MayPrecede(IOperation operation)
    {
        if (_place.Syntax.Span.Contains(operation.Syntax.Span) && operation.Syntax.SpanStart >= _start)
            return false;
        var function = operation.EnclosingFunction();
        if (function == _function)
            return (operation.Syntax.SpanStart < _start || _loop?.Syntax.Span.Contains(operation.Syntax.Span) == true) && !Excludes(operation);
        if (_function is not null && !_function.Syntax.Span.Contains(operation.Syntax.Span))
            return true;
        return function is ILocalFunctionOperation || operation.Syntax.SpanStart < _start;
    }

    /// <summary>True when the operation stands in the same function as the place.</summary>
    public bool SharesFunction(IOperation operation) => operation.EnclosingFunction() == _function;

    /// <summary>True when an <c>if</c> leads either to the place or to the operation.</summary>
    public bool Excludes(IOperation operation)
    {
        for (IOperation current = _place; current.Parent is { } parent && parent != _function; current = parent)
        {
            if (parent is IConditionalOperation { WhenFalse: { } whenFalse } choice
                && ((current == choice.WhenTrue && Holds(whenFalse, operation)) || (current == whenFalse && Holds(choice.WhenTrue, operation))))
            {
                return true;
            }
        }

        return false;
    }

    private static bool Holds(IOperation outer, IOperation inner) => outer.Syntax.Span.Contains(inner.Syntax.Span);
}
