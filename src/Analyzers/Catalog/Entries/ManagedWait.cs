namespace LockAnalyzers.Catalog;

/// <summary>
/// <c>wait Namespace.Type.Member</c>: a managed member that waits. What bounds a call of it is read off its parameters: a
/// time-out, or a token.
/// </summary>
internal sealed record ManagedWait(MemberName Name)
{
    public static ManagedWait Read(CatalogLine line) => new(MemberName.Parse(line.WithKeys().Target));
}
