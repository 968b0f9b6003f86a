using System.Text.RegularExpressions;
using LockAnalyzers.Analyzers.Tests.Verifiers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Analyzers.Tests.Conformance;

/// <summary>What every rule keeps to: one stem finds its analyzer, fix, tests and page.</summary>
public sealed class EveryRuleTests
{
    public static TheoryData<string> Ids => new(AllRules.Analyzers.Select(analyzer => analyzer.SupportedDiagnostics[0].Id));

    [Fact]
    public void There_are_rules() => Assert.NotEmpty(AllRules.Analyzers);

    [Theory]
    [MemberData(nameof(Ids))]
    public void One_stem_finds_analyzer_fix_tests_and_page(string id)
    {
        var analyzer = Assert.Single(AllRules.Analyzers, a => a.SupportedDiagnostics[0].Id == id);
        var stem = Regex.Match(analyzer.GetType().Name, "^(LOCK[0-9]{3}[A-Za-z]+)Analyzer$").Groups[1].Value;
        Assert.StartsWith(id, stem);

        Assert.True(File.Exists(Path.Combine(Repository.Root, $"src/Analyzers/Rules/{stem}Analyzer.cs")));
        Assert.True(File.Exists(Path.Combine(Repository.Root, $"tests/Analyzers.Tests/Rules/{stem}Tests.cs")));
        Assert.True(File.Exists(Path.Combine(Repository.Root, $"docs/rules/{id}.md")));

        if (!HasFix(id))
            return;
        Assert.True(File.Exists(Path.Combine(Repository.Root, $"src/CodeFixes/Rules/{stem}CodeFix.cs")));
        var fix = Assert.Single(AllRules.Fixes, f => f.FixableDiagnosticIds.Contains(id));
        Assert.Equal(stem + "CodeFix", fix.GetType().Name);
        var export = Assert.Single(fix.GetType().GetCustomAttributes(typeof(ExportCodeFixProviderAttribute), false).Cast<ExportCodeFixProviderAttribute>());
        Assert.Equal(fix.GetType().Name, export.Name);
        Assert.NotNull(fix.GetFixAllProvider());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_descriptor_leads_to_the_page_that_bears_its_title(string id)
    {
        var rule = Descriptor(id);
        Assert.EndsWith($"docs/rules/{id}.md", rule.HelpLinkUri);
        Assert.StartsWith($"# {id}: {rule.Title}\n", Repository.Read($"docs/rules/{id}.md"));
        Assert.Contains($"| Severity | {rule.DefaultSeverity} |", Repository.Read($"docs/rules/{id}.md"));
        Assert.Contains($"| Category | {rule.Category} |", Repository.Read($"docs/rules/{id}.md"));
        Assert.NotEmpty(rule.Description.ToString());
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_page_says_what_is_left_out_and_when_to_suppress(string id)
    {
        var page = Repository.Read($"docs/rules/{id}.md");
        foreach (var section in new[] { "## What it reports", "## Why", "## Not reported on purpose", "## Limits", "## Options", "## When to suppress", "## Related" })
            Assert.Contains(section + "\n", page);
    }

    /// <summary>One such action in one rule makes the compiler turn every body into operations: a quarter more memory for a build (benchmarks/README.md).</summary>
    [Theory]
    [MemberData(nameof(Ids))]
    public async Task No_rule_asks_for_the_operations_of_every_body(string id)
    {
        var analyzer = Assert.Single(AllRules.Analyzers, a => a.SupportedDiagnostics[0].Id == id);
        var run = AllRules.Compile(Tangle.Source).WithAnalyzers([analyzer], Lists.Options(""));
        await run.GetAnalyzerDiagnosticsAsync();
        var actions = await run.GetAnalyzerTelemetryInfoAsync(analyzer, default);

        Assert.Equal(0, actions.OperationActionsCount + actions.OperationBlockActionsCount + actions.OperationBlockStartActionsCount + actions.SymbolStartActionsCount);
        Assert.NotEqual(0, actions.SyntaxNodeActionsCount + actions.CodeBlockStartActionsCount + actions.SymbolActionsCount + actions.CompilationActionsCount + actions.AdditionalFileActionsCount + actions.SyntaxTreeActionsCount + actions.SemanticModelActionsCount);
    }

    [Theory]
    [MemberData(nameof(Ids))]
    public void The_message_says_what_is_wrong_and_what_to_do(string id)
    {
        var message = Descriptor(id).MessageFormat.ToString();
        Assert.Matches(@"^.+\. .+\.$", message);
        Assert.DoesNotContain('\n', message);
    }

    [Fact]
    public void The_index_of_the_rules_is_current()
    {
        var rows = AllRules.Analyzers.Select(analyzer => analyzer.SupportedDiagnostics[0])
            .Select(rule => $"| [{rule.Id}]({rule.Id}.md) | {rule.Title} | {rule.Category} | {rule.DefaultSeverity} | {(HasFix(rule.Id) ? "yes" : "no")} |\n");
        Repository.AssertCurrent("docs/rules/README.md", $"""
            # Rules

            Written by a test (`EveryRuleTests`); each page says what is reported, why, and what is not.

            | Id | Title | Category | Severity | Fix |
            |---|---|---|---|---|
            {string.Concat(rows)}
            """.ReplaceLineEndings("\n"));
    }

    /// <summary>The rules of LOCK9xx report on lists and settings: what a line was meant to say, only its author knows.</summary>
    private static bool HasFix(string id) => !id.StartsWith("LOCK9", StringComparison.Ordinal);

    private static DiagnosticDescriptor Descriptor(string id) =>
        AllRules.Analyzers.Single(analyzer => analyzer.SupportedDiagnostics[0].Id == id).SupportedDiagnostics[0];
}
