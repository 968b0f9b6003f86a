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
        "timeout", "timeouts", "deadline", "expiry", "expiration", "budget", "ttl", "milliseconds", "ms", "within",
    };

    /// <summary>The strongest bound among the arguments; an optional argument left out counts with its default.</summary>
    public static Bound Of(IEnumerable<IArgumentOperation> arguments)
    {
        var strongest = Bound.None;
        foreach (var argument in arguments)
        {
            if (argument.Parameter is not { } parameter)
                continue;
            var bound = IsToken(parameter.Type) ? OfToken(argument.Value)
                : IsTimeout(parameter.Type, parameter.Name) ? OfTimeout(argument.Value)
                : Bound.None;
            if (bound > strongest)
                strongest = bound;
        }

        return strongest;
    }

    /// <summary>What a token bounds: nothing when it is <c>None</c> or <c>default</c> on every path.</summary>
    public static Bound OfToken(IOperation token) =>
        ValueReader.Read(token).All(value => value.Kind is ValueKind.NeverCancelled or ValueKind.Null) ? Bound.None : Bound.Finite;

    /// <summary>What a time-out bounds. A value that cannot be read counts as finite: the caller chose it.</summary>
    public static Bound OfTimeout(IOperation timeout)
    {
        var values = ValueReader.Read(timeout);
        return values.All(IsInfinite) ? Bound.None : values.All(IsZero) ? Bound.Zero : Bound.Finite;
    }

    public static bool IsToken(ITypeSymbol type) =>
        type is { Name: "CancellationToken", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } };

    /// <summary>True for a parameter or property that limits how long something waits.</summary>
    public static bool IsTimeout(ITypeSymbol type, string name)
    {
        if (type is INamedTypeSymbol { OriginalDefinition.SpecialType: SpecialType.System_Nullable_T, TypeArguments: { Length: 1 } arguments })
            type = arguments[0];
        var isDuration = type is { Name: "TimeSpan", ContainingNamespace.Name: "System" };
        var isNumber = type.SpecialType is SpecialType.System_Int32 or SpecialType.System_UInt32 or SpecialType.System_Int64 or SpecialType.System_Double;
        var isInstant = type is { Name: "DateTime" or "DateTimeOffset", ContainingNamespace.Name: "System" };
        return (isDuration || isNumber || isInstant) && (SpeaksOfTime(name) || (isDuration && !IsInterval(name)));
    }

    private static bool SpeaksOfTime(string name)
    {
        var words = Words.Of(name);
        return words.Exists(TimeoutWords.Contains) || HasPair(words, "time", "out") || HasPair(words, "max", "wait") || HasPair(words, "wait", "time");
    }

    /// <summary>A duration that says how often, not how long at most.</summary>
    private static bool IsInterval(string name) =>
        Words.Of(name).Exists(word => word is "interval" or "delay" or "period" or "frequency" or "poll" or "polling" or "backoff" or "pause");

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

    private static bool IsZero(Value value) => value.Number == 0 || value.Duration == TimeSpan.Zero;
}
