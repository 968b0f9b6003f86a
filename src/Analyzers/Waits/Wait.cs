using System.Collections.Immutable;
using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Waits;

/// <summary>One wait in the source: what the catalog knows of the member, and what bounds this use of it. The model that all rules and fixes read.</summary>
internal sealed class Wait
{
    private Wait(ManagedWait entry, IOperation operation, ISymbol member, Bound bound)
    {
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

    /// <summary>Type and member as the catalog has them, without the namespace: <c>Mutex.WaitOne</c>, which is declared by its base.</summary>
    public string Name => $"{Entry.Name.Type.Substring(Entry.Name.Type.LastIndexOf('.') + 1).Split('`')[0]}.{Member.Name}";

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
    public ImmutableArray<IArgumentOperation> Arguments =>
        Operation is IInvocationOperation call ? call.Arguments : ImmutableArray<IArgumentOperation>.Empty;

    /// <summary>True when a time-out or a token is given and is one that never ends the wait: somebody had the bound at hand and switched it off.</summary>
    public bool IsToldToWaitForEver
    {
        get
        {
            foreach (var argument in Arguments)
            {
                if (argument is { ArgumentKind: ArgumentKind.Explicit, Parameter: { } parameter } && (parameter.Type.IsToken() || CallBound.IsTimeout(parameter.Type, parameter.Name)))
                    return Bound == Bound.None;
            }

            return false;
        }
    }

    /// <summary>What is waited for: the object it is called on, or the first argument of a static member; null when that cannot be told.</summary>
    public IOperation? Target => Operation switch
    {
        IInvocationOperation { Instance: { } instance } => Receiver(instance),
        IInvocationOperation { Arguments: var arguments } => arguments.FirstOrDefault(argument => argument.Parameter?.Ordinal == 0)?.Value.Unwrapped(),
        IPropertyReferenceOperation { Instance: { } instance } => Receiver(instance),
        _ => null,
    };

    /// <summary>The wait that an operation is; null for one of which the catalog knows nothing.</summary>
    public static Wait? Find(IOperation? operation, ResolvedCatalog catalog) => operation switch
    {
        IInvocationOperation call when catalog.ManagedWaits.Find(call.TargetMethod, call.Instance?.Type) is { } entry =>
            new Wait(entry, call, call.TargetMethod, BoundOf(call, entry, catalog.LongestTimeout)),
        IPropertyReferenceOperation property when catalog.ManagedWaits.Find(property.Property, property.Instance?.Type) is { } entry =>
            new Wait(entry, property, property.Property, Bound.None),
        _ => null,
    };

    private static Bound BoundOf(IInvocationOperation call, ManagedWait entry, TimeSpan? longest)
    {
        var bound = CallBound.Of(call.Arguments, longest);
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
