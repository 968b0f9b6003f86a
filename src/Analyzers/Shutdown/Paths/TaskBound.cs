using System.Collections.Immutable;
using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Paths;

/// <summary>Which tasks behind an expression nothing bounds.</summary>
internal static class TaskBound
{
    /// <summary>A task handed through more forms and variables than this does not occur by hand.</summary>
    private const int MostDepth = 12;

    /// <summary>The tasks that may never end; empty when the whole ends on its own, by a time-out or by a token.</summary>
    public static ImmutableArray<IOperation> Unbounded(IOperation? task, ResolvedCatalog catalog)
    {
        var found = ImmutableArray.CreateBuilder<IOperation>();
        if (task is not null)
            Collect(task, catalog, found, 0);
        return found.ToImmutable();
    }

    /// <summary>The same for a call that waits for all, or for any, of the tasks it is given.</summary>
    public static ImmutableArray<IOperation> UnboundedOf(IInvocationOperation call, ResolvedCatalog catalog)
    {
        var found = ImmutableArray.CreateBuilder<IOperation>();
        CollectCall(call, catalog, found, 0);
        return found.ToImmutable();
    }

    private static void Collect(IOperation task, ResolvedCatalog catalog, ImmutableArray<IOperation>.Builder found, int depth)
    {
        if (depth > MostDepth)
            return;

        switch (task.Unwrapped())
        {
            case IInvocationOperation call:
                CollectCall(call, catalog, found, depth);
                break;
            case IPropertyReferenceOperation property when catalog.Role(property.Property) == ShutdownRole.Ends:
                break;
            case IConditionalOperation { WhenFalse: not null } conditional:
                Collect(conditional.WhenTrue, catalog, found, depth + 1);
                Collect(conditional.WhenFalse!, catalog, found, depth + 1);
                break;
            case ICoalesceOperation coalesce:
                Collect(coalesce.Value, catalog, found, depth + 1);
                Collect(coalesce.WhenNull, catalog, found, depth + 1);
                break;
            case ISwitchExpressionOperation chosen:
                foreach (var arm in chosen.Arms)
                    Collect(arm.Value, catalog, found, depth + 1);
                break;
            case IConditionalAccessOperation access:
                Collect(access.WhenNotNull, catalog, found, depth + 1);
                break;
            case IConditionalAccessInstanceOperation instance when instance.Receiver() is { } receiver:
                Collect(receiver, catalog, found, depth + 1);
                break;
            case ILocalReferenceOperation local when Definitions.SingleValue(local) is { } value:
                Collect(value, catalog, found, depth + 1);
                break;
            case IAwaitOperation { Operation: { } inner }: // await await Task.WhenAny(...)
                Collect(inner, catalog, found, depth + 1);
                break;
            case IDefaultValueOperation or ILiteralOperation or IThrowOperation:
            case IObjectCreationOperation { Arguments.IsEmpty: true, Type.IsValueType: true }:
                break;
            case { Type: null } or IInvalidOperation: // Code that does not compile.
                break;
            case var other:
                found.Add(other);
                break;
        }
    }

    private static void CollectCall(IInvocationOperation call, ResolvedCatalog catalog, ImmutableArray<IOperation>.Builder found, int depth)
    {
        if (CallBound.Of(call.Arguments, catalog.LongestTimeout) != Bound.None)
            return;

        switch (catalog.Role(call.TargetMethod))
        {
            case ShutdownRole.Ends:
                break;
            case ShutdownRole.Delay when CallBound.OfTimeout(call.Arguments[0].Value, catalog.LongestTimeout) != Bound.None:
                break;
            case ShutdownRole.Same when call.Instance is { } instance:
                Collect(instance, catalog, found, depth + 1);
                break;
            case ShutdownRole.All:
                foreach (var part in Parts(call))
                    Collect(part, catalog, found, depth + 1);
                break;
            case ShutdownRole.Any:
                var all = ImmutableArray.CreateBuilder<IOperation>();
                foreach (var part in Parts(call))
                {
                    var own = Unbounded(part, catalog);
                    if (own.IsEmpty)
                        return;
                    all.AddRange(own);
                }

                found.AddRange(all);
                break;
            default:
                found.Add(call);
                break;
        }
    }

    /// <summary>The tasks given one by one or in an array written down; the argument itself when they cannot be told.</summary>
    public static IEnumerable<IOperation> Parts(IInvocationOperation call)
    {
        foreach (var argument in call.Arguments)
        {
            var value = argument.Value.Unwrapped();
            if (value is IArrayCreationOperation { Initializer: { } initializer })
            {
                foreach (var element in initializer.ElementValues)
                    yield return element;
            }
            else if (argument.ArgumentKind is not (ArgumentKind.Explicit or ArgumentKind.DefaultValue) || value.Syntax is CollectionExpressionSyntax)
            {
                // A collection expression, written or made of params: it has no operation of its own in the oldest compiler.
                foreach (var element in value.ChildOperations)
                    yield return element;
            }
            else
            {
                yield return argument.Value;
            }
        }
    }
}
