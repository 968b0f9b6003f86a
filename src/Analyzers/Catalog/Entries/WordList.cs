// Lists of words, by the name of the list.
global using WordLists = System.Collections.Immutable.ImmutableDictionary<string, System.Collections.Immutable.ImmutableHashSet<string>>;

using System.Collections.Immutable;

namespace LockAnalyzers.Catalog;

/// <summary><c>words NAME are=word,word</c>: words that decide what an identifier speaks of. Lists of one name add up.</summary>
internal static class WordList
{
    public static IEnumerable<string> Read(CatalogLine line) =>
        line.WithKeys("are").Text("are")?.Split(',') ?? throw new FormatException($"'{line.Target}' has no are=word,word.");

    public static ImmutableHashSet<string> Of(this ImmutableDictionary<string, ImmutableHashSet<string>> lists, string name) =>
        lists.TryGetValue(name, out var words) ? words : ImmutableHashSet<string>.Empty;
}
