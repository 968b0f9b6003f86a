using LockAnalyzers.Naming;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Bounds;

/// <summary>Answers what bounds a call, from its time-out and token arguments, judged by value.</summary>
internal static class CallBound
{
    private static readonly HashSet<string> TimeoutWords = new(StringComparer.Ordinal)
    {
        "timeout", "timeouts", "deadline", "budget", "milliseconds", "ms", "microseconds", "within",
    };

    private static readonly HashSet<string> OtherTimes = new(StringComparer.Ordinal)
    {
        "interval", "delay", "period", "retry", "frequency", "poll", "polling", "backoff", "pause",
        "expiry", "expiration", "expires", "ttl", "lease", "lifetime", "age", "retention", "heartbeat",
    };

    /// <summary>
    /// The strongest bound among the arguments; an optional argument left out counts with its default. A time-out above
    /// <paramref name="longest"/> is none.
    /// </summary>
    public static Bound Of(IEnumerable<IArgumentOperation> arguments, TimeSpan? longest = null, ValueReader? reader = null)
    {
        var strongest = Bound.None;
        foreach (var argument in arguments)
        {
            if (argument.Parameter is not { } parameter)
                continue;
            var bound = parameter.Type.IsToken() ? OfToken(argument.Value, reader)
                : IsTimeout(parameter.Type, parameter.Name) ? OfTimeout(argument.Value, longest, parameter.Name, reader)
                : Bound.None;
            if (bound > strongest)
                strongest = bound;
        }

        return strongest;
    }

    /// <summary>True when one of the arguments is a time-out, whatever its value.</summary>
    public static bool HasTimeout(IEnumerable<IArgumentOperation> arguments)
    {
        foreach (var argument in arguments)
        {
            if (argument.Parameter is { } parameter && IsTimeout(parameter.Type, parameter.Name))
                return true;
        }

        return false;
    }

    /// <summary>What a token bounds: nothing when it is <c>None</c> or <c>default</c> on every path.</summary>
    public static Bound OfToken(IOperation token, ValueReader? reader = null) =>
        (reader ?? ValueReader.Plain).ValuesOf(token).All(value => value.Kind is ValueKind.NeverCancelled or ValueKind.Null) ? Bound.None : Bound.Finite;

    /// <summary>What a time-out bounds. A value that cannot be read counts as finite: the caller chose it.</summary>
    public static Bound OfTimeout(IOperation timeout, TimeSpan? longest = null, string name = "", ValueReader? reader = null)
    {
        var values = (reader ?? ValueReader.Plain).ValuesOf(timeout);
        return values.All(value => IsInfinite(value) || IsAbove(value, longest, name)) ? Bound.None : values.All(IsZero) ? Bound.Zero : Bound.Finite;
    }

    /// <summary>True for a parameter or property that limits how long something waits.</summary>
    public static bool IsTimeout(ITypeSymbol type, string name)
    {
        type = type.WithoutNullable();
        var isNumber = type.SpecialType is SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_Double;
        return (type.IsDuration() && !SpeaksOfAnotherTime(name)) || ((isNumber || type.IsInstant()) && SpeaksOfTime(name));
    }

    /// <summary>True for a name that speaks of a limit in time: <c>timeoutMs</c>, <c>WithDeadline</c>, <c>maxWait</c>.</summary>
    public static bool SpeaksOfTime(string name)
    {
        var words = Words.Of(name);
        return words.Exists(TimeoutWords.Contains) || HasPair(words, "time", "out") || HasPair(words, "max", "wait") || HasPair(words, "wait", "time") || HasPair(words, "micro", "seconds");
    }

    /// <summary>A duration that says how often to try, or how long what was acquired is kept: neither limits the wait.</summary>
    private static bool SpeaksOfAnotherTime(string name) => !SpeaksOfTime(name) && Words.Of(name).Exists(OtherTimes.Contains);

    private static bool HasPair(List<string> words, string first, string second)
    {
        for (var i = 1; i < words.Count; i++)
        {
            if (words[i - 1] == first && words[i] == second)
                return true;
        }

        return false;
    }

    private static bool IsInfinite(Value value) =>
        value.Kind == ValueKind.Null || value.Number is < 0 or uint.MaxValue || value.Duration is { Ticks: < 0 };

    private static bool IsAbove(Value value, TimeSpan? longest, string name) =>
        longest is { } most
        && (value.Duration > most || (value.Number is { } number && number * (double)TimeUnit.Of(name).Ticks > most.Ticks));

    private static bool IsZero(Value value) => value.Number == 0 || value.Duration == TimeSpan.Zero;
}
