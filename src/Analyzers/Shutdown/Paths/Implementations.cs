using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Shutdown.Paths;

/// <summary>
/// Whether a contract has an implementation in this compilation. The base lists of all files are asked by name, each read once whatever changes in other
/// files; only types that may be one are looked at. Safe in concurrent actions.
/// </summary>
internal sealed class Implementations
{
    private readonly Compilation _compilation;
    private readonly Lazy<ILookup<string, Derivation>> _byBase;

    public Implementations(Compilation compilation)
    {
        _compilation = compilation;
        _byBase = new(() => compilation.SyntaxTrees.SelectMany(DeclaredNames.Derivations).ToLookup(derivation => derivation.Base, StringComparer.Ordinal));
    }

    /// <summary>True when a class or struct that can be created derives from the type or implements it.</summary>
    public bool Exist(INamedTypeSymbol type)
    {
        var pending = new Stack<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        pending.Push(type.Name);
        while (pending.Count > 0)
        {
            foreach (var derivation in _byBase.Value[pending.Pop()])
            {
                if (derivation.Type is { } name && _compilation.Assembly.GetTypeByMetadataName(name) is { TypeKind: TypeKind.Class or TypeKind.Struct, IsAbstract: false } found && IsA(found, type))
                    return true;
                if (seen.Add(derivation.Name))
                    pending.Push(derivation.Name);
            }
        }

        return false;
    }

    private static bool IsA(INamedTypeSymbol type, INamedTypeSymbol contract)
    {
        for (var based = type.BaseType; based is not null; based = based.BaseType)
        {
            if (SymbolEqualityComparer.Default.Equals(based.OriginalDefinition, contract.OriginalDefinition))
                return true;
        }

        return type.AllInterfaces.Any(implemented => SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, contract.OriginalDefinition));
    }
}
