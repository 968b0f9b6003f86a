namespace LockAnalyzers.Catalog;

/// <summary><c>native-try NAME refused=VALUE</c>: an entry point that tries to take a lock, and what it returns when somebody else holds it.</summary>
internal sealed record NativeTry(string Name, long Refused)
{
    public static NativeTry Read(CatalogLine line) =>
        new(line.WithKeys("refused").Target, line.Text("refused") is { } refused ? CatalogLine.ParseNumber(refused) : throw new FormatException($"'{line.Target}' has no refused=VALUE."));
}
