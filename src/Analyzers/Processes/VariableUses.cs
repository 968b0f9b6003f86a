using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Processes;

/// <summary>All references to each variable in one member, in the order of the source; gathered in one pass when first asked for.</summary>
internal sealed class VariableUses
{
    private static readonly ConditionalWeakTable<IOperation, VariableUses> Cache = new();

    private readonly Dictionary<ISymbol, ImmutableArray<IOperation>.Builder> _references = new(SymbolEqualityComparer.Default);

    private VariableUses(IOperation body)
    {
        foreach (var operation in body.DescendantsAndSelf())
        {
            if (SymbolOf(operation) is not { } symbol)
                continue;
            if (!_references.TryGetValue(symbol, out var references))
                _references.Add(symbol, references = ImmutableArray.CreateBuilder<IOperation>());
            references.Add(operation);
        }
    }

    public static VariableUses Of(IOperation body) => Cache.GetValue(body, static body => new(body));

    public ImmutableArray<IOperation> this[ISymbol variable] =>
        _references.TryGetValue(variable, out var references) ? references.ToImmutable() : ImmutableArray<IOperation>.Empty;

    /// <summary>The variable that an operation refers to: a local, a parameter, or a field or property of the object at hand.</summary>
    public static ISymbol? SymbolOf(IOperation operation) => operation switch
    {
        ILocalReferenceOperation local => local.Local,
        IParameterReferenceOperation parameter => parameter.Parameter,
        IFieldReferenceOperation { Instance: null or IInstanceReferenceOperation } field => field.Field,
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation { ReferenceKind: InstanceReferenceKind.ContainingTypeInstance } } property => property.Property,
        _ => null,
    };
}
