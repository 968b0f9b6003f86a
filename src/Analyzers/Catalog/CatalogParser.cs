using System.Collections.Immutable;

namespace LockAnalyzers.Catalog;

/// <summary>A line that could not be read: where, and why.</summary>
internal sealed record CatalogProblem(string Source, int Line, string Reason);

/// <summary>Splits a catalog text into lines. It knows the form of a line, not what the kinds mean.</summary>
internal static class CatalogParser
{
    private static readonly char[] Blanks = { ' ', '\t' };

    public static IEnumerable<CatalogLine> Parse(string source, string text, ICollection<CatalogProblem> problems)
    {
        var number = 0;
        foreach (var raw in text.Split('\n'))
        {
            number++;
            if (TryParse(source, number, raw, problems) is { } line)
                yield return line;
        }
    }

    private static CatalogLine? TryParse(string source, int number, string raw, ICollection<CatalogProblem> problems)
    {
        var comment = raw.IndexOf('#');
        var fields = (comment < 0 ? raw : raw.Substring(0, comment)).TrimEnd('\r').Split(Blanks, StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length == 0)
            return null;
        if (fields.Length == 1)
            return Refuse($"'{fields[0]}' names no target; a line is 'kind target key=value ...'.");

        var values = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        for (var i = 2; i < fields.Length; i++)
        {
            var equals = fields[i].IndexOf('=');
            if (equals <= 0)
                return Refuse($"'{fields[i]}' is not of the form key=value.");
            var key = fields[i].Substring(0, equals);
            if (values.ContainsKey(key))
                return Refuse($"'{key}' stands twice.");
            values.Add(key, fields[i].Substring(equals + 1));
        }

        return new CatalogLine(source, number, fields[0], fields[1], values.ToImmutable());

        CatalogLine? Refuse(string reason)
        {
            problems.Add(new CatalogProblem(source, number, reason));
            return null;
        }
    }
}
