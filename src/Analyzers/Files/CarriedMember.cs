using System.Collections.Immutable;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Files;

/// <summary>What a property of an options object was set to: in its initializer, or by an assignment before it is handed on.</summary>
internal static class CarriedMember
{
    /// <summary>The values; empty when the object is seen and leaves the property alone, default when the object is not seen.</summary>
    public static ImmutableArray<Value> Values(IOperation carrier, string member)
    {
        carrier = carrier.Unwrapped();
        switch (carrier)
        {
            case IObjectCreationOperation creation:
                return InInitializer(creation, member);
            case ILocalReferenceOperation local:
                var assigned = StructMember.ValuesBefore(local, member);
                return !assigned.IsEmpty ? assigned : Creation(Definitions.Reaching(local)) is null ? default : assigned;
            case IFieldReferenceOperation { Field.IsReadOnly: true } field:
                return InitializerOf(field) is { } created ? InInitializer(created, member) : default;
            default:
                return default;
        }
    }

    private static ImmutableArray<Value> InInitializer(IObjectCreationOperation creation, string member)
    {
        if (creation.Initializer is null)
            return ImmutableArray<Value>.Empty;
        foreach (var initializer in creation.Initializer.Initializers)
        {
            if (initializer is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var name } } assignment
                && string.Equals(name, member, StringComparison.OrdinalIgnoreCase))
            {
                return ValueReader.Read(assignment.Value);
            }
        }

        return ImmutableArray<Value>.Empty;
    }

    private static IObjectCreationOperation? Creation(ImmutableArray<IOperation> definitions) =>
        definitions.IsDefault || definitions.Length != 1 ? null : definitions[0] switch
        {
            IVariableDeclaratorOperation declarator => declarator.GetVariableInitializer()?.Value.Unwrapped() as IObjectCreationOperation,
            ISimpleAssignmentOperation assignment => assignment.Value.Unwrapped() as IObjectCreationOperation,
            _ => null,
        };

    /// <summary>A field that keeps what it was declared with, in the file at hand.</summary>
    private static IObjectCreationOperation? InitializerOf(IFieldReferenceOperation reference)
    {
        if (reference.SemanticModel is not { } model)
            return null;
        foreach (var declaration in reference.Field.DeclaringSyntaxReferences)
        {
            if (declaration.SyntaxTree == model.SyntaxTree && declaration.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: { } value })
                return model.GetOperation(value)?.Unwrapped() as IObjectCreationOperation;
        }

        return null;
    }
}
