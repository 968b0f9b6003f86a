using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Values;

/// <summary>What a comparison of two values says: 1, 0, or unknown.</summary>
internal static class Comparison
{
    public static Value Of(BinaryOperatorKind kind, Value left, Value right)
    {
        if (left.Kind == ValueKind.Unknown || right.Kind == ValueKind.Unknown)
            return Value.Unknown;
        if (left.Kind == ValueKind.Null || right.Kind == ValueKind.Null)
            return Answer(kind switch
            {
                BinaryOperatorKind.Equals => left.Kind == right.Kind,
                BinaryOperatorKind.NotEquals => left.Kind != right.Kind,
                _ => false, // Nothing is more or less than null.
            });
        return (left.Number - right.Number ?? (left.Duration - right.Duration)?.Ticks) is not { } difference ? Value.Unknown : Answer(kind switch
        {
            BinaryOperatorKind.Equals => difference == 0,
            BinaryOperatorKind.NotEquals => difference != 0,
            BinaryOperatorKind.LessThan => difference < 0,
            BinaryOperatorKind.LessThanOrEqual => difference <= 0,
            BinaryOperatorKind.GreaterThan => difference > 0,
            _ => difference >= 0,
        });
    }

    /// <summary><c>is null</c>, <c>is not null</c>, <c>is &lt; 0</c>.</summary>
    public static Value Of(Value value, IPatternOperation pattern) => pattern switch
    {
        INegatedPatternOperation negation => Of(value, negation.Pattern).Boolean is { } answer ? Answer(!answer) : Value.Unknown,
        IConstantPatternOperation constant => Of(BinaryOperatorKind.Equals, value, ValueReader.ReadSingle(constant.Value)),
        IRelationalPatternOperation relation => Of(relation.OperatorKind, value, ValueReader.ReadSingle(relation.Value)),
        _ => Value.Unknown,
    };

    private static Value Answer(bool answer) => Value.Of(answer ? 1 : 0);
}
