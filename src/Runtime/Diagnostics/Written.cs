namespace LockAnalyzers.Runtime;

/// <summary>What is waited for, as its code says it: the text of an argument, made fit for a message.</summary>
internal static class Written
{
    private const int Longest = 80;
    private const string Arrow = "=>";

    /// <summary>One line, without the head of a lambda: of <c>time => Monitor.TryEnter(sync, time)</c> the call.</summary>
    public static string? Name(string? text)
    {
        if (text is null)
        {
            return null;
        }

        int arrow = text.IndexOf(Arrow, StringComparison.Ordinal);
        string body = arrow < 0 ? text : text.Substring(arrow + Arrow.Length);
        string line = string.Join(" ", body.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return line.Length <= Longest ? line : line.Substring(0, Longest - 1) + '…';
    }
}
