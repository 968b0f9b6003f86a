using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Values;

/// <summary>Adds up a duration from parts: the constructors and factories of <see cref="TimeSpan"/>, whose parameters are named for their units.</summary>
internal static class Durations
{
    /// <param name="arguments">The parts.</param>
    /// <param name="unit">The unit of a part whose parameter does not name one, as in <c>FromSeconds(value)</c>.</param>
    /// <param name="read">The value of an argument.</param>
    public static Value Of(ImmutableArray<IArgumentOperation> arguments, string? unit, Func<Microsoft.CodeAnalysis.IOperation, Value> read)
    {
        var sum = 0d;
        foreach (var argument in arguments)
        {
            double? amount = argument.Value.ConstantValue is { HasValue: true, Value: double real } ? real : read(argument.Value).Number;
            if (argument.Parameter is not { } parameter || amount is null || (TicksIn(parameter.Name) ?? TicksIn(unit)) is not { } ticks)
                return Value.Unknown;
            sum += amount.Value * ticks;
        }

        // Below zero only -1 ms means something to a wait: no end.
        return arguments.IsEmpty || double.IsNaN(sum) || (sum < 0 && sum != Timeout.InfiniteTimeSpan.Ticks) ? Value.Unknown
            : Value.Of(sum >= TimeSpan.MaxValue.Ticks ? TimeSpan.MaxValue : new TimeSpan((long)sum));
    }

    private static long? TicksIn(string? unit) => unit?.ToLowerInvariant() switch
    {
        "days" => TimeSpan.TicksPerDay,
        "hours" => TimeSpan.TicksPerHour,
        "minutes" => TimeSpan.TicksPerMinute,
        "seconds" => TimeSpan.TicksPerSecond,
        "milliseconds" => TimeSpan.TicksPerMillisecond,
        "microseconds" => TimeSpan.TicksPerMillisecond / 1_000,
        "ticks" => 1,
        _ => null,
    };
}
