using System.Collections.Immutable;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown;

/// <summary>
/// The bodies of one type and of the types nested in it: what can be followed without asking for another file's semantic model.
/// </summary>
internal sealed class TypeBodies
{
    private readonly Dictionary<ISymbol, IOperation> _bodies = new(SymbolEqualityComparer.Default);
    private readonly ImmutableArray<IOperation> _blocks;
    private bool _hasLocalFunctions;

    public TypeBodies(IEnumerable<(ISymbol Owner, IOperation Block)> blocks)
    {
        var all = ImmutableArray.CreateBuilder<IOperation>();
        foreach (var (owner, block) in blocks)
        {
            all.Add(block);
            if (owner is IMethodSymbol method && block is IBlockOperation)
                _bodies[Key(method)] = block;
        }

        _blocks = all.ToImmutable();
    }

    public IEnumerable<KeyValuePair<ISymbol, IOperation>> Members => _bodies;

    /// <summary>The body of a method, accessor or local function declared here; null for all others.</summary>
    public IOperation? Find(IMethodSymbol method)
    {
        if (method.MethodKind == MethodKind.LocalFunction && !_hasLocalFunctions)
            AddLocalFunctions();
        return _bodies.TryGetValue(Key(method), out var body) ? body : null;
    }

    /// <summary>What a delegate is made of: a lambda, or the body of a method declared here; null when it comes from outside.</summary>
    public DelegateTarget? Target(IOperation handler) => Target(handler, depth: 0);

    private DelegateTarget? Target(IOperation handler, int depth)
    {
        const int MostSteps = 4; // A delegate handed through more variables than this does not occur by hand.
        if (depth > MostSteps)
            return null;

        switch (handler.Unwrapped())
        {
            case IAnonymousFunctionOperation lambda:
                return new DelegateTarget(lambda.Symbol, lambda.Body);
            case IMethodReferenceOperation { Method: var method }:
                return Find(method) is { } body ? new DelegateTarget(method, body) : null;
            case ILocalReferenceOperation local:
                return Definitions.SingleValue(local) is { } value ? Target(value, depth + 1) : null;
            case IFieldReferenceOperation { Field: { DeclaredAccessibility: Accessibility.Private } or { IsReadOnly: true } } field:
                return SingleValue(field.Field) is { } single ? Target(single, depth + 1) : null;
            default:
                return null;
        }
    }

    /// <summary>The one value that a field is ever given in these bodies; null when there are none or several.</summary>
    private IOperation? SingleValue(IFieldSymbol field)
    {
        IOperation? single = null;
        foreach (var block in _blocks)
        {
            foreach (var operation in block.DescendantsAndSelf())
            {
                var value = operation switch
                {
                    IFieldInitializerOperation initializer when initializer.InitializedFields.Contains(field, SymbolEqualityComparer.Default) => initializer.Value,
                    IAssignmentOperation { Target: IFieldReferenceOperation target } assignment when SymbolEqualityComparer.Default.Equals(target.Field, field) => assignment.Value,
                    _ => null,
                };
                if (value is null || value.Unwrapped().ConstantValue is { HasValue: true, Value: null })
                    continue;
                if (single is not null)
                    return null;
                single = value;
            }
        }

        return single;
    }

    private void AddLocalFunctions()
    {
        _hasLocalFunctions = true;
        foreach (var block in _blocks)
        {
            foreach (var function in block.DescendantsAndSelf().OfType<ILocalFunctionOperation>())
            {
                if (function.Body is { } body)
                    _bodies[Key(function.Symbol)] = body;
            }
        }
    }

    private static IMethodSymbol Key(IMethodSymbol method)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        return method.PartialDefinitionPart ?? method;
    }
}

/// <summary>The function behind a delegate, and its body.</summary>
internal readonly record struct DelegateTarget(IMethodSymbol Method, IOperation Body);
