using System.Collections.Immutable;
using System.Reflection;

namespace LockAnalyzers.Catalog;

/// <summary>The catalog that ships inside the assembly: the embedded texts of Catalog/Data, read once per process.</summary>
internal static class BuiltInCatalog
{
    public static ImmutableArray<CatalogText> Texts { get; } = Read();

    public static CatalogEntries Instance { get; } = CatalogEntries.Of(Texts);

    private static ImmutableArray<CatalogText> Read()
    {
        var assembly = typeof(BuiltInCatalog).GetTypeInfo().Assembly;
        var texts = ImmutableArray.CreateBuilder<CatalogText>();
        foreach (var name in assembly.GetManifestResourceNames().OrderBy(n => n, StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var reader = new StreamReader(stream);
            texts.Add(CatalogText.Read(name, reader.ReadToEnd().Split('\n')));
        }

        return texts.ToImmutable();
    }
}
