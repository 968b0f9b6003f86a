using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace LockAnalyzers.Catalog;

/// <summary>
/// The catalogs that a project brings along as <c>AdditionalFiles</c>, its own and those of packages. Each content is parsed once, and
/// merged once with the built-in texts, however many compilations ask: an editor makes one per keystroke.
/// </summary>
internal static class UserCatalog
{
    private static readonly ConditionalWeakTable<SourceText, CatalogText> Read = new();

    /// <summary>By the first of the texts, or by the table itself where there is none.</summary>
    private static readonly ConditionalWeakTable<object, StrongBox<Merged>> Merges = new();

    /// <summary>True for <c>LockAnalyzers.txt</c>, <c>LockAnalyzers.ANY.txt</c> and <c>ANY.LockAnalyzers.txt</c>, in any case.</summary>
    public static bool IsCatalog(string path)
    {
        var name = Path.GetFileName(path);
        const string Extension = ".txt";
        if (!name.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
            return false;
        name = "." + name.Substring(0, name.Length - Extension.Length) + ".";
        return name.StartsWith(".LockAnalyzers.", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".LockAnalyzers.", StringComparison.OrdinalIgnoreCase);
    }

    public static CatalogText TextOf(SourceText text, string path) =>
        Read.GetValue(text, text => CatalogText.Read(path, text.Lines.Select(line => line.ToString())));

    /// <summary>
    /// The built-in catalog with the project's files and settings before it, so that theirs count where both speak of one member. The same
    /// object for the same contents.
    /// </summary>
    public static CatalogEntries EntriesOf(ImmutableArray<AdditionalText> files, string settings, CancellationToken cancellation)
    {
        var texts = ImmutableArray<SourceText>.Empty;
        var builder = default(ImmutableArray<CatalogText>.Builder);
        foreach (var file in files)
        {
            if (!IsCatalog(file.Path) || file.GetText(cancellation) is not { } text)
                continue;
            texts = texts.Add(text);
            (builder ??= ImmutableArray.CreateBuilder<CatalogText>()).Add(TextOf(text, file.Path));
        }

        if (builder is null && settings.Length == 0)
            return BuiltInCatalog.Instance;

        var box = Merges.GetValue(texts.IsEmpty ? Merges : texts[0], static _ => new StrongBox<Merged>());
        if (box.Value is { } merged && merged.Settings == settings && merged.Texts.SequenceEqual(texts))
            return merged.Entries;
        builder ??= ImmutableArray.CreateBuilder<CatalogText>();
        builder.Add(CatalogText.Read("settings", settings.Split('\n')));
        builder.AddRange(BuiltInCatalog.Texts);
        merged = new Merged(texts, settings, CatalogEntries.Of(builder));
        box.Value = merged;
        return merged.Entries;
    }

    private sealed record Merged(ImmutableArray<SourceText> Texts, string Settings, CatalogEntries Entries);
}
