using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Values;

/// <summary>
/// Which assignments may have given a local the value it has at a place. A local with one assignment needs no flow graph; one
/// that is written where control flow cannot be followed is given up.
/// </summary>
internal static class Definitions
{
    /// <summary>A local with more assignments than this is state, not a flag.</summary>
    private const int MostAssignments = 6;

    /// <summary>The assignments, as operations of the original tree; default when they cannot be known.</summary>
    public static ImmutableArray<IOperation> Reaching(ILocalReferenceOperation use)
    {
        var all = LocalWrites.Of(use.Root());
        var writes = all[use.Local];
        if (writes.IsDefault || writes.Length == 1)
            return writes;
        return writes.Length <= MostAssignments && all.Reaching(use.Local) is { } reaching ? reaching.Of(use) : default;
    }

    /// <summary>The one expression that the local can have its value from; null when there are several or it cannot be known.</summary>
    public static IOperation? SingleValue(ILocalReferenceOperation use)
    {
        var definitions = Reaching(use);
        return definitions.IsDefault || definitions.Length != 1 ? null : definitions[0] switch
        {
            IVariableDeclaratorOperation declarator => declarator.GetVariableInitializer()?.Value,
            ISimpleAssignmentOperation assignment => assignment.Value,
            _ => null,
        };
    }
}
