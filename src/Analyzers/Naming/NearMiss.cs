namespace LockAnalyzers.Naming;

/// <summary>Finds what somebody meant who wrote something else.</summary>
internal static class NearMiss
{
    /// <summary><c>; did you mean 'x'?</c> without the question mark, to be put before the end of a sentence; empty when nothing is near.</summary>
    public static string Hint(string written, IEnumerable<string> candidates) =>
        Of(written, candidates) is { } near ? $"; did you mean '{near}'" : "";

    /// <summary>The nearest of the candidates, when it is so near that a slip explains it: a third of its letters at most, and no more than three.</summary>
    public static string? Of(string written, IEnumerable<string> candidates)
    {
        string? best = null;
        var most = Math.Min(3, Math.Max(1, written.Length / 3)) + 1;
        foreach (var candidate in candidates)
        {
            if (Math.Abs(candidate.Length - written.Length) >= most)
                continue;
            var distance = string.Equals(candidate, written, StringComparison.OrdinalIgnoreCase) ? 0 : Distance(candidate, written);
            if (distance < most || (distance == most && best is not null && string.CompareOrdinal(candidate, best) < 0))
                (best, most) = (candidate, distance);
        }

        return best;
    }

    /// <summary>The number of letters to add, drop, change or swap with the next.</summary>
    private static int Distance(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                var changed = table[i - 1, j - 1] + (IsSame(a[i - 1], b[j - 1]) ? 0 : 1);
                var best = Math.Min(changed, Math.Min(table[i - 1, j], table[i, j - 1]) + 1);
                if (i > 1 && j > 1 && IsSame(a[i - 1], b[j - 2]) && IsSame(a[i - 2], b[j - 1]))
                    best = Math.Min(best, table[i - 2, j - 2] + 1);
                table[i, j] = best;
            }
        }

        return table[a.Length, b.Length];
    }

    private static bool IsSame(char a, char b) => char.ToLowerInvariant(a) == char.ToLowerInvariant(b);
}
