using System.Collections.Immutable;
using System.Globalization;
using LockAnalyzers.Naming;

namespace LockAnalyzers.Catalog;

/// <summary>
/// One line of a catalog: <c>kind target key=value key=value # comment</c>. The format is taught in docs/catalog.md.
/// </summary>
internal sealed class CatalogLine
{
    private const int MostCount = 1_000_000;

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

    /// <summary>True for <c>key=yes</c>, or whatever the one word is; false when the line has no such key.</summary>
    public bool Flag(string key, string word = "yes") =>
        Text(key) is { } text && (text == word ? true : throw new FormatException($"'{key}' can only be '{word}', not '{text}'."));

    /// <summary>A number that counts: arguments, seconds; null when the line has none.</summary>
    public int? Count(string key) => Text(key) is { } text ? ParseCount(text) : null;

    /// <summary>One of the members of <typeparamref name="TEnum"/>, by name; null when the line has none.</summary>
    public TEnum? Choice<TEnum>(string key)
        where TEnum : struct, Enum =>
        Text(key) is { } text ? ParseChoice<TEnum>(text) : null;

    public static ImmutableArray<long> ParseNumbers(string text) => text.Split(',').Select(ParseNumber).ToImmutableArray();

    public static long ParseNumber(string text) =>
        text.StartsWith("0x", StringComparison.Ordinal)
            && ulong.TryParse(text.Substring(2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var bits) ? unchecked((long)bits)
        : long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number
        : throw new FormatException($"'{text}' is not a number; it is decimal, or hexadecimal with 0x.");

    /// <summary>A number that counts: arguments, seconds.</summary>
    public static int ParseCount(string text) =>
        ParseNumber(text) is >= -MostCount and <= MostCount and var count ? (int)count : throw new FormatException($"'{text}' is too large a number here.");

    /// <summary>A member of an enum, written in lower case with hyphens.</summary>
    public static TEnum ParseChoice<TEnum>(string text)
        where TEnum : struct, Enum =>
        TryChoice<TEnum>(text) ?? throw new FormatException($"'{text}' is none of: {string.Join(", ", Enum.GetNames(typeof(TEnum)).Select(Written))}.");

    /// <summary>The same, or null when there is no such member.</summary>
    public static TEnum? TryChoice<TEnum>(string text)
        where TEnum : struct, Enum =>
        Array.Find(Enum.GetNames(typeof(TEnum)), name => Written(name) == text) is { } choice ? (TEnum)Enum.Parse(typeof(TEnum), choice) : null;

    /// <summary>The name of an enum's member as a line writes it: <c>open-or-create</c> for <c>OpenOrCreate</c>.</summary>
    private static string Written(string name) => string.Join("-", Words.Of(name));
}
