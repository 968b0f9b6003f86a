using System.Collections.Immutable;
using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Native;

/// <summary>Judges one call of a native entry point by the values of its arguments.</summary>
internal static class NativeCall
{
    /// <summary>True when, with one of the values that its deciding argument may have, the call waits and nothing can end it.</summary>
    public static bool CanWaitForEver(IInvocationOperation call, NativeWait wait, ResolvedCatalog catalog, ValueReader? reader = null)
    {
        if (wait.Condition == NativeCondition.Always)
            return true;
        return Argument(call, wait.Argument) is { } deciding
            && (IsNamed(deciding.Value, wait) || (reader ?? ValueReader.Plain).ValuesOf(deciding.Value).Any(value => Waits(value, wait) || IsTooLong(value, wait, catalog.LongestTimeout)))
            && !SomethingElseMayWake(call, wait, catalog.Words.Of("stop-handle"))
            && !IsUnlock(call, wait);
    }

    /// <summary>True when the deciding argument makes a try of the call, which says at once that somebody else holds the lock.</summary>
    public static bool IsTry(IInvocationOperation call, NativeWait wait)
    {
        if (Argument(call, wait.Argument) is not { } deciding || IsUnlock(call, wait))
            return false;
        return wait.Try switch
        {
            NativeTryEdit.Add => ValueReader.Read(deciding.Value).Any(value => value.HasAny((ulong)wait.TryValue) == true),
            NativeTryEdit.Set => ValueReader.Read(deciding.Value).Any(value => value.Number == wait.TryValue),
            NativeTryEdit.Replace => ValueReader.Read(deciding.Value).Any(value => value.Number is { } number && wait.TryValues.ContainsValue(number)),
            _ => false,
        };
    }

    /// <summary>The argument for a parameter, counted from 0, or from -1 backwards.</summary>
    public static IArgumentOperation? Argument(IInvocationOperation call, int position)
    {
        var ordinal = position < 0 ? call.TargetMethod.Parameters.Length + position : position;
        foreach (var argument in call.Arguments)
        {
            if (argument.Parameter?.Ordinal == ordinal)
                return argument;
        }

        return null;
    }

    private static bool IsNamed(IOperation value, NativeWait wait) =>
        !wait.Names.IsEmpty && value.Unwrapped() is IMemberReferenceOperation constant && wait.Names.Contains(constant.Member.Name);

    private static bool Waits(Value value, NativeWait wait) => wait.Condition switch
    {
        NativeCondition.BitsClear => value.HasAny(wait.Values.Aggregate(0UL, (all, bits) => all | (ulong)bits)) == false,
        NativeCondition.OneOf => value.Number is { } number && wait.Values.Any(listed => Low32(listed) == Low32(number)),
        NativeCondition.Negative => value.Number < 0,
        NativeCondition.Null => value.Kind == ValueKind.Null || value.Number == 0,
        NativeCondition.True => value.Number is { } flag && flag != 0,
        _ => true,
    };

    /// <summary>A finite time-out that the project does not count as a bound.</summary>
    private static bool IsTooLong(Value value, NativeWait wait, TimeSpan? longest) =>
        wait.HasTimeout && longest is { } most && value.Number is { } milliseconds && Low32(milliseconds) > most.TotalMilliseconds;

    /// <summary>All deciding arguments are 32 bits wide in C; in C# the same pattern may be written signed or unsigned.</summary>
    private static uint Low32(long number) => unchecked((uint)number);

    /// <summary>
    /// A wait for several things at once can be woken through one of them. A lone descriptor cannot; of several Windows handles
    /// one must be named for it.
    /// </summary>
    private static bool SomethingElseMayWake(IInvocationOperation call, NativeWait wait, ImmutableHashSet<string> stopWords)
    {
        if (wait.Wakeable is not { } position || Argument(call, position)?.Value is not { } handles)
            return false;
        if (wait.Condition == NativeCondition.Negative)
            return CollectionSize.Of(handles) != 1;
        return handles.Syntax.DescendantNodesAndSelf()
            .OfType<Microsoft.CodeAnalysis.CSharp.Syntax.IdentifierNameSyntax>()
            .Any(name => Words.Of(name.Identifier.ValueText).Exists(stopWords.Contains));
    }

    private static bool IsUnlock(IInvocationOperation call, NativeWait wait)
    {
        if (wait.Unlock is not { } unlock || Argument(call, unlock.Argument)?.Value is not { } pointer)
            return false;
        var values = StructMember.ValuesBefore(pointer, unlock.Member);
        return !values.IsEmpty && values.All(value => value.Number == unlock.Value);
    }
}
