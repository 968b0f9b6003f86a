using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Values;

/// <summary>How many members an array or collection has where it is written down.</summary>
internal static class CollectionSize
{
    /// <summary>
    /// The number of members; null when it cannot be read. A single value given by reference (<c>ref fd</c>, <c>&amp;fd</c>) is one.
    /// </summary>
    public static int? Of(IOperation collection) => collection.Unwrapped() switch
    {
        IArrayCreationOperation { Initializer.ElementValues: var elements } => elements.Length,
        IArrayCreationOperation { DimensionSizes: { Length: 1 } sizes } => (int?)ValueReader.ReadSingle(sizes[0]).Number,
        IAddressOfOperation { Reference: not IArrayElementReferenceOperation } => 1,
        ILocalReferenceOperation { Type.TypeKind: TypeKind.Struct, Parent: IArgumentOperation { Parameter.RefKind: not RefKind.None } } => 1,
        ILocalReferenceOperation local => OfLocal(local),
        { Syntax: CollectionExpressionSyntax expression } => OfExpression(expression),
        _ => null,
    };

    private static int? OfLocal(ILocalReferenceOperation local)
    {
        var definitions = Definitions.Reaching(local);
        return definitions.IsDefault || definitions.Length != 1 ? null : definitions[0] switch
        {
            IVariableDeclaratorOperation declarator when declarator.GetVariableInitializer()?.Value is { } value => Of(value),
            ISimpleAssignmentOperation assignment => Of(assignment.Value),
            _ => null,
        };
    }

    /// <summary>Collection expressions have no operation of their own in the oldest compiler that is supported.</summary>
    private static int? OfExpression(CollectionExpressionSyntax expression)
    {
        foreach (var element in expression.Elements)
        {
            if (element is SpreadElementSyntax)
                return null;
        }

        return expression.Elements.Count;
    }
}
