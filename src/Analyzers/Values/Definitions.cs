using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Values;

/// <summary>
/// Which assignments may have given a local the value it has at a place. A local with one assignment needs no flow graph;
/// one whose address is taken, or that is written where control flow cannot be followed, is given up.
/// </summary>
internal static class Definitions
{
    /// <summary>The assignments, as operations of the original tree; default when they cannot be known.</summary>
    public static ImmutableArray<IOperation> Reaching(ILocalReferenceOperation use)
    {
        var body = use.Root();
        var writes = Writes(use.Local, body);
        if (writes.IsDefault || writes.Length == 1)
            return writes;

        var function = use.EnclosingFunction();
        return writes.All(write => write.EnclosingFunction() == function)
            ? FlowGraph.Of(body, function) is { } graph ? ReachingDefinitions.Find(graph, use, writes) : default
            : default;
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
}
