namespace LockAnalyzers.Values;

/// <summary>
/// As much as the source tells of one value an expression may have. Numbers, enums and booleans are bit patterns of which
/// some bits may be unknown: <c>kind | 4</c> is not known, but its third bit is.
/// </summary>
internal readonly record struct Value
{
    private Value(ValueKind kind, ulong known, ulong bits)
    {
        Kind = kind;
        Known = known;
        Bits = bits & known;
    }

    public static Value Unknown { get; } = new(ValueKind.Unknown, 0, 0);

    public static Value Null { get; } = new(ValueKind.Null, 0, 0);

    /// <summary>A token that is never cancelled: <c>CancellationToken.None</c> or <c>default</c>.</summary>
    public static Value NeverCancelled { get; } = new(ValueKind.NeverCancelled, 0, 0);

    public ValueKind Kind { get; }

    /// <summary>Which bits of <see cref="Bits"/> are known.</summary>
    public ulong Known { get; }

    /// <summary>The known bits; of a number sign-extended to 64 bits, of a duration its ticks.</summary>
    public ulong Bits { get; }

    /// <summary>The number, when each of its bits is known; booleans are 0 and 1.</summary>
    public long? Number => Kind == ValueKind.Number && Known == ulong.MaxValue ? (long)Bits : null;

    public bool? Boolean => Number is { } number ? number != 0 : null;

    public TimeSpan? Duration => Kind == ValueKind.Duration ? new TimeSpan((long)Bits) : null;

    public static Value Of(long number) => new(ValueKind.Number, ulong.MaxValue, (ulong)number);

    public static Value Of(TimeSpan duration) => new(ValueKind.Duration, ulong.MaxValue, (ulong)duration.Ticks);

    public static Value operator |(Value left, Value right) =>
        Combine(left, right, (l, r) => (l.Known & r.Known) | l.Bits | r.Bits, (l, r) => l.Bits | r.Bits);

    public static Value operator &(Value left, Value right) =>
        Combine(left, right, (l, r) => (l.Known & r.Known) | (l.Known & ~l.Bits) | (r.Known & ~r.Bits), (l, r) => l.Bits & r.Bits);

    public static Value operator ^(Value left, Value right) =>
        Combine(left, right, (l, r) => l.Known & r.Known, (l, r) => l.Bits ^ r.Bits);

    public static Value operator ~(Value value) =>
        value.Kind == ValueKind.Number ? new(ValueKind.Number, value.Known, ~value.Bits) : Unknown;

    /// <summary>True, false, or null when not all of these bits are known and none is known to be set.</summary>
    public bool? HasAny(ulong bits) =>
        Kind is not (ValueKind.Number or ValueKind.Unknown) ? null
        : (Bits & bits) != 0 ? true
        : (Known & bits) == bits ? false
        : null;

    private static Value Combine(Value left, Value right, Func<Value, Value, ulong> known, Func<Value, Value, ulong> bits) =>
        IsBits(left) && IsBits(right) ? new(ValueKind.Number, known(left, right), bits(left, right)) : Unknown;

    /// <summary>An unknown value takes part as a number of which no bit is known.</summary>
    private static bool IsBits(Value value) => value.Kind is ValueKind.Number or ValueKind.Unknown;
}

internal enum ValueKind
{
    Unknown,
    Null,
    Number,
    Duration,
    NeverCancelled,
}
