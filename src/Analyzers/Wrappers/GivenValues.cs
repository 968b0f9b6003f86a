using System.Collections.Immutable;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Wrappers;

/// <summary>What the parameters of a function are given: by one call, or by their defaults.</summary>
internal sealed class GivenValues
{
    private readonly ImmutableArray<IArgumentOperation> _arguments;
    private readonly ValueReader _caller;
    private readonly IMethodSymbol? _defaultsOf;
    private readonly IParameterSymbol? _without;

    private GivenValues(ImmutableArray<IArgumentOperation> arguments, ValueReader caller, IMethodSymbol? defaultsOf, IParameterSymbol? without)
    {
        _without = without;
        _arguments = arguments;
        _caller = caller;
        _defaultsOf = defaultsOf;
    }

    /// <summary>What a call gives, as far as is known at the place of the call.</summary>
    public static GivenValues Of(ImmutableArray<IArgumentOperation> arguments, ValueReader caller) => new(arguments, caller, null, null);

    /// <summary>What a call gives that leaves out what can be left out, all but one perhaps.</summary>
    public static GivenValues DefaultsOf(IMethodSymbol method, IParameterSymbol? without = null) =>
        new(ImmutableArray<IArgumentOperation>.Empty, ValueReader.Plain, method, without);

    /// <summary>The values of a parameter; default when they are not known.</summary>
    public ImmutableArray<Value> this[IParameterSymbol parameter] =>
        Argument(parameter) is { } given ? _caller.ValuesOf(given.Value)
        : _defaultsOf?.Parameters[parameter.Ordinal] is { HasExplicitDefaultValue: true } left && left.Ordinal != _without?.Ordinal ? ImmutableArray.Create(ValueReader.DefaultOf(left))
        : default;

    /// <summary>The argument of a parameter; null when none is known.</summary>
    public IArgumentOperation? Argument(IParameterSymbol parameter)
    {
        foreach (var argument in _arguments)
        {
            if (argument.Parameter?.Ordinal == parameter.Ordinal)
                return argument;
        }

        return null;
    }
}
