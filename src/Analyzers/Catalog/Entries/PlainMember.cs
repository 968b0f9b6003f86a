namespace LockAnalyzers.Catalog;

/// <summary>A line that says all by its kind: <c>region Namespace.Type.Member</c>, <c>fresh …</c>, <c>clock …</c>.</summary>
internal sealed record PlainMember(MemberName Name)
{
    public static PlainMember Read(CatalogLine line) => new(MemberName.Parse(line.WithKeys().Target));
}
