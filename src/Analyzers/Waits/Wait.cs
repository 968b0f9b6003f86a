using System.Collections.Immutable;
using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Values;
using LockAnalyzers.Wrappers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Waits;

/// <summary>One wait in the source: what the catalog knows of the member, and what bounds this use of it. The model that all rules and fixes read.</summary>
internal sealed class Wait
{
    private readonly Behind? _behind;

    private Wait(ManagedWait entry, IOperation operation, ISymbol member, Bound bound, Behind? behind = null)
    {
        _behind = behind;
        Entry = entry;
        Operation = operation;
        Member = member;
        Bound = bound;
    }

    public ManagedWait Entry { get; }

    /// <summary>The call, or the property that is read.</summary>
    public IOperation Operation { get; }

    public ISymbol Member { get; }

    public Bound Bound { get; }

    /// <summary>The member that the wait stands in.</summary>
    public ISymbol Container => Operation.SemanticModel!.GetEnclosingSymbol(Operation.Syntax.SpanStart) is { } symbol ? Outermost(symbol) : Member;

    /// <summary>For a call of a function of this compilation that only passes on to a wait: that wait, which what is given there bounds. Else null.</summary>
    public Wait? Behind => _behind?.Managed;

    /// <summary>True for the default of a parameter, which stands for the calls that leave it out.</summary>
    public bool IsDefault => Operation is IParameterInitializerOperation;

    /// <summary>True when the call passes its time-out on as it is, in its unit.</summary>
    public bool IsUnchanged => _behind is { IsUnchanged: true };

    /// <summary>
    /// Type and member as the catalog has them, without the namespace: <c>Mutex.WaitOne</c>, which is declared by its base; of a wrapper also the
    /// wait behind it: <c>TurnLock.Wait → Mutex.WaitOne</c>.
    /// </summary>
    public string Name => Behind is { } wait ? $"{Wrapper} → {wait.Name}" : $"{Entry.Name.Type.Substring(Entry.Name.Type.LastIndexOf('.') + 1).Split('`')[0]}.{Member.Name}";

    private static ISymbol Outermost(ISymbol symbol) =>
        symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction } && symbol.ContainingSymbol is { } around ? Outermost(around) : symbol;

    private string Wrapper => Member is IMethodSymbol { MethodKind: MethodKind.Constructor } ? "new " + Member.ContainingType.Name : Display.Of(Member);

    /// <summary>
    /// True when the call may come back without what it waited for and say so by its answer: it has a time-out that is not infinite, or
    /// none and tries once or for a time of its own. A token speaks by an exception.
    /// </summary>
    public bool MayRefuse
    {
        get
        {
            var hasTimeout = false;
            foreach (var argument in Arguments)
            {
                if (argument.Parameter is not { } parameter || !CallBound.IsTimeout(parameter.Type, parameter.Name))
                    continue;
                hasTimeout = true;
                if (CallBound.OfTimeout(argument.Value) != Bound.None)
                    return true;
            }

            return !hasTimeout && Entry.Default != WaitDefault.Wait;
        }
    }

    /// <summary>The expression whose value is the answer: the call, or the await of the task that it returns.</summary>
    public IOperation Answer
    {
        get
        {
            var value = Operation;
            while (true)
            {
                switch (value.Parent)
                {
                    case IAwaitOperation or IParenthesizedOperation or IConversionOperation { IsImplicit: true }:
                    case IInvocationOperation { TargetMethod.Name: "ConfigureAwait" } configured when configured.Instance == value:
                    case IConditionalAccessOperation access when access.WhenNotNull == value:
                        value = value.Parent;
                        break;
                    default:
                        return value;
                }
            }
        }
    }

    /// <summary>The arguments; empty for a property.</summary>
    public ImmutableArray<IArgumentOperation> Arguments => Operation switch
    {
        IInvocationOperation call => call.Arguments,
        IObjectCreationOperation creation => creation.Arguments,
        _ => ImmutableArray<IArgumentOperation>.Empty,
    };

    /// <summary>True when a time-out or a token is given and is one that never ends the wait: somebody had the bound at hand and switched it off.</summary>
    public bool IsToldToWaitForEver
    {
        get
        {
            if (Behind is not null)
                return true;
            foreach (var argument in Arguments)
            {
                if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter: { } parameter } && (parameter.Type.IsToken() || CallBound.IsTimeout(parameter.Type, parameter.Name)))
                    return Bound == Bound.None;
            }

            return false;
        }
    }

    /// <summary>What is waited for: the object it is called on, or the first argument of a static member; null when that cannot be told.</summary>
    public IOperation? Target => _behind is not null ? _behind.Target : Operation switch
    {
        IInvocationOperation { Instance: { } instance } => Receiver(instance),
        IInvocationOperation { Arguments: var arguments } => arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value.Unwrapped(),
        IPropertyReferenceOperation { Instance: { } instance } => Receiver(instance),
        _ => null,
    };

    /// <summary>The wait that an operation is; null for one of which the catalog knows nothing.</summary>
    /// <param name="operation">A call, or a property that is read.</param>
    /// <param name="catalog">What is known of members.</param>
    /// <param name="reader">What is known of the values of parameters; null for nothing.</param>
    public static Wait? Find(IOperation? operation, ResolvedCatalog catalog, ValueReader? reader = null) => operation switch
    {
        IInvocationOperation call when catalog.ManagedWaits.Find(call.TargetMethod, call.Instance?.Type) is { } entry =>
            new Wait(entry, call, call.TargetMethod, BoundOf(call, entry, catalog.LongestTimeout, reader)),
        IPropertyReferenceOperation property when catalog.ManagedWaits.Find(property.Property, property.Instance?.Type) is { } entry =>
            new Wait(entry, property, property.Property, Bound.None),
        _ => null,
    };

    /// <summary>A call of a method, or the default of one of its parameters, that passes on to a wait and gives it no end.</summary>
    public static Wait Passing(IOperation place, IMethodSymbol method, Wait wait, Behind behind) => new(wait.Entry, place, method, Bound.None, behind);

    private static Bound BoundOf(IInvocationOperation call, ManagedWait entry, TimeSpan? longest, ValueReader? reader)
    {
        var bound = CallBound.Of(call.Arguments, longest, reader);
        return bound != Bound.None || entry.Default == WaitDefault.Wait || CallBound.HasTimeout(call.Arguments) ? bound
            : entry.Default == WaitDefault.Try ? Bound.Zero
            : Bound.Finite;
    }

    /// <summary>The object itself, also where it stands before a <c>?.</c>.</summary>
    private static IOperation? Receiver(IOperation instance)
    {
        instance = instance.Unwrapped();
        return instance is IConditionalAccessInstanceOperation conditional ? conditional.Receiver() : instance;
    }
}
