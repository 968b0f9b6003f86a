using System.Collections.Concurrent;
using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Catalog;

/// <summary>
/// Finds the catalog entry of a member. The name is asked first, so a member that the catalog does not speak of costs one
/// dictionary look-up and no allocation. A type is resolved when the first member of a listed name is met: most of the catalog is never
/// met, and an editor makes a new compilation with every key.
/// </summary>
internal sealed class MemberIndex<TEntry>
    where TEntry : class
{
    private readonly ConcurrentDictionary<string, ImmutableArray<(INamedTypeSymbol Type, TEntry Entry)>> _met = new(StringComparer.Ordinal);
    private readonly Func<string, ImmutableArray<(INamedTypeSymbol Type, TEntry Entry)>> _resolve;
    private readonly MemberTable<TEntry> _table;

    public MemberIndex(MemberTable<TEntry> table, Func<string, INamedTypeSymbol?> resolve)
    {
        _table = table;
        _resolve = name => table[name].Select(row => (Type: resolve(row.Type), row.Entry)).Where(row => row.Type is not null).ToImmutableArray()!;
    }

    /// <summary>True when an entry is about a member of this name, of a type that the compilation has.</summary>
    public bool HasName(string name) => !Candidates(name).IsEmpty;

    /// <summary>True when an entry is about a constructor of a type of this name.</summary>
    public bool HasConstructorOf(string type)
    {
        foreach (var (owner, _) in Candidates(WellKnownMemberNames.InstanceConstructorName))
        {
            if (owner.Name == type)
                return true;
        }

        return false;
    }

    /// <summary>
    /// The entry of a member, or of what it overrides or implements; null when the catalog does not know it. An entry for the type
    /// of the <paramref name="receiver"/> goes before one for the type that declares the member. An entry for an interface holds for
    /// the typed member as well that a class shows beside an explicit implementation.
    /// </summary>
    public TEntry? Find(ISymbol member, ITypeSymbol? receiver = null)
    {
        var candidates = Candidates(member.Name);
        if (candidates.IsEmpty)
            return null;

        for (var current = receiver as INamedTypeSymbol ?? member.ContainingType; current is not null; current = current.BaseType)
        {
            foreach (var (type, entry) in candidates)
            {
                if (SymbolEqualityComparer.Default.Equals(current.OriginalDefinition, type))
                    return entry;
            }

            // A constructor is not inherited: a derived type decides for itself what it gives to its base.
            if (member is IMethodSymbol { MethodKind: MethodKind.Constructor })
                return null;
        }

        foreach (var (type, entry) in candidates)
        {
            if (type.TypeKind == TypeKind.Interface
                && (SymbolEqualityComparer.Default.Equals(member.ContainingType.OriginalDefinition, type) || Implements(member, type)))
            {
                return entry;
            }
        }

        return null;
    }

    private ImmutableArray<(INamedTypeSymbol Type, TEntry Entry)> Candidates(string name) =>
        _table[name].Length == 0 ? ImmutableArray<(INamedTypeSymbol, TEntry)>.Empty : _met.GetOrAdd(name, _resolve);

    private static bool Implements(ISymbol member, INamedTypeSymbol type)
    {
        foreach (var implemented in member.ContainingType.AllInterfaces)
        {
            if (!SymbolEqualityComparer.Default.Equals(implemented.OriginalDefinition, type))
                continue;
            foreach (var declared in implemented.GetMembers(member.Name))
            {
                if (HasSameParameters(member, declared)
                    || SymbolEqualityComparer.Default.Equals(member.ContainingType.FindImplementationForInterfaceMember(declared), member))
                {
                    return true;
                }
            }
        }

        return false;
    }

    private static bool HasSameParameters(ISymbol member, ISymbol declared)
    {
        if (member is not IMethodSymbol { IsStatic: false } method || declared is not IMethodSymbol other || method.Parameters.Length != other.Parameters.Length)
            return false;
        for (var i = 0; i < method.Parameters.Length; i++)
        {
            if (!SymbolEqualityComparer.Default.Equals(method.Parameters[i].Type, other.Parameters[i].Type))
                return false;
        }

        return true;
    }
}
