using System.Collections.Immutable;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Paths;

/// <summary>Which methods of this compilation a call may run: the one that is named, what overrides it, what implements it.</summary>
internal sealed class Dispatch
{
    /// <summary>A contract with more implementations than this says nothing of what a call does.</summary>
    private const int MostImplementations = 8;

    private readonly Lazy<ILookup<ISymbol, INamedTypeSymbol>> _derived;
    private readonly IAssemblySymbol _assembly;

    private Dispatch(IAssemblySymbol assembly, Func<IEnumerable<INamedTypeSymbol>> types)
    {
        _assembly = assembly;
        _derived = new(() => Derived(types()));
    }

    /// <summary>Among the types of one file.</summary>
    public static Dispatch OfFile(SemanticModel model) => new(model.Compilation.Assembly, () => TypesOf(model));

    /// <summary>Among all types of the compilation, gathered when the first of them is asked for.</summary>
    public static Dispatch OfCompilation(Compilation compilation) => new(compilation.Assembly, () => TypesOf(compilation.Assembly.GlobalNamespace));

    public ImmutableArray<IMethodSymbol> Targets(IInvocationOperation call)
    {
        var method = call.TargetMethod;
        return call.IsVirtual && MayBeOverridden(method) ? Targets(method, call.Instance) : ImmutableArray.Create(method);
    }

    /// <summary>Contracts of other assemblies (<c>IDisposable</c>) are anybody's: their implementations here say nothing of this call.</summary>
    private bool MayBeOverridden(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, _assembly);

    private ImmutableArray<IMethodSymbol> Targets(IMethodSymbol method, IOperation? receiver)
    {
        var declared = method.OriginalDefinition;
        if (Made(receiver) is { } exact)
            return Implementation(declared, exact) is { } only ? ImmutableArray.Create(only) : ImmutableArray.Create(method);

        var targets = ImmutableArray.CreateBuilder<IMethodSymbol>();
        if (!method.IsAbstract)
            targets.Add(method);
        foreach (var type in _derived.Value[declared.ContainingType])
        {
            if (Implementation(declared, type) is { IsAbstract: false } implementation && !targets.Contains(implementation, SymbolEqualityComparer.Default))
                targets.Add(implementation);
            if (targets.Count > MostImplementations)
                return ImmutableArray.Create(method);
        }

        return targets.Count == 0 ? ImmutableArray.Create(method) : targets.ToImmutable();
    }

    /// <summary>The type of an object that is made where it is called, or kept in a local with one value.</summary>
    private static INamedTypeSymbol? Made(IOperation? receiver) => receiver?.Unwrapped() switch
    {
        IObjectCreationOperation { Type: INamedTypeSymbol type } => type,
        ILocalReferenceOperation local when Definitions.SingleValue(local)?.Unwrapped() is IObjectCreationOperation { Type: INamedTypeSymbol type } => type,
        _ => null,
    };

    private static IMethodSymbol? Implementation(IMethodSymbol declared, INamedTypeSymbol type)
    {
        if (declared.ContainingType.TypeKind == TypeKind.Interface)
        {
            foreach (var contract in type.AllInterfaces)
            {
                if (SymbolEqualityComparer.Default.Equals(contract.OriginalDefinition, declared.ContainingType)
                    && contract.GetMembers(declared.Name).FirstOrDefault(member => SymbolEqualityComparer.Default.Equals(member.OriginalDefinition, declared)) is { } member)
                {
                    return type.FindImplementationForInterfaceMember(member) as IMethodSymbol;
                }
            }

            return null;
        }

        for (var current = type; current is not null; current = current.BaseType)
        {
            foreach (var member in current.GetMembers(declared.Name))
            {
                if (member is IMethodSymbol method && Overrides(method, declared))
                    return method;
            }
        }

        return null;
    }

    private static bool Overrides(IMethodSymbol method, IMethodSymbol declared)
    {
        for (var current = method; current is not null; current = current.OverriddenMethod)
        {
            if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, declared))
                return true;
        }

        return false;
    }

    /// <summary>By base class or interface, the classes and structs that are one.</summary>
    private static ILookup<ISymbol, INamedTypeSymbol> Derived(IEnumerable<INamedTypeSymbol> types)
    {
        var pairs = new List<(ISymbol Base, INamedTypeSymbol Type)>();
        foreach (var type in types)
        {
            if (type is not { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false })
                continue;
            foreach (var contract in type.AllInterfaces)
                pairs.Add((contract.OriginalDefinition, type));
            for (var based = type.BaseType; based is not null; based = based.BaseType)
                pairs.Add((based.OriginalDefinition, type));
        }

        return pairs.ToLookup(pair => pair.Base, pair => pair.Type, SymbolEqualityComparer.Default);
    }

    private static IEnumerable<INamedTypeSymbol> TypesOf(SemanticModel model)
    {
        foreach (var node in model.SyntaxTree.GetRoot().DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax or TypeDeclarationSyntax))
        {
            if (node is TypeDeclarationSyntax declaration && model.GetDeclaredSymbol(declaration) is INamedTypeSymbol type)
                yield return type;
        }
    }

    private static IEnumerable<INamedTypeSymbol> TypesOf(INamespaceSymbol root)
    {
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(root);
        while (pending.Count > 0)
        {
            // Of a type only the types: to ask for its members makes a symbol of each.
            var container = pending.Pop();
            foreach (var member in container is INamespaceSymbol space ? space.GetMembers() : (IEnumerable<INamespaceOrTypeSymbol>)container.GetTypeMembers())
            {
                pending.Push(member);
                if (member is INamedTypeSymbol type)
                    yield return type;
            }
        }
    }
}
