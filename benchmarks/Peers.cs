using System.Collections.Immutable;
using System.Reflection;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LockAnalyzers.Benchmarks;

/// <summary>Sets of analyzers to compare: ours from the assembly, others from the packages they are shipped in.</summary>
internal static class Peers
{
    public const string Threading = "VSTHRD";

    // First: what follows is made from it.
    private static readonly string PackageFolder =
        typeof(Peers).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == Threading).Value!;

    public static ImmutableArray<DiagnosticAnalyzer> Ours { get; } = Analyzers(typeof(Framework.LockRuleAnalyzer).Assembly);

    /// <summary>The rules that follow calls from what ends the process.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> OfShutdown { get; } =
        [.. Ours.Where(rule => rule.SupportedDiagnostics[0].Id.StartsWith("LOCK2", StringComparison.Ordinal))];

    /// <summary>Microsoft.VisualStudio.Threading.Analyzers.</summary>
    public static ImmutableArray<DiagnosticAnalyzer> VsThreading { get; } =
        [.. Directory.GetFiles(Path.Combine(PackageFolder, "analyzers", "cs"), "*.Analyzers*.dll").Where(path => !path.Contains("CodeFixes"))
            .SelectMany(path => Analyzers(Assembly.LoadFrom(path)))];

    /// <summary>The lists that the package's build files hand to its analyzers.</summary>
    public static ImmutableArray<AdditionalText> Lists { get; } =
        [.. Directory.GetFiles(Path.Combine(PackageFolder, "build"), "*.txt").Select(path => new TextFile(path))];

    public static string Version => Path.GetFileName(PackageFolder);

    private static ImmutableArray<DiagnosticAnalyzer> Analyzers(Assembly assembly) =>
        [.. assembly.GetTypes()
            .Where(type => !type.IsAbstract && type.GetCustomAttribute<DiagnosticAnalyzerAttribute>()?.Languages.Contains(LanguageNames.CSharp) == true)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (DiagnosticAnalyzer)Activator.CreateInstance(type)!)];

    private sealed class TextFile(string path) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(File.ReadAllText(path));
    }
}
