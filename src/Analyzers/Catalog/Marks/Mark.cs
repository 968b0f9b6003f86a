using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Catalog;

/// <summary>What a member says of itself by <c>[BlocksUnbounded]</c> or <c>[NonBlocking]</c>; the attributes are known by their full names.</summary>
/// <param name="Wait">What it waits for; null when it says that it does not wait.</param>
internal sealed record Mark(ManagedWait? Wait)
{
    private static readonly Mark NonBlocking = new((ManagedWait?)null);

    /// <summary>The mark of a member, or the nearest of what it overrides and implements; null when there is none.</summary>
    /// <param name="member">A method or property, as it is defined.</param>
    /// <param name="assembly">The assembly that is compiled: a wait of another one is that of a library.</param>
    public static Mark? Find(ISymbol member, IAssemblySymbol assembly)
    {
        for (var current = member; current is not null; current = Overridden(current))
        {
            if (Own(current, assembly) is { } own)
                return own;
        }

        foreach (var implemented in member.ContainingType?.AllInterfaces ?? default)
        {
            foreach (var declared in implemented.GetMembers(member.Name))
            {
                if (Own(declared, assembly) is { } mark
                    && SymbolEqualityComparer.Default.Equals(member.ContainingType!.FindImplementationForInterfaceMember(declared), member))
                {
                    return mark;
                }
            }
        }

        return null;
    }

    private static Mark? Own(ISymbol member, IAssemblySymbol assembly)
    {
        foreach (var attribute in member.GetAttributes())
        {
            if (attribute.AttributeClass is not { ContainingType: null } type || type.ContainingNamespace.ToDisplayString() != MarkedNames.Namespace)
                continue;
            switch (type.Name)
            {
                case "BlocksUnboundedAttribute":
                    return new Mark(WaitOf(member, attribute, assembly));
                case "NonBlockingAttribute":
                    return NonBlocking;
            }
        }

        return null;
    }

    private static ManagedWait WaitOf(ISymbol member, AttributeData attribute, IAssemblySymbol assembly)
    {
        var type = member.ContainingType.OriginalDefinition;
        var owner = member.ContainingAssembly;
        return new ManagedWait(new MemberName($"{type.ContainingNamespace.ToDisplayString()}.{type.MetadataName}", member.Name))
        {
            Bounded = Named("Bounded") as string,
            Sharing = Named("Shared") is true ? WaitSharing.Always : WaitSharing.Process,
            Library = SymbolEqualityComparer.Default.Equals(owner, assembly) ? null : owner.Name,
        };

        object? Named(string name)
        {
            foreach (var argument in attribute.NamedArguments)
            {
                if (argument.Key == name && argument.Value.Kind != TypedConstantKind.Array)
                    return argument.Value.Value;
            }

            return null;
        }
    }

    private static ISymbol? Overridden(ISymbol member) => member switch
    {
        IMethodSymbol method => method.OverriddenMethod?.OriginalDefinition,
        IPropertySymbol property => property.OverriddenProperty?.OriginalDefinition,
        _ => null,
    };
}
