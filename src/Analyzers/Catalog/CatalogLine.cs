using System.Collections.Immutable;

namespace LockAnalyzers.Catalog;

/// <summary>
/// One line of a catalog: <c>kind target key=value key=value # comment</c>. The format is taught in docs/catalog.md.
/// </summary>
internal sealed class CatalogLine
{
    private readonly ImmutableDictionary<string, string> _values;

    public CatalogLine(string source, int number, string kind, string target, ImmutableDictionary<string, string> values)
    {
        Source = source;
        Number = number;
        Kind = kind;
        Target = target;
        _values = values;
    }

    public string Source { get; }

    /// <summary>Counted from 1.</summary>
    public int Number { get; }

    public string Kind { get; }

    public string Target { get; }

    /// <summary>Refuses a line with a key that its kind does not have: a misspelt key would otherwise be lost without a word.</summary>
    public CatalogLine WithKeys(params string[] keys)
    {
        foreach (var key in _values.Keys)
        {
            if (Array.IndexOf(keys, key) < 0)
            {
                throw new FormatException(keys.Length == 0
                    ? $"'{key}' is no key of a '{Kind}' line; it has none."
                    : $"'{key}' is no key of a '{Kind}' line; it has: {string.Join(", ", keys)}.");
            }
        }

        return this;
    }

    /// <summary>The text behind <c>key=</c>, or null when the line has none.</summary>
    public string? Text(string key) => _values.TryGetValue(key, out var text) ? text : null;

    /// <summary>True for <c>key=yes</c>, false when the line has no such key.</summary>
    public bool Flag(string key) => Text(key) switch
    {
        null => false,
        "yes" => true,
        var other => throw new FormatException($"'{key}' can only be 'yes', not '{other}'."),
    };

    /// <summary>A number, decimal or with 0x; null when the line has none.</summary>
    public long? Number64(string key) => Text(key) is { } text ? ParseNumber(text) : null;

    /// <summary>One of the members of <typeparamref name="TEnum"/>, by name; null when the line has none.</summary>
    public TEnum? Choice<TEnum>(string key)
        where TEnum : struct, Enum =>
        Text(key) is { } text ? ParseChoice<TEnum>(text) : null;

    public static ImmutableArray<long> ParseNumbers(string text) => text.Split(',').Select(ParseNumber).ToImmutableArray();

    public static long ParseNumber(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal)
            ? Convert.ToInt64(text, 16)
            : long.TryParse(text, out var number) ? number : throw new FormatException($"'{text}' is not a number.");

    /// <summary>A member of an enum, written in lower case with hyphens.</summary>
    public static TEnum ParseChoice<TEnum>(string text)
        where TEnum : struct, Enum =>
        Enum.TryParse<TEnum>(text.Replace("-", ""), ignoreCase: true, out var value)
            ? value
            : throw new FormatException($"'{text}' is none of: {string.Join(", ", Enum.GetNames(typeof(TEnum)))}.");
}
