namespace LockAnalyzers.Catalog;

/// <summary>What the lines about a library were held to.</summary>
internal enum LibraryProof
{
    /// <summary>The package itself: a test resolves each line in it.</summary>
    Package,

    /// <summary>What is published about the package, where the registry of this repository does not hold it.</summary>
    Documentation,
}

/// <summary><c>library PACKAGE version=1.2.3</c>: a NuGet package that lines speak of, and the version they were verified with.</summary>
internal sealed record Library(string Package, string Version, LibraryProof Proof)
{
    public static Library Read(CatalogLine line)
    {
        line.WithKeys("version", "verified");
        return new(
            line.Target,
            line.Text("version") ?? throw new FormatException($"'{line.Target}' has no version=."),
            line.Choice<LibraryProof>("verified") ?? LibraryProof.Package);
    }
}
