using System.Collections.Immutable;

namespace LockAnalyzers.Catalog;

/// <summary>What the target of a catalog line is.</summary>
internal enum CatalogTarget
{
    Member,
    Type,

    /// <summary>The name of a native function.</summary>
    EntryPoint,

    /// <summary>A list of words, or a word itself.</summary>
    Word,
}

/// <summary>The kinds of catalog lines by name, for what is said of lines rather than done with them.</summary>
internal static class CatalogKind
{
    private static readonly ImmutableDictionary<string, CatalogTarget> Others = new Dictionary<string, CatalogTarget>
    {
        ["native"] = CatalogTarget.EntryPoint,
        ["native-try"] = CatalogTarget.EntryPoint,
        ["native-class"] = CatalogTarget.Type,
        ["words"] = CatalogTarget.Word,
        ["data-file"] = CatalogTarget.Word,
        ["library"] = CatalogTarget.Word,
        ["sql"] = CatalogTarget.Word,
        ["guard-native"] = CatalogTarget.EntryPoint,
        ["kill-native"] = CatalogTarget.EntryPoint,
    }.ToImmutableDictionary(StringComparer.Ordinal);

    /// <summary>All kinds; those that the built-in texts use, which a test holds to be all.</summary>
    public static IEnumerable<string> Names =>
        Others.Keys.Concat(BuiltInCatalog.Texts.SelectMany(text => text.Lines).Select(line => line.Kind)).Distinct();

    public static CatalogTarget TargetOf(string kind) => Others.TryGetValue(kind, out var target) ? target : CatalogTarget.Member;
}
