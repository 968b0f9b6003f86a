using System.Collections.Immutable;

namespace LockAnalyzers.Catalog;

/// <summary>A line that could not be read: where, counted from 1, and why.</summary>
internal sealed record CatalogProblem(string Source, int Line, string Reason);

/// <summary>Splits a line into its fields. It knows the form of a line, not what the kinds mean.</summary>
internal static class CatalogParser
{
    private static readonly char[] Blanks = { ' ', '\t' };

    /// <summary>The line, or null when there is nothing but a comment on it.</summary>
    /// <exception cref="FormatException">It has not the form of a line; the message says why.</exception>
    public static CatalogLine? Parse(string source, int number, string raw)
    {
        var comment = raw.IndexOf('#');
        var fields = (comment < 0 ? raw : raw.Substring(0, comment)).TrimEnd('\r').Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length == 0)
            return null;
        if (fields.Length == 1)
            throw new FormatException($"'{fields[0]}' names no target; a line is 'kind target key=value ...'.");

        var values = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (var i = 2; i < fields.Length; i++)
        {
            var equals = fields[i].IndexOf('=');
            if (equals <= 0)
                throw new FormatException($"'{fields[i]}' is not of the form key=value.");
            if (equals == fields[i].Length - 1)
                throw new FormatException($"'{fields[i]}' has no value.");
            var key = fields[i].Substring(0, equals);
            if (values.ContainsKey(key))
                throw new FormatException($"'{key}' stands twice.");
            values.Add(key, fields[i].Substring(equals + 1));
        }

        return new CatalogLine(source, number, fields[0], fields[1], values.ToImmutable());
    }
}
