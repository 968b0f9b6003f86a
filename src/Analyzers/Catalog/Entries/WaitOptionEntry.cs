namespace LockAnalyzers.Catalog;

/// <summary><c>wait-option Namespace.Type.Member option=parameter</c>: a member that waits without limit when that parameter is true.</summary>
internal sealed record WaitOptionEntry(MemberName Name, string Option)
{
    public static WaitOptionEntry Read(CatalogLine line) => new(
        MemberName.Parse(line.WithKeys("option").Target),
        line.Text("option") ?? throw new FormatException($"'{line.Target}' names no option=parameter."));
}
