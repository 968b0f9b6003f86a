using System.Collections.Concurrent;
using System.Collections.Immutable;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Wrappers;

/// <summary>The body of a function that may wrap a wait.</summary>
internal sealed record WrapperBody(IMethodSymbol Method, IOperation Body)
{
    private readonly ImmutableHashSet<ISymbol> _written = Body.Descendants().OfType<IParameterReferenceOperation>().Where(IsWritten)
        .Select(reference => (ISymbol)reference.Parameter).ToImmutableHashSet(SymbolEqualityComparer.Default);

    /// <summary>One call, and what is asked of its result at most: <c>.ConfigureAwait(false)</c>, <c>.AsTask()</c>.</summary>
    private readonly bool _onlyWaits = Body.Descendants().OfType<IInvocationOperation>().Count(call => call.Instance?.Unwrapped() is not IInvocationOperation) <= 1;

    /// <summary>
    /// True for a parameter of the function that keeps the value of the caller: nothing here gives it another. A token counts only where the
    /// function does nothing but to wait with it: whoever gives none to one that does more chooses for all of that.
    /// </summary>
    public bool Hands(IParameterSymbol parameter) =>
        SymbolEqualityComparer.Default.Equals(parameter.ContainingSymbol, Method) && !_written.Contains(parameter) && (!parameter.Type.IsToken() || _onlyWaits);

    private static bool IsWritten(IParameterReferenceOperation reference) => reference.Parent switch
    {
        IAssignmentOperation assignment => assignment.Target == reference,
        IIncrementOrDecrementOperation or IAddressOfOperation or ITupleOperation => true,
        IArgumentOperation argument => argument.Parameter?.RefKind is RefKind.Ref or RefKind.Out,
        _ => false,
    };
}

/// <summary>
/// Finds the bodies that a call may run, of those whose names make them wrappers, wherever in the compilation they stand. They are bound when a call
/// with a value that may matter is met, which is rare; each once. Safe in concurrent actions.
/// </summary>
internal sealed class WrapperBodies
{
    /// <summary>A contract with more implementations than this says nothing of what a call does.</summary>
    private const int MostImplementations = 8;

    private readonly ConcurrentDictionary<ISymbol, ImmutableArray<WrapperBody>> _bodies = new(SymbolEqualityComparer.Default);
    private readonly Compilation _compilation;
    private readonly WrapperNames _names;

    public WrapperBodies(Compilation compilation, WrapperNames names)
    {
        _compilation = compilation;
        _names = names;
    }

    /// <summary>The bodies of a method: its own, and where it is virtual, of what overrides or implements it.</summary>
    public ImmutableArray<WrapperBody> Of(IMethodSymbol method)
    {
        method = (method.ReducedFrom ?? method).OriginalDefinition;
        return SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _compilation.Assembly)
            ? _bodies.GetOrAdd(method.PartialImplementationPart ?? method, _ => Find(method.PartialImplementationPart ?? method))
            : ImmutableArray<WrapperBody>.Empty;
    }

    private ImmutableArray<WrapperBody> Find(IMethodSymbol method)
    {
        var bodies = ImmutableArray.CreateBuilder<WrapperBody>();
        var isOpen = method.IsAbstract || method.IsVirtual || method.IsOverride;
        var name = method.MethodKind == MethodKind.Constructor ? method.ContainingType.Name : method.Name;
        if (method.MethodKind == MethodKind.LocalFunction)
            return method.DeclaringSyntaxReferences.FirstOrDefault() is { } local && Bind(local, method) is { } inner ? ImmutableArray.Create(inner) : ImmutableArray<WrapperBody>.Empty;
        foreach (var candidate in _names.Of(name.Substring(name.LastIndexOf('.') + 1)))
        {
            var isOwn = method.DeclaringSyntaxReferences.Any(reference => reference.SyntaxTree == candidate.Place.SyntaxTree && reference.Span == candidate.Place.Span);
            if ((isOwn ? Bind(candidate.Place, method) : isOpen ? BindRunBy(method, candidate) : null) is not { } body)
                continue;
            if (bodies.Count == MostImplementations)
                return ImmutableArray<WrapperBody>.Empty;
            bodies.Add(body);
        }

        return bodies.ToImmutable();
    }

    private WrapperBody? BindRunBy(IMethodSymbol method, PassedOn candidate) =>
        ModelOf(candidate.Place.SyntaxTree).GetDeclaredSymbol(candidate.Place.GetSyntax()) is IMethodSymbol declared && declared.Parameters.Length == method.Parameters.Length
            && (Overrides(declared, method) || Implements(declared, method)) ? Bind(candidate.Place, declared) : null;

    private WrapperBody? Bind(SyntaxReference place, IMethodSymbol method)
    {
        var declaration = place.GetSyntax();
        var hasBody = declaration is ConstructorDeclarationSyntax // It may have an initializer only.
            or BaseMethodDeclarationSyntax { Body: not null } or BaseMethodDeclarationSyntax { ExpressionBody: not null }
            or LocalFunctionStatementSyntax { Body: not null } or LocalFunctionStatementSyntax { ExpressionBody: not null };
        return hasBody && ModelOf(place.SyntaxTree).GetOperation(declaration) is { } body ? new WrapperBody(method, body) : null;
    }

    /// <summary>True for a method that overrides another, or implements one of an interface.</summary>
    public static bool IsRunForAnother(IMethodSymbol method) =>
        method.IsOverride || !method.ExplicitInterfaceImplementations.IsEmpty
        || method.ContainingType.AllInterfaces.Any(implemented => implemented.GetMembers(method.Name).Any(member =>
            SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method)));

    private static bool Overrides(IMethodSymbol method, IMethodSymbol contract)
    {
        for (var current = method.OverriddenMethod; current is not null; current = current.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, contract))
                return true;
        }

        return false;
    }

    private static bool Implements(IMethodSymbol method, IMethodSymbol contract)
    {
        if (contract.ContainingType.TypeKind != TypeKind.Interface)
            return false;
        foreach (var implemented in method.ContainingType.AllInterfaces)
        {
            if (!SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, contract.ContainingType))
                continue;
            foreach (var member in implemented.GetMembers(contract.Name))
            {
                if (SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, contract)
                    && SymbolEqualityComparer.Default.Equals(method.ContainingType.FindImplementationForInterfaceMember(member), method))
                {
                    return true;
                }
            }
        }

        return false;
    }

#pragma warning disable RS1030 // Only for a call that gives a wrapper of another file what may be no end; the body that is bound is one.
    private SemanticModel ModelOf(SyntaxTree tree) => _compilation.GetSemanticModel(tree);
#pragma warning restore RS1030
}
