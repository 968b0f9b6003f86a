using System.Collections.Immutable;
using LockAnalyzers.Catalog;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Shutdown;

/// <summary>What the reading of bodies needs to know of the compilation.</summary>
internal sealed class ShutdownFacts
{
    private readonly Lazy<ImmutableHashSet<ISymbol>> _implemented;

    public ShutdownFacts(Compilation compilation, ResolvedCatalog catalog)
    {
        Catalog = catalog;
        Assembly = compilation.Assembly;
        _implemented = new Lazy<ImmutableHashSet<ISymbol>>(() => Implemented(compilation.Assembly.GlobalNamespace));
    }

    public ResolvedCatalog Catalog { get; }

    private IAssemblySymbol Assembly { get; }

    public ShutdownRole? Role(ISymbol member) => Catalog.Role(member);

    /// <summary>
    /// True for an abstract member declared in this compilation that no type in it implements: whoever loads as a plug-in does.
    /// Imported COM interfaces are the system's own.
    /// </summary>
    public bool IsPlugIn(IMethodSymbol method) =>
        method is { IsAbstract: true, IsStatic: false, ContainingType: { IsComImport: false } type }
        && SymbolEqualityComparer.Default.Equals(method.ContainingAssembly, Assembly)
        && !_implemented.Value.Contains(type.OriginalDefinition);

    private static ImmutableHashSet<ISymbol> Implemented(INamespaceSymbol root)
    {
        var implemented = ImmutableHashSet.CreateBuilder<ISymbol>(SymbolEqualityComparer.Default);
        var pending = new Stack<INamespaceOrTypeSymbol>();
        pending.Push(root);
        while (pending.Count > 0)
        {
            foreach (var member in pending.Pop().GetMembers())
            {
                if (member is INamespaceOrTypeSymbol container)
                    pending.Push(container);
                if (member is not INamedTypeSymbol { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false } type)
                    continue;
                foreach (var contract in type.AllInterfaces)
                    implemented.Add(contract.OriginalDefinition);
                for (var based = type.BaseType; based is not null; based = based.BaseType)
                    implemented.Add(based.OriginalDefinition);
            }
        }

        return implemented.ToImmutable();
    }
}
