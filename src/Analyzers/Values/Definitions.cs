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
<<<<<<< HEAD
=======

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

    /// <summary>Every write of the local, or default when one of them cannot be followed.</summary>
    private static ImmutableArray<IOperation> Writes(ILocalSymbol local, IOperation body)
    {
        var writes = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var operation in body.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when Is(declarator.Symbol):
                    if (declarator.Parent is not IVariableDeclarationOperation)
                        return default; // A loop or catch variable: its value comes from elsewhere.
                    if (declarator.GetVariableInitializer() is not null)
                        writes.Add(declarator);
                    break;
                case ILocalReferenceOperation reference when Is(reference.Local):
                    if (reference.Parent is ISimpleAssignmentOperation { IsRef: false } or ICompoundAssignmentOperation
                        && ((IAssignmentOperation)reference.Parent).Target == reference)
                    {
                        writes.Add(reference.Parent);
                    }
                    else if (MayBeWritten(reference))
                    {
                        return default;
                    }

                    break;
            }
        }

        return writes.Count == 0 ? default : writes.ToImmutable();

        bool Is(ILocalSymbol other) => SymbolEqualityComparer.Default.Equals(local, other);
    }

    private static bool MayBeWritten(ILocalReferenceOperation reference) => reference.IsDeclaration || reference.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == reference || assignment is ISimpleAssignmentOperation { IsRef: true },
        IIncrementOrDecrementOperation or IAddressOfOperation or ITupleOperation => true,
        IArgumentOperation argument => argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out,
        _ => false,
    };
>>>>>>> 0479362 (LOCK201: shutdown paths that wait or call out with no guard armed, and the fix that arms one)
}
