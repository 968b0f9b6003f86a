namespace LockAnalyzers.Naming;

/// <summary>Splits an identifier into its words, lower case: <c>waitForLock</c> is wait, for, lock; <c>LOCK_NB</c> is lock, nb.</summary>
internal static class Words
{
    public static List<string> Of(string identifier)
    {
        var words = new List<string>();
        var start = 0;
        for (var i = 1; i <= identifier.Length; i++)
        {
            if (i < identifier.Length && !IsBoundary(identifier, i))
                continue;
            var word = identifier.Substring(start, i - start).Trim('_');
            if (word.Length > 0)
                words.Add(word.ToLowerInvariant());
            start = i;
        }

        return words;
    }

    private static bool IsBoundary(string text, int i)
    {
        char before = text[i - 1], here = text[i];
        if (!char.IsLetterOrDigit(before) || !char.IsLetterOrDigit(here))
            return true;
        if (char.IsUpper(here))
            return !char.IsUpper(before) || (i + 1 < text.Length && char.IsLower(text[i + 1]));
        return char.IsDigit(here) != char.IsDigit(before);
    }
}
