using System.Collections.Immutable;
using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Analyzers.Tests.Verifiers;

/// <summary>All rules and fixes, found by reflection, and all rules run together over a source.</summary>
internal static class AllRules
{
    public static ImmutableArray<DiagnosticAnalyzer> Analyzers { get; } = Create<LockRuleAnalyzer>().ToImmutableArray<DiagnosticAnalyzer>();

    public static ImmutableArray<LockCodeFix> Fixes { get; } = Create<LockCodeFix>().ToImmutableArray();

    public static Compilation Compile(string source, bool withRuntime = true) => Compile([source], withRuntime);

    public static Compilation Compile(IEnumerable<string> sources, bool withRuntime = true, OutputKind output = OutputKind.DynamicallyLinkedLibrary) => CSharpCompilation.Create(
        "Tested",
        sources.Select((source, number) => CSharpSyntaxTree.ParseText(source, new CSharpParseOptions(LanguageVersion.Latest), path: $"Tested{number}.cs")),
        withRuntime ? References.WithRuntime : References.WithoutRuntime,
        new CSharpCompilationOptions(output, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable));

    /// <summary>What all rules together report; an exception inside one of them is thrown on, with its stack.</summary>
    public static async Task<ImmutableArray<Diagnostic>> RunAsync(Compilation compilation, AnalyzerOptions? projectOptions = null)
    {
        var failures = new List<Exception>();
        var options = new CompilationWithAnalyzersOptions(
            projectOptions ?? new AnalyzerOptions([]), (exception, _, _) => failures.Add(exception), concurrentAnalysis: true, logAnalyzerExecutionTime: false);
        var diagnostics = await compilation.WithAnalyzers(Analyzers, options).GetAnalyzerDiagnosticsAsync();
        return failures.Count == 0 ? diagnostics : throw new AggregateException(failures);
    }

    /// <summary>The reports of one rule over several files that compile together.</summary>
    public static Task<ImmutableArray<Diagnostic>> ReportsAsync(string id, params string[] sources) => ReportsAsync(id, Compile(sources));

    /// <summary>The same for files of which one has a Main.</summary>
    public static Task<ImmutableArray<Diagnostic>> ReportsOfProgramAsync(string id, params string[] sources) =>
        ReportsAsync(id, Compile(sources, output: OutputKind.ConsoleApplication));

    private static async Task<ImmutableArray<Diagnostic>> ReportsAsync(string id, Compilation compilation)
    {
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return (await RunAsync(compilation)).Where(diagnostic => diagnostic.Id == id).ToImmutableArray();
    }

    /// <summary>What stands at a location.</summary>
    public static string Text(Location location) => location.SourceTree!.GetText().ToString(location.SourceSpan);

    private static IEnumerable<T> Create<T>() =>
        typeof(T).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(T)) && !type.IsAbstract)
            .OrderBy(type => type.Name, StringComparer.Ordinal)
            .Select(type => (T)Activator.CreateInstance(type)!);
}
