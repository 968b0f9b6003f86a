namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>Types of the framework as they are written at a place.</summary>
internal static class FrameworkName
{
    /// <summary><c>TimeSpan</c>, qualified where that means nothing or something else.</summary>
    public static string TimeSpan(FixSite site) => Of(site, "System", nameof(System.TimeSpan));

    /// <summary>The same for <c>Interlocked</c>.</summary>
    public static string Interlocked(FixSite site) => Of(site, "System.Threading", nameof(System.Threading.Interlocked));

    /// <summary>The same for <c>Task</c>.</summary>
    public static string Task(FixSite site) => Of(site, "System.Threading.Tasks", nameof(System.Threading.Tasks.Task));

    private static string Of(FixSite site, string space, string type) =>
        site.Model.LookupNamespacesAndTypes(site.Node.SpanStart, name: type).RemoveAll(static seen => seen is Microsoft.CodeAnalysis.INamedTypeSymbol { Arity: > 0 }) is [{ ContainingNamespace: var around }] && around?.ToString() == space
            ? type
            : $"global::{space}.{type}";
}
