namespace LockAnalyzers.Runtime;

/// <summary>Text of others in a message that has to stay one line.</summary>
internal static class OneLine
{
    public static string Of(string text)
        => text.Any(char.IsControl) ? new string([.. text.Select(static letter => char.IsControl(letter) ? ' ' : letter)]) : text;
}
