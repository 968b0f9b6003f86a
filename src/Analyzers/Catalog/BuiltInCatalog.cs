using System.Reflection;

namespace LockAnalyzers.Catalog;

/// <summary>The catalog that ships inside the assembly: the embedded texts of Catalog/Data, read once per process.</summary>
internal static class BuiltInCatalog
{
    public static CatalogEntries Instance { get; } = Read();

    private static CatalogEntries Read()
    {
        var assembly = typeof(BuiltInCatalog).GetTypeInfo().Assembly;
        var builder = new CatalogEntries.Builder();
        foreach (var name in assembly.GetManifestResourceNames().OrderBy(n => n, StringComparer.Ordinal))
        {
            using var stream = assembly.GetManifestResourceStream(name)!;
            using var reader = new StreamReader(stream);
            builder.Add(name, reader.ReadToEnd());
        }

        return builder.ToEntries();
    }
}
