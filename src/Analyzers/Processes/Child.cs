using System.Collections.Immutable;
using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Processes;

/// <summary>A process that one member starts or is given by a call, kept in one variable, with all its uses there.</summary>
internal sealed class Child
{
    private readonly ResolvedCatalog _catalog;
    private readonly VariableUses _variables;
    private readonly Redirection _redirection;

    private Child(IOperation origin, IOperation? declaration, ImmutableArray<ChildUse> uses, VariableUses variables, ResolvedCatalog catalog)
    {
        _catalog = catalog;
        _variables = variables;
        Declaration = declaration;
        Uses = uses;
        _redirection = new Redirection(variables, catalog);
        _redirection.AddOrigin(origin);
        foreach (var use in uses)
            _redirection.AddUse(use);
    }

    /// <summary>In the order of the source.</summary>
    public ImmutableArray<ChildUse> Uses { get; }

    /// <summary>Where the variable is declared; null for a field.</summary>
    public IOperation? Declaration { get; }

    /// <summary>The child that an expression stands for; null when it comes from where it cannot be followed.</summary>
    public static Child? Of(IOperation? instance, ResolvedCatalog catalog)
    {
        instance = instance?.Unwrapped();
        if (instance is IConditionalAccessInstanceOperation conditional)
            instance = conditional.Receiver()?.Unwrapped();
        if (instance is null || VariableUses.SymbolOf(instance) is not { } variable)
            return null;

        var variables = VariableUses.Of(instance.Root());
        var references = variables[variable];
        if (Origin.Of(variable, instance, references) is not { } origin || (variable is not ILocalSymbol && IsUsedElsewhere(variable, instance, catalog)))
            return null;
        var uses = references.Select(reference => ChildUse.Of(reference, catalog)).ToImmutableArray();
        return new Child(origin.Value, origin.Declaration, uses, variables, catalog);
    }

    /// <summary>
    /// Where the stream is made a pipe, or, since a stream that is no pipe throws when it is asked for, where it is asked for; null
    /// when it may not be a pipe.
    /// </summary>
    public IOperation? Redirected(ChildStream stream, SourceOrder order)
    {
        if (_redirection.Of(stream, out var isRefused) is { } place)
            return place;
        if (isRefused)
            return null;
        foreach (var use in Uses)
        {
            if (use.Role == ChildRole.Stream && use.Stream == stream && !order.Excludes(use.Operation))
                return use.Operation;
        }

        return null;
    }

    /// <summary>True when somebody may have begun to read the stream before the place is reached.</summary>
    public bool IsDrainedBefore(ChildStream stream, SourceOrder order) => Uses.Any(use =>
        use.Stream == stream
        && (use.Role == ChildRole.Drain ? order.MayPrecede(use.Operation) : use.Role == ChildRole.Stream && Holds(use.Operation).Any(order.MayPrecede)));

    /// <summary>Calls in the same function that go on only at the end of a stream, before the place is reached.</summary>
    public IEnumerable<(IInvocationOperation Call, ChildStream Stream)> ReadsToEndBefore(SourceOrder order)
    {
        foreach (var use in Uses)
        {
            if (use is not { Role: ChildRole.Stream, Stream: { } stream })
                continue;
            foreach (var hold in Holds(use.Operation))
            {
                if (StreamRead.ToEnd(hold, _catalog) is { } read && order.SharesFunction(read) && order.MayPrecede(read))
                    yield return (read, stream);
            }
        }
    }

    /// <summary>True when another member of the type may read, end or hand on the process that a field or property keeps. Told by name.</summary>
    private static bool IsUsedElsewhere(ISymbol member, IOperation here, ResolvedCatalog catalog)
    {
        var body = here.Root().Syntax.Span;
        foreach (var declaration in member.ContainingType.DeclaringSyntaxReferences)
        {
            foreach (var name in Mentions.OfIdentifier(member.Name, declaration.GetSyntax()))
            {
                if (name.SyntaxTree == here.Syntax.SyntaxTree && body.Contains(name.Span))
                    continue;
                if (name.Parent is not MemberAccessExpressionSyntax { Expression: var of, Name.Identifier.ValueText: var asked } || of != name || catalog.Children.HasName(asked))
                    return true;
            }
        }

        return false;
    }

    /// <summary>Where the code takes hold of a stream: there, or, when it is kept in a local first, where that is used.</summary>
    private IEnumerable<IOperation> Holds(IOperation stream) =>
        stream.Parent is IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } ? _variables[declarator.Symbol] : new[] { stream };
}
