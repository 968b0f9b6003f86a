namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>Types of the framework as they are written at a place.</summary>
internal static class FrameworkName
{
    /// <summary><c>TimeSpan</c>, qualified where that means nothing or something else.</summary>
    public static string TimeSpan(FixSite site) => Of(site, "System", nameof(System.TimeSpan));

    /// <summary>The same for <c>Interlocked</c>.</summary>
    public static string Interlocked(FixSite site) => Of(site, "System.Threading", nameof(System.Threading.Interlocked));

    private static string Of(FixSite site, string space, string type) =>
        site.Model.LookupNamespacesAndTypes(site.Node.SpanStart, name: type) is { Length: 1 } seen && seen[0].ContainingNamespace?.ToString() == space
            ? type
            : $"global::{space}.{type}";
}
