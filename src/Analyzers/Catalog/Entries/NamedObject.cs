namespace LockAnalyzers.Catalog;

/// <summary><c>named Namespace.Type.Member name=PARAMETER</c>: makes or opens an object that other processes share under its name.</summary>
internal sealed record NamedObject(MemberName Member)
{
    /// <summary>The parameter that is the name; an overload without it, or null in its place, makes an object of this process.</summary>
    public string Name { get; init; } = "name";

    /// <summary>The parameter that makes the caller own it at once.</summary>
    public string? Owned { get; init; }

    /// <summary>The parameter that tells whether the caller was the first.</summary>
    public string? Created { get; init; }

    public static NamedObject Read(CatalogLine line)
    {
        line.WithKeys("name", "owned", "created");
        return new(MemberName.Parse(line.Target))
        {
            Name = line.Text("name") ?? "name",
            Owned = line.Text("owned"),
            Created = line.Text("created"),
        };
    }
}
