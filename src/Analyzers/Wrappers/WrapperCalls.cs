using System.Collections.Immutable;
using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Holding;
using LockAnalyzers.Native;
using LockAnalyzers.Values;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Wrappers;

/// <summary>A wait that lasts for ever because of what a caller gave.</summary>
/// <param name="Operation">The call that waits.</param>
/// <param name="Managed">What it is; null for a native one.</param>
/// <param name="Native">What it is; null for a managed one.</param>
/// <param name="Target">What is waited for, as the caller sees it where he gave it.</param>
/// <param name="IsUnchanged">True when the time-out is handed on as it is, in its unit.</param>
internal sealed record Behind(IInvocationOperation Operation, Wait? Managed, NativeWait? Native, IOperation? Target, bool IsUnchanged);

/// <summary>
/// Judges calls of functions of this compilation that hand a time-out, token or flag on to a wait. The function itself is bounded by what it is
/// given; a call that gives it no end is the place of the fault (C09). A function that waits without end whatever it is given is told at its own
/// wait, and its callers are left alone. Safe in concurrent actions.
/// </summary>
internal sealed class WrapperCalls
{
    private readonly Lazy<WrapperNames> _names;
    private readonly Lazy<WrapperBodies> _bodies;
    private readonly ResolvedCatalog _catalog;
    private readonly Compilation _compilation;

    public WrapperCalls(Compilation compilation, ResolvedCatalog catalog)
    {
        _compilation = compilation;
        _catalog = catalog;
        _names = new(() => new WrapperNames(compilation, catalog));
        _bodies = new(() => new WrapperBodies(compilation, _names.Value));
    }

    public WrapperNames Names => _names.Value;

