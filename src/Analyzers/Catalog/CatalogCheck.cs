using LockAnalyzers.Naming;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Catalog;

/// <summary>A line of a catalog that says nothing about this compilation.</summary>
/// <param name="Reason">Sentences that say what is missing.</param>
/// <param name="IsCertain">False when the line may well be right for another project that shares the list.</param>
internal sealed record CatalogGap(string Reason, bool IsCertain);

/// <summary>Looks up in a compilation what the lines of a user's catalog name.</summary>
internal static class CatalogCheck
{
    /// <summary>Keys whose value is another member of the type that the line is about.</summary>
    private static readonly string[] SiblingKeys = { "bounded", "start" };

    /// <summary>What the line names and the compilation does not have; null when all of it is there.</summary>
    public static CatalogGap? Find(CatalogLine line, Compilation compilation)
    {
        switch (CatalogKind.TargetOf(line.Kind))
        {
            case CatalogTarget.Type:
                return TypeOf(line, line.Target, compilation, out _);
            case CatalogTarget.Member:
                var name = MemberName.Parse(line.Target);
                return TypeOf(line, name.Type, compilation, out var type) ?? Certain(MemberOf(type!, name.Member) ?? SiblingOf(line, type!) ?? OptionOf(line, type!, name.Member));
            case CatalogTarget.Word when line.Kind == "words" && !BuiltInCatalog.Instance.Words.ContainsKey(line.Target):
                return Certain($"There is no list of words '{line.Target}'{NearMiss.Hint(line.Target, BuiltInCatalog.Instance.Words.Keys)}.");
            default:
                return null;
        }

        static CatalogGap? Certain(string? reason) => reason is null ? null : new CatalogGap(reason, IsCertain: true);
    }

    private static CatalogGap? TypeOf(CatalogLine line, string name, Compilation compilation, out INamedTypeSymbol? type)
    {
        type = ResolvedCatalog.FindType(compilation, name);
        if (type is not null)
            return null;
        var (container, missing) = Deepest(compilation, name);
        var near = Near(container, name, missing);
        if (near is null && container is null && line.Text("library") is not null)
            return new CatalogGap("", IsCertain: false);
        return new CatalogGap(
            $"There is no type '{name}' in this project or its references{(near is null ? "" : $"; did you mean '{near}'")}.",
            near is not null || (container is INamespaceSymbol { ConstituentNamespaces.Length: 1 } owned && !IsFramework(owned)));
    }

    /// <summary>The last namespace or type of the name that exists, other than the global one, and what follows it.</summary>
    private static (INamespaceOrTypeSymbol? Container, string Missing) Deepest(Compilation compilation, string name)
    {
        INamespaceOrTypeSymbol current = compilation.GlobalNamespace;
        var parts = name.Split('.', '+');
        var taken = 0;
        for (; taken < parts.Length; taken++)
        {
            var next = current.GetMembers(WithoutArity(parts[taken])).OfType<INamespaceOrTypeSymbol>().FirstOrDefault(member => member is INamespaceSymbol || Written(member) == parts[taken]);
            if (next is null)
                break;
            current = next;
        }

        var isWholeNamespace = taken == parts.Length - 1;
        return (isWholeNamespace || current is INamedTypeSymbol ? current : null, string.Join(".", parts.Skip(taken)));
    }

    /// <summary>The name that is right where this one is nearly so: other letters, another arity, a dot where a nested type has a plus.</summary>
    private static string? Near(INamespaceOrTypeSymbol? container, string name, string rest)
    {
        if (container is null)
            return null;
        if (rest.Length == 0)
            return container is INamedTypeSymbol nested ? FullName(nested) : null;
        var types = container.GetTypeMembers();
        var near = types.FirstOrDefault(type => type.Name == WithoutArity(rest))
            ?? (NearMiss.Of(rest, types.Select(Written)) is { } slip ? types.First(type => Written(type) == slip) : null);
        return near is null || FullName(near) == name ? null : FullName(near);
    }

    private static string? MemberOf(INamedTypeSymbol type, string member)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var current = type; current is not null; current = current.BaseType)
            names.UnionWith(current.MemberNames);
        foreach (var inherited in type.AllInterfaces)
            names.UnionWith(inherited.MemberNames);
        return names.Contains(member) ? null
            : $"'{FullName(type)}' has no member '{member}'{NearMiss.Hint(member, names.Where(name => !name.Contains("_") && !name.StartsWith(".", StringComparison.Ordinal)))}.";
    }

    private static string? SiblingOf(CatalogLine line, INamedTypeSymbol type)
    {
        foreach (var key in SiblingKeys)
        {
            if (line.Text(key) is { } sibling && MemberOf(type, sibling) is { } reason)
                return $"{key}={sibling}: {reason}";
        }

        return null;
    }

    private static string? OptionOf(CatalogLine line, INamedTypeSymbol type, string member)
    {
        if (line.Text("option") is not { } option)
            return null;
        var parameters = type.GetMembers(member).OfType<IMethodSymbol>().SelectMany(method => method.Parameters).Select(parameter => parameter.Name).Distinct().ToList();
        return parameters.Count == 0 || parameters.Contains(option) ? null
            : $"'{FullName(type)}.{member}' has no parameter '{option}'{NearMiss.Hint(option, parameters)}.";
    }

    private static bool IsFramework(INamespaceSymbol space)
    {
        while (space.ContainingNamespace is { IsGlobalNamespace: false } outer)
            space = outer;
        return space.Name is "System" or "Microsoft";
    }

    private static string WithoutArity(string name) => name.IndexOf('`') is > 0 and var tick ? name.Substring(0, tick) : name;

    private static string Written(INamespaceOrTypeSymbol symbol) => symbol.MetadataName;

    /// <summary>The name as a catalog line writes it.</summary>
    private static string FullName(INamedTypeSymbol type) =>
        type.ContainingType is { } outer ? $"{FullName(outer)}+{type.MetadataName}"
        : type.ContainingNamespace is { IsGlobalNamespace: false } space ? $"{space.ToDisplayString()}.{type.MetadataName}"
        : type.MetadataName;
}
