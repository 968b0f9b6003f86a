using System.Collections.Immutable;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Processes;

/// <summary>The one expression that a variable of a process has its value from, in the member at hand.</summary>
internal readonly record struct Origin(IOperation Value, IOperation? Declaration)
{
    /// <summary>Null when there are several, or the process was there before: a parameter, a field set elsewhere, the sender of an event.</summary>
    public static Origin? Of(ISymbol variable, IOperation use, ImmutableArray<IOperation> references)
    {
        IOperation? declaration = variable is ILocalSymbol local ? Declarator(local, use.Root()) : null;
        var value = declaration switch
        {
            IVariableDeclaratorOperation declarator => declarator.GetVariableInitializer()?.Value,
            IIsPatternOperation pattern => pattern.Value,
            _ => null,
        };
        if (value is not null && IsNull(value))
            value = null;

        foreach (var reference in references)
        {
            if (reference.Parent is ISimpleAssignmentOperation assignment && assignment.Target == reference)
            {
                if (IsNull(assignment.Value))
                    continue;
                if (value is not null)
                    return null;
                value = assignment.Value;
            }
            else if (reference.Parent is IArgumentOperation { Parameter.RefKind: RefKind.Ref or RefKind.Out } or ICoalesceAssignmentOperation or ITupleOperation)
            {
                return null;
            }
        }

        return value is not null && IsMade(value) ? new Origin(value, declaration) : null;
    }

    /// <summary>Made here or by a call, and kept without a detour.</summary>
    private static bool IsMade(IOperation value) => value.Unwrapped() switch
    {
        IObjectCreationOperation or IInvocationOperation => true,
        ICoalesceOperation coalesce => IsMade(coalesce.Value),
        IAwaitOperation awaited => IsMade(awaited.Operation),
        _ => false,
    };

    private static bool IsNull(IOperation value) => value.Unwrapped() is IDefaultValueOperation || value.Unwrapped().ConstantValue is { HasValue: true, Value: null };

    private static IOperation? Declarator(ILocalSymbol local, IOperation body)
    {
        foreach (var operation in body.DescendantsAndSelf())
        {
            switch (operation)
            {
                case IVariableDeclaratorOperation declarator when SymbolEqualityComparer.Default.Equals(declarator.Symbol, local):
                    return declarator;
                case IDeclarationPatternOperation { DeclaredSymbol: { } symbol } pattern when SymbolEqualityComparer.Default.Equals(symbol, local):
                    return pattern.Parent;
                case IRecursivePatternOperation { DeclaredSymbol: { } symbol } pattern when SymbolEqualityComparer.Default.Equals(symbol, local):
                    return pattern.Parent;
            }
        }

        return null;
    }
}
