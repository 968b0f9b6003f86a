using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Values;

/// <summary>Which variable an expression names: a local, a parameter, a field or a property.</summary>
internal static class Variable
{
    public static ISymbol? Of(IOperation? operation) => operation?.Unwrapped() switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IMemberReferenceOperation member => member.Member,
        IConditionalAccessInstanceOperation instance => Of(instance.Receiver()),
        _ => null,
    };

    public static bool Is(IOperation? operation, ISymbol variable) => SymbolEqualityComparer.Default.Equals(Of(operation), variable);
}
