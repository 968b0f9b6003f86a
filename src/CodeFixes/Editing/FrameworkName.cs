namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>Types of the framework as they are written at a place.</summary>
internal static class FrameworkName
{
    /// <summary><c>TimeSpan</c>, qualified where that means nothing or something else.</summary>
    public static string TimeSpan(FixSite site) =>
        site.Model.LookupNamespacesAndTypes(site.Node.SpanStart, name: nameof(System.TimeSpan)) is { Length: 1 } seen && seen[0].ContainingNamespace?.ToString() == "System"
            ? nameof(System.TimeSpan)
            : "global::System.TimeSpan";
}
