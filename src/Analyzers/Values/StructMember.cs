using System.Collections.Immutable;
using LockAnalyzers.Naming;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Values;

/// <summary>What a member of a local struct was last set to before it is passed on.</summary>
internal static class StructMember
{
    /// <summary>
    /// The values of the member whose name ends in <paramref name="word"/> (<c>l_type</c>, <c>Type</c>), taken from the nearest
    /// assignment or initializer above; empty when there is none.
    /// </summary>
    public static ImmutableArray<Value> ValuesBefore(IOperation argument, string word)
    {
        var target = argument.Unwrapped() is IAddressOfOperation address ? address.Reference : argument.Unwrapped();
        if (Symbol(target) is not { } variable)
            return ImmutableArray<Value>.Empty;

        IOperation? last = null;
        foreach (var operation in argument.Root().Descendants())
        {
            if (operation.Syntax.SpanStart >= argument.Syntax.SpanStart)
                continue;
            if (operation is ISimpleAssignmentOperation { Target: IMemberReferenceOperation member } assignment
                && IsNamed(member.Member, word) && BelongsTo(assignment, member, variable))
            {
                last = assignment.Value;
            }
        }

        return last is null ? ImmutableArray<Value>.Empty : ValueReader.Read(last);
    }

    private static bool BelongsTo(ISimpleAssignmentOperation assignment, IMemberReferenceOperation member, ISymbol variable)
    {
        if (member.Instance is { } instance && SymbolEqualityComparer.Default.Equals(Symbol(instance), variable))
            return true;

        // An object initializer: look for what the created object becomes.
        for (var current = assignment.Parent; current is not null; current = current.Parent)
        {
            switch (current)
            {
                case IVariableDeclaratorOperation declarator:
                    return SymbolEqualityComparer.Default.Equals(declarator.Symbol, variable);
                case ISimpleAssignmentOperation outer:
                    return SymbolEqualityComparer.Default.Equals(Symbol(outer.Target), variable);
                case IExpressionStatementOperation or IBlockOperation:
                    return false;
            }
        }

        return false;
    }

    private static ISymbol? Symbol(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IFieldReferenceOperation field => field.Field,
        IParameterReferenceOperation parameter => parameter.Parameter,
        _ => null,
    };

    private static bool IsNamed(ISymbol member, string word) => Words.Of(member.Name) is { Count: > 0 } words && words[words.Count - 1] == word;
}
