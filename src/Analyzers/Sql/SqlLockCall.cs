using System.Collections.Immutable;
using System.Globalization;
using LockAnalyzers.Catalog;

namespace LockAnalyzers.Sql;

/// <summary>The call in a text that waits for a lock of the server with nothing in the text to end it.</summary>
internal static class SqlLockCall
{
    public static SqlFunction? Find(string text, ImmutableArray<SqlFunction> functions)
    {
        foreach (var function in functions)
        {
            for (var at = IndexOf(text, function.Name, 0); at >= 0; at = IndexOf(text, function.Name, at + 1))
            {
                if (WaitsForEver(text, at + function.Name.Length, function))
                    return function;
            }
        }

        return null;
    }

    private static bool WaitsForEver(string text, int after, SqlFunction function)
    {
        if (function.TimeoutArgument is not { } place)
            return true;

        var arguments = Arguments(text, after);
        var value = function.TimeoutParameter is { } name ? arguments.Select(argument => Named(argument, name)).FirstOrDefault(given => given is not null) : null;
        value ??= arguments.Count > place && arguments[place].IndexOf('=') < 0 ? arguments[place].Trim() : null;
        return value is null
            ? function.TimeoutParameter is not null
            : int.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) && number < 0;
    }

    /// <summary>What stands behind <c>name =</c>; null for another argument.</summary>
    private static string? Named(string argument, string name)
    {
        var equals = argument.IndexOf('=');
        return equals > 0 && string.Equals(argument.Substring(0, equals).Trim(), name, StringComparison.OrdinalIgnoreCase) ? argument.Substring(equals + 1).Trim() : null;
    }

    /// <summary>In parentheses, or to the end of the statement where there are none.</summary>
    private static List<string> Arguments(string text, int start)
    {
        while (start < text.Length && char.IsWhiteSpace(text[start]))
            start++;
        var depth = 0;
        if (start < text.Length && text[start] == '(')
            start++;
        var arguments = new List<string>();
        var isQuoted = false;
        var from = start;
        for (var i = start; ; i++)
        {
            var end = i >= text.Length || (!isQuoted && (text[i] == ';' || (text[i] == ')' && depth == 0)));
            if (end || (!isQuoted && depth == 0 && text[i] == ','))
            {
                var last = Math.Min(i, text.Length);
                if (last > from)
                    arguments.Add(text.Substring(from, last - from));
                from = i + 1;
            }

            if (end)
                return arguments;
            isQuoted ^= text[i] == '\'';
            depth += isQuoted ? 0 : text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
        }
    }

    /// <summary>The name as a word of its own.</summary>
    private static int IndexOf(string text, string name, int from)
    {
        for (var at = text.IndexOf(name, from, StringComparison.OrdinalIgnoreCase); at >= 0; at = text.IndexOf(name, at + 1, StringComparison.OrdinalIgnoreCase))
        {
            if ((at == 0 || !IsWord(text[at - 1])) && (at + name.Length == text.Length || !IsWord(text[at + name.Length])))
                return at;
        }

        return -1;
    }

    private static bool IsWord(char character) => char.IsLetterOrDigit(character) || character == '_';
}
