namespace LockAnalyzers.Tour;

/// <summary>The difference of two texts, line by line.</summary>
internal static class Lines
{
    /// <summary>The changed lines, "-" and "+" before them, with one line of context.</summary>
    public static IEnumerable<string> Difference(string[] before, string[] after)
    {
        List<(char Kind, string Text)> edits = Edits(before, after);
        bool gap = false;
        for (int at = 0; at < edits.Count; at++)
        {
            bool near = edits.Skip(at - 1).Take(at == 0 ? 2 : 3).Any(edit => edit.Kind != ' ');
            if (near)
            {
                if (gap)
                {
                    yield return "...";
                }

                yield return $"{edits[at].Kind} {edits[at].Text}".TrimEnd();
            }

            gap = !near;
        }
    }

    private static List<(char Kind, string Text)> Edits(string[] before, string[] after)
    {
        // common[i, j]: length of the longest common subsequence of before[i..] and after[j..].
        int[,] common = new int[before.Length + 1, after.Length + 1];
        for (int i = before.Length - 1; i >= 0; i--)
        {
            for (int j = after.Length - 1; j >= 0; j--)
            {
                common[i, j] = before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
            }
        }

        var edits = new List<(char, string)>();
        for (int i = 0, j = 0; i < before.Length || j < after.Length;)
        {
            if (i < before.Length && j < after.Length && before[i] == after[j])
            {
                edits.Add((' ', before[i++]));
                j++;
            }
            else if (j == after.Length || (i < before.Length && common[i + 1, j] >= common[i, j + 1]))
            {
                edits.Add(('-', before[i++]));
            }
            else
            {
                edits.Add(('+', after[j++]));
            }
        }

        return edits;
    }
}
