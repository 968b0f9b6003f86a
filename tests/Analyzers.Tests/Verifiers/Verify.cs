using System.Diagnostics.CodeAnalysis;
using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Testing;

namespace LockAnalyzers.Analyzers.Tests.Verifiers;

/// <summary>The four sentences a rule's tests are written in. Places are marked <c>[|like this|]</c>, never counted.</summary>
internal static class Verify<TAnalyzer, TCodeFix>
    where TAnalyzer : LockRuleAnalyzer, new()
    where TCodeFix : LockCodeFix, new()
{
    /// <summary>By a build, and, but for what only the end of a build can tell, by an editor.</summary>
    public static async Task Reports([StringSyntax("C#-test")] string source)
    {
        await new Story(source).RunAsync();
        await EditorShowsAllAsync(source);
    }

    /// <summary>As <see cref="Reports"/> for a report at Info; its place is marked <c>{|#0:like this|}</c>.</summary>
    public static Task ReportsAtInfo([StringSyntax("C#-test")] string source)
    {
        var rule = new TAnalyzer().SupportedDiagnostics[0];
        return new Story(source) { TestState = { ExpectedDiagnostics = { new DiagnosticResult(rule.Id, DiagnosticSeverity.Info).WithLocation(0).WithOptions(DiagnosticOptions.IgnoreAdditionalLocations) } } }.RunAsync();
    }

    /// <summary>A report at <c>{|#0:…|}</c> with the other place <c>{|#1:…|}</c>, and the words of its message.</summary>
    public static Task ReportsWithPlace([StringSyntax("C#-test")] string source, params object[] words) => new Story(source)
    {
        TestState = { ExpectedDiagnostics = { new DiagnosticResult(new TAnalyzer().SupportedDiagnostics[0]).WithLocation(0).WithLocation(1).WithArguments(words) } },
    }.RunAsync();

    /// <summary>As <see cref="Reports"/>, for code that stands in two files.</summary>
    public static Task ReportsAcrossFiles([StringSyntax("C#-test")] string source, [StringSyntax("C#-test")] string other) =>
        new Story(source) { TestState = { Sources = { other } } }.RunAsync();

    public static Task StaysSilent([StringSyntax("C#-test")] string source) => new Story(source).RunAsync();

    /// <summary>As <see cref="Reports"/>, for a source with top-level statements.</summary>
    public static Task ReportsProgram([StringSyntax("C#-test")] string source) =>
        new Story(source) { TestState = { OutputKind = OutputKind.ConsoleApplication } }.RunAsync();

    /// <summary>As <see cref="StaysSilent"/>, for a source with top-level statements.</summary>
    public static Task StaysSilentProgram([StringSyntax("C#-test")] string source) => ReportsProgram(source);

    /// <summary>
    /// Applies the fix one by one and by fix-all in document, project and solution; each result must compile, be the expected
    /// text to the letter and hold no report that is not marked.
    /// </summary>
    public static Task Fixes([StringSyntax("C#-test")] string source, [StringSyntax("C#-test")] string fixedSource, string? key = null) =>
        new Story(source) { FixedCode = fixedSource, CodeActionEquivalenceKey = key }.RunAsync();

    /// <summary>As <see cref="Fixes"/>, for a source with top-level statements.</summary>
    public static Task FixesProgram([StringSyntax("C#-test")] string source, [StringSyntax("C#-test")] string fixedSource, string? key = null) =>
        new Story(source) { FixedCode = fixedSource, CodeActionEquivalenceKey = key, TestState = { OutputKind = OutputKind.ConsoleApplication } }.RunAsync();

    /// <summary>The fix of a report in the first file changes the second, a program, and so answers the report.</summary>
    public static Task FixesElsewhere([StringSyntax("C#-test")] string source, [StringSyntax("C#-test")] string program, [StringSyntax("C#-test")] string fixedProgram, string key) =>
        new Story(source)
        {
            CodeActionEquivalenceKey = key,
            CodeFixTestBehaviors = CodeFixTestBehaviors.SkipFixAllCheck | CodeFixTestBehaviors.SkipLocalDiagnosticCheck,
            TestState = { OutputKind = OutputKind.ConsoleApplication, Sources = { program } },
            FixedState = { Sources = { source.Replace("[|", "").Replace("|]", ""), fixedProgram } },
        }.RunAsync();

    /// <summary>As <see cref="Fixes"/>, in a project that brings a catalog of its own.</summary>
    public static Task FixesWithList(string list, [StringSyntax("C#-test")] string source, [StringSyntax("C#-test")] string fixedSource) =>
        new Story(source) { FixedCode = fixedSource, TestState = { AdditionalFiles = { (Lists.FileName, list) } } }.RunAsync();

    /// <summary>As <see cref="Reports"/>, in a project that brings a catalog of its own.</summary>
    public static Task ReportsWithList(string list, [StringSyntax("C#-test")] string source) =>
        new Story(source) { TestState = { AdditionalFiles = { (Lists.FileName, list) } } }.RunAsync();

    /// <summary>The place is reported, and no fix is offered.</summary>
    public static Task OffersNoFix([StringSyntax("C#-test")] string source) => new Story(source) { FixedCode = source }.RunAsync();

    /// <summary>As <see cref="Fixes"/>, in a project that does not reference the Runtime.</summary>
    public static Task FixesWithoutRuntime([StringSyntax("C#-test")] string source, [StringSyntax("C#-test")] string fixedSource) =>
        new Story(source, withRuntime: false) { FixedCode = fixedSource }.RunAsync();

    /// <summary>
    /// An editor asks for the reports inside the piece of code that a rule was shown, and drops others: a report in another member than
    /// the one that was looked at is never seen there.
    /// </summary>
    private static async Task EditorShowsAllAsync(string source)
    {
        TestFileMarkupParser.GetSpans(source, out var code, out System.Collections.Immutable.ImmutableArray<Microsoft.CodeAnalysis.Text.TextSpan> _);
        var compilation = AllRules.Compile(code);
        var analysis = compilation.WithAnalyzers([new TAnalyzer()]);
        var built = await analysis.GetAnalyzerDiagnosticsAsync();
        var shown = await analysis.GetAnalyzerSemanticDiagnosticsAsync(compilation.GetSemanticModel(compilation.SyntaxTrees.Single()), filterSpan: null, CancellationToken.None);
        Assert.Equal(
            built.Where(report => !report.Descriptor.CustomTags.Contains(WellKnownDiagnosticTags.CompilationEnd)).Select(report => report.Location.SourceSpan).Order(),
            shown.Select(report => report.Location.SourceSpan).Order());
    }

    private sealed class Story : CSharpCodeFixTest<TAnalyzer, TCodeFix, DefaultVerifier>
    {
        public Story(string source, bool withRuntime = true)
        {
            TestCode = source;
            ReferenceAssemblies = new ReferenceAssemblies("net10.0");
            TestState.AdditionalReferences.AddRange(withRuntime ? References.WithRuntime : References.WithoutRuntime);
        }

        /// <summary>A rule may have a second descriptor, with the same id, for what only the end of a build can tell.</summary>
        protected override DiagnosticDescriptor? GetDefaultDiagnostic(DiagnosticAnalyzer[] analyzers) => analyzers[0].SupportedDiagnostics[0];

        protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(LanguageVersion.Latest);

        protected override CompilationOptions CreateCompilationOptions() =>
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, allowUnsafe: true, nullableContextOptions: NullableContextOptions.Enable);
    }
}
