using System.Collections.Immutable;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Analyzers.Tests.Verifiers;

/// <summary>Sets of references for tested sources, taken from the list that the build writes.</summary>
internal static class References
{
    private static readonly string[] Paths = File.ReadAllLines(Path.Combine(AppContext.BaseDirectory, "references.txt"));

    /// <summary>The files of the packages that are referenced, each under its package and version.</summary>
    public static ILookup<(string Package, string Version), string> Packages { get; } = Paths
        .Select(path => path.Replace('\\', '/').Split('/'))
        .Where(parts => Array.FindLastIndex(parts, part => part is "lib" or "ref") >= 2)
        .ToLookup(
            parts => (parts[Array.FindLastIndex(parts, part => part is "lib" or "ref") - 2].ToLowerInvariant(), parts[Array.FindLastIndex(parts, part => part is "lib" or "ref") - 1]),
            parts => Path.GetFileNameWithoutExtension(parts[^1]));

    /// <summary>The framework and the libraries that the analyzers know; neither test frameworks nor compilers nor ourselves.</summary>
    public static ImmutableArray<MetadataReference> WithoutRuntime { get; } = Load(path => !IsOurs(path) && !IsTooling(path));

    /// <summary>The same with LockAnalyzers.Runtime.</summary>
    public static ImmutableArray<MetadataReference> WithRuntime { get; } =
        Load(path => Path.GetFileName(path) == "LockAnalyzers.Runtime.dll" || (!IsOurs(path) && !IsTooling(path)));

    private static ImmutableArray<MetadataReference> Load(Func<string, bool> filter) =>
        Paths.Where(filter).Select(path => (MetadataReference)MetadataReference.CreateFromFile(path)).ToImmutableArray();

    private static bool IsOurs(string path) => Path.GetFileName(path).StartsWith("LockAnalyzers.", StringComparison.Ordinal);

    private static bool IsTooling(string path) =>
        path.Replace('\\', '/').Split('/').Any(part =>
            part.StartsWith("xunit", StringComparison.OrdinalIgnoreCase)
            || part.StartsWith("microsoft.codeanalysis", StringComparison.OrdinalIgnoreCase)
            || part.StartsWith("microsoft.testplatform", StringComparison.OrdinalIgnoreCase)
            || part.StartsWith("microsoft.net.test.sdk", StringComparison.OrdinalIgnoreCase));
}
