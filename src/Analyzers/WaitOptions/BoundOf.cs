using LockAnalyzers.Bounds;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.WaitOptions;

/// <summary>Whether something beside a wait option bounds the wait.</summary>
internal static class BoundOf
{
    /// <summary>A time-out or live token among the arguments, or set in an options object that is created there.</summary>
    public static bool Call(IOperation? call)
    {
        var arguments = call switch
        {
            IInvocationOperation invocation => invocation.Arguments,
            IObjectCreationOperation creation => creation.Arguments,
            _ => default,
        };
        return !arguments.IsDefaultOrEmpty
            && (CallBound.Of(arguments) == Bound.Finite
                || arguments.Any(argument => argument.Value.Unwrapped() is IObjectCreationOperation { Initializer: { } initializer } && Initializer(initializer)));
    }

    public static bool Initializer(IObjectOrCollectionInitializerOperation initializer) => initializer.Initializers.Any(Sets);

    /// <summary>Assignments of a time-out or token to the same object, in the same initializer or anywhere in the same member.</summary>
    public static bool Siblings(ISimpleAssignmentOperation assignment)
    {
        switch (ConsumerOf.Owner(assignment))
        {
            case IObjectCreationOperation creation:
                return (creation.Initializer is { } initializer && Initializer(initializer)) || CallBound.Of(creation.Arguments) == Bound.Finite
                    || DefaultBounds(creation.Type) || LaterSets(creation, assignment);
            case IWithOperation with:
                return Initializer(with.Initializer) || !IsKnownUnbounded(with.Operand);
            case { } owner when Symbol(owner) is { } variable:
                return AnySets(assignment, variable) || (owner is ILocalReferenceOperation && DefaultBounds(owner.Type));
            case IInstanceReferenceOperation:
                return true; // The options type sets its own default: the places that use it are the ones to judge.
            default:
                return false;
        }
    }

    private static bool LaterSets(IObjectCreationOperation creation, ISimpleAssignmentOperation assignment) =>
        creation.Parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => AnySets(assignment, declarator.Symbol),
            ISimpleAssignmentOperation { Target: var target } when Symbol(target) is { } variable => AnySets(assignment, variable),
            _ => false,
        };

    private static bool AnySets(IOperation within, ISymbol variable) =>
        within.Root().Descendants().Any(operation =>
            operation is ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Instance: { } instance } }
            && SymbolEqualityComparer.Default.Equals(Symbol(instance), variable)
            && Sets(operation));

    private static bool Sets(IOperation operation) =>
        operation is ISimpleAssignmentOperation { Target: IMemberReferenceOperation { Member: var member }, Value: var value }
        && MemberType(member) is { } type
        && ((type.IsToken() && CallBound.OfToken(value) == Bound.Finite)
            || (CallBound.IsTimeout(type, member.Name) && CallBound.OfTimeout(value) != Bound.None));

    /// <summary>A copy of something that is seen to be made without a time-out; a copy of anything else may well have one.</summary>
    private static bool IsKnownUnbounded(IOperation source) => source.Unwrapped() switch
    {
        IObjectCreationOperation creation => CallBound.Of(creation.Arguments) != Bound.Finite
            && (creation.Initializer is null || !Initializer(creation.Initializer)) && !DefaultBounds(creation.Type),
        IWithOperation with => !Initializer(with.Initializer) && IsKnownUnbounded(with.Operand),
        IFieldReferenceOperation field => FieldInitializer.Find(field.Field, field) is { } value && IsKnownUnbounded(value),
        ILocalReferenceOperation local => Definitions.Reaching(local) is { IsDefault: false, Length: 1 } definitions
            && definitions[0] is IVariableDeclaratorOperation declarator && declarator.GetVariableInitializer()?.Value is { } value && IsKnownUnbounded(value),
        _ => false,
    };

    /// <summary>An options type in source that gives its time-out a value of its own.</summary>
    private static bool DefaultBounds(ITypeSymbol? type)
    {
        foreach (var member in type?.GetMembers() ?? default)
        {
            if (member is not IPropertySymbol property || !CallBound.IsTimeout(property.Type, property.Name))
                continue;
            foreach (var declaration in property.DeclaringSyntaxReferences)
            {
                if (declaration.GetSyntax() is PropertyDeclarationSyntax { Initializer.Value: { } value } && !SaysInfinite(value))
                    return true;
            }
        }

        return false;
    }

    private static bool SaysInfinite(ExpressionSyntax value) =>
        value.ToString() is var text && (text.Contains("Infinite") || text is "null" or "-1" or "default" || text.StartsWith("null", StringComparison.Ordinal));

    private static ITypeSymbol? MemberType(ISymbol member) => member switch
    {
        IPropertySymbol property => property.Type,
        IFieldSymbol field => field.Type,
        _ => null,
    };

    private static ISymbol? Symbol(IOperation operation) => operation.Unwrapped() switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation field => field.Field,
        IPropertyReferenceOperation property => property.Property,
        _ => null,
    };
}
