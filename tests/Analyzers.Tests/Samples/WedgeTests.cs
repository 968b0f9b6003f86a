using System.Collections.Immutable;
using System.Text.RegularExpressions;
using LockAnalyzers.Analyzers.Tests.Verifiers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LockAnalyzers.Analyzers.Tests.Samples;

/// <summary>
/// samples/Wedges: each program that does not end is reported by the rules that its first line names, the first of them mends it, and what does
/// end is reported by none of the shutdown rules. That they do and do not end is shown by Runtime.Tests, which runs them.
/// </summary>
public sealed partial class WedgeTests
{
    private const string Folder = "samples/Wedges";

    private const string OfShutdown = "LOCK2";

    private static readonly string[] Shared = [.. Sources("Shared").Select(name => Repository.Read($"{Folder}/Shared/{name}.cs"))];

    public static TheoryData<string> Stuck => new(Sources("Stuck"));

    public static TheoryData<string> Healthy => new(Sources("Healthy"));

    [Theory]
    [MemberData(nameof(Stuck))]
    public async Task What_wedges_is_reported(string name)
    {
        var source = Repository.Read($"{Folder}/Stuck/{name}.cs");

        Assert.Equal(Promised(source), (await ReportsAsync(source)).Select(Told).Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Stuck))]
    public async Task The_fixed_sample_is_what_the_fix_writes(string name)
    {
        var source = Repository.Read($"{Folder}/Stuck/{name}.cs");

        Repository.AssertCurrent($"{Folder}/Fixed/{name}.cs", await FixAsync(source, RuleLine().Match(source).Groups["first"].Value));
    }

    [Theory]
    [MemberData(nameof(Healthy))]
    public async Task What_ends_is_not_reported(string name)
    {
        var reports = await ReportsAsync(Repository.Read($"{Folder}/Healthy/{name}.cs"));

        Assert.DoesNotContain(reports, report => report.Id.StartsWith(OfShutdown, StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_fixed_is_left_of_a_sample_that_is_gone() => Assert.Equal(Sources("Stuck"), Sources("Fixed"));

    private static IEnumerable<string> Promised(string source) =>
        RuleLine().Match(source).Groups["all"].Value.Split(", ").Order(StringComparer.Ordinal);

    private static string Told(Diagnostic report) => report.Severity >= DiagnosticSeverity.Warning ? report.Id : $"{report.Id} at {report.Severity}";

    private static async Task<ImmutableArray<Diagnostic>> ReportsAsync(string source)
    {
        var compilation = AllRules.Compile([source, .. Shared], output: OutputKind.ConsoleApplication);
        Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
        return [.. (await AllRules.RunAsync(compilation)).Where(report => report.Severity >= DiagnosticSeverity.Warning || report.Id.StartsWith(OfShutdown, StringComparison.Ordinal))];
    }

    /// <summary>Applies the fix that is offered first, as often as the rule reports.</summary>
    private static async Task<string> FixAsync(string source, string rule)
    {
        using var workspace = new AdhocWorkspace();
        var compilation = AllRules.Compile([source, .. Shared], output: OutputKind.ConsoleApplication);
        var project = workspace.AddProject(ProjectInfo.Create(
            ProjectId.CreateNewId(), VersionStamp.Default, "Wedges", "Wedges", LanguageNames.CSharp,
            compilationOptions: compilation.Options, parseOptions: compilation.SyntaxTrees.First().Options, metadataReferences: compilation.References));
        foreach (var shared in Shared)
            project = project.AddDocument("Shared.cs", shared).Project;
        var document = project.AddDocument("Sample.cs", source);

        const int MostReports = 4;
        for (var i = 0; i < MostReports; i++)
        {
            var tree = await document.GetSyntaxTreeAsync();
            var reports = await AllRules.RunAsync((await document.Project.GetCompilationAsync())!);
            if (reports.FirstOrDefault(report => report.Id == rule && report.Location.SourceTree == tree) is not { } report)
                break;
            document = (await ApplyAsync(document, report)).GetDocument(document.Id)!;
        }

        return (await document.GetTextAsync()).ToString();
    }

    private static async Task<Solution> ApplyAsync(Document document, Diagnostic report)
    {
        var actions = new List<CodeAction>();
        var provider = AllRules.Fixes.Single(fix => fix.FixableDiagnosticIds.Contains(report.Id));
        await provider.RegisterCodeFixesAsync(new CodeFixContext(document, report, (action, _) => actions.Add(action), CancellationToken.None));
        var operations = await Assert.IsAssignableFrom<CodeAction>(actions.FirstOrDefault()).GetOperationsAsync(CancellationToken.None);
        return operations.OfType<ApplyChangesOperation>().Single().ChangedSolution;
    }

    private static string[] Sources(string folder) =>
        [.. Directory.GetFiles(Path.Combine(Repository.Root, Folder, folder), "*.cs").Select(file => Path.GetFileNameWithoutExtension(file)!).Order(StringComparer.Ordinal)];

    [GeneratedRegex(@"\A// Reported by (?<all>(?<first>LOCK\d+)[^.]*)\.")]
    private static partial Regex RuleLine();
}
