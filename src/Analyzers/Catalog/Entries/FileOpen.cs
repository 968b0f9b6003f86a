namespace LockAnalyzers.Catalog;

/// <summary><c>open Namespace.Type.Member share=none mode=create</c>: opens a file; what its overloads do where a call does not say.</summary>
internal sealed record FileOpen(MemberName Name)
{
    /// <summary>Whom an overload without a share parameter lets in.</summary>
    public FileShare Share { get; init; }

    /// <summary>The mode of a member that has no mode parameter.</summary>
    public FileMode? Mode { get; init; }

    /// <summary>The access of a member that has no access parameter and does not ask for all.</summary>
    public FileAccess? Access { get; init; }

    /// <summary>True when the member changes the object it is called on, so that a call of another member is not the same.</summary>
    public bool ChangesInstance { get; init; }

    public static FileOpen Read(CatalogLine line) => new(MemberName.Parse(line.WithKeys("share", "mode", "access", "instance").Target))
    {
        Share = line.Choice<FileShare>("share") ?? FileShare.Read,
        Mode = line.Choice<FileMode>("mode"),
        Access = line.Choice<FileAccess>("access"),
        ChangesInstance = line.Flag("instance", "changes"),
    };
}