    /// <summary>True for a method of this compilation that may wrap a wait and of which no catalog and no attribute speaks.</summary>
    public bool MayBe(IMethodSymbol method) =>
        SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _compilation.Assembly)
        && _catalog.ManagedWaits.Find(method) is null && !_catalog.ManagedWaits.IsNonBlocking(method) && NativeMethod.Find(method, _catalog) is null;

    /// <summary>
    /// The wait, managed or native, that the call passes on to and leaves without an end, with the way to it as messages name it; null when it does
    /// neither. For calls of which nothing is known; most are dismissed by their text.
    /// </summary>
    public (Wait? Wait, string Name)? Passed(IInvocationOperation call)
    {
        if (!Names.MayBeCall(call.Syntax) || !MayBe(call.TargetMethod))
            return null;
        return Find(call) is { } wait ? (wait, wait.Name)
            : FindNative(call) is { } native ? (null, $"{Display.Of(call.TargetMethod)} → {native.Operation.TargetMethod.Name}")
            : null;
    }

    /// <summary>The wait that the call passes on to and leaves without an end; null when it does neither.</summary>
    public Wait? Find(IOperation? call) => Judge(call, MayBeNoEnd) is { Managed: { } wait } behind ? Wait.Passing(call!, Called(call).Method!, wait, behind) : null;

    /// <summary>The wait that a function passes on to and that the default of a parameter leaves without an end; null when it does neither.</summary>
    public Wait? FindDefault(ParameterSyntax parameter, SemanticModel model)
    {
        if (parameter.Default is not { } choice || model.GetDeclaredSymbol(parameter) is not IParameterSymbol { ContainingSymbol: IMethodSymbol method } given || given.Type.IsToken() || given.Type.IsReferenceType
            || !MayBeNoEnd(ValueReader.DefaultOf(given)) || WrapperBodies.IsRunForAnother(method))
        {
            return null;
        }

        return Search(method, GivenValues.DefaultsOf(method), hops: 0) is { Managed: { } wait } behind
            && Search(method, GivenValues.DefaultsOf(method, without: given), hops: 0) is null && model.GetOperation(choice) is { } operation
            ? Wait.Passing(operation, method, wait, behind)
            : null;
    }

    /// <summary>The same for a native wait.</summary>
    public Behind? FindNative(IOperation? call) => Judge(call, static value => value.Number is not null) is { Native: not null } behind ? behind : null;

    /// <summary>A default that is no end is chosen where it is declared, not by the calls that leave it (C08).</summary>
    private Behind? Judge(IOperation? call, Func<Value, bool> matters)
    {
        var (method, arguments) = Called(call);
        return method is not null && arguments.Any(argument => IsChosen(argument, matters)) && Search(method, GivenValues.Of(arguments, ValueReader.Plain), hops: 0) is { } found
            && Search(method, GivenValues.Of(arguments.RemoveAll(static argument => argument.ArgumentKind == ArgumentKind.Explicit), ValueReader.Plain), hops: 0) is null
                ? found
                : null;
    }

    private static bool IsChosen(IArgumentOperation argument, Func<Value, bool> matters) =>
        argument is { ArgumentKind: ArgumentKind.Explicit, Parameter.Type.IsReferenceType: false } && ValueReader.Read(argument.Value).All(matters);

    private static (IMethodSymbol? Method, ImmutableArray<IArgumentOperation> Arguments) Called(IOperation? call) => call switch
    {
        IInvocationOperation invocation => (invocation.TargetMethod, invocation.Arguments),
        IObjectCreationOperation creation => (creation.Constructor, creation.Arguments),
        _ => default,
    };

    /// <summary>Asked before a body is bound: whether a value can be no end to a wait, in whatever unit it may be.</summary>
    private bool MayBeNoEnd(Value value) => value.Kind switch
    {
        ValueKind.Null or ValueKind.NeverCancelled => true,
        ValueKind.Number => value.Number is < 0 or uint.MaxValue || (_catalog.LongestTimeout is not null && value.Number > 0),
        ValueKind.Duration => value.Duration < TimeSpan.Zero || value.Duration > _catalog.LongestTimeout,
        _ => false,
    };

    private Behind? Search(IMethodSymbol method, GivenValues given, int hops)
    {
        if (hops == WrapperNames.MostHops || !MayBe(method))
            return null;
        Behind? worst = null;
        foreach (var body in _bodies.Value.Of(method))
        {
            var reader = new ValueReader(parameter => body.Hands(parameter) ? given[parameter] : default);
            foreach (var operation in body.Body.WithoutFunctions())
            {
                if (Unbounded(operation, reader, hops) is { } found && (worst is null || IsWorse(found, worst)) && !IsSkipped(operation, reader))
                    worst = found with { Target = GivenTarget(found.Target, body, given) };
            }
        }

        return worst;
    }

    /// <summary>The wait that an operation is or passes on to, when it lasts for ever by what the reader knows and not without that.</summary>
    private Behind? Unbounded(IOperation operation, ValueReader reader, int hops)
    {
        if (operation is IInvocationOperation call)
        {
            if (Wait.Find(call, _catalog) is { } wait)
                return wait.Bound != Bound.None && Wait.Find(call, _catalog, reader)!.Bound == Bound.None ? new Behind(call, wait, null, wait.Target, HandsOn(call)) : null;
            if (NativeMethod.Find(call.TargetMethod, _catalog) is { } native)
                return !NativeCall.CanWaitForEver(call, native, _catalog) && NativeCall.CanWaitForEver(call, native, _catalog, reader) ? new Behind(call, null, native, null, HandsOn(call)) : null;
        }

        var (method, arguments) = Called(operation);
        return method is not null && Search(method, GivenValues.Of(arguments, reader), hops + 1) is { } found ? found with { IsUnchanged = found.IsUnchanged && HandsOn(operation) } : null;
    }

    private static bool HandsOn(IOperation call) => Called(call).Arguments.Any(argument => argument.Value.Unwrapped() is IParameterReferenceOperation);

    private static IOperation? GivenTarget(IOperation? target, WrapperBody body, GivenValues given) =>
        target?.Unwrapped() is IParameterReferenceOperation { Parameter: var parameter } && body.Hands(parameter) && given.Argument(parameter) is { } handed ? handed.Value : target;

    /// <summary>What other processes can keep from ending is worse than what only this one can.</summary>
    private static bool IsWorse(Behind found, Behind other) => (found.Managed?.Entry.Sharing ?? WaitSharing.Always) > (other.Managed?.Entry.Sharing ?? WaitSharing.Always);

    /// <summary>True when what was given leads past the place: <c>if (timeout &lt; 0) return TakeAtOnce();</c></summary>
    private static bool IsSkipped(IOperation place, ValueReader reader)
    {
        for (var current = place; current.Parent is { } parent; current = parent)
        {
            if (parent is IConditionalOperation conditional && current != conditional.Condition && reader.ValueOf(conditional.Condition).Boolean == (current == conditional.WhenFalse))
                return true;
            if (parent is IBlockOperation block && block.Operations.TakeWhile(statement => statement != current)
                .Any(statement => statement is IConditionalOperation { WhenFalse: null } guard && KnownDone.Leaves(guard.WhenTrue) && reader.ValueOf(guard.Condition).Boolean == true))
            {
                return true;
            }
        }

        return false;
    }
}
