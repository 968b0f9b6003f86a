using System.Text.RegularExpressions;
using LockAnalyzers.Analyzers.Tests.Verifiers;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Analyzers.Tests.Conformance;

/// <summary>The code on the pages compiles; what is said to be reported is, and what is said to be fixed is silent.</summary>
public sealed class EveryPageTests
{
    public static TheoryData<string> Ids => EveryRuleTests.Ids;

    [Theory]
    [MemberData(nameof(Ids))]
    public async Task Reported_code_is_reported_by_its_rule_and_fixed_code_by_none(string id)
    {
        var page = Repository.Read($"docs/rules/{id}.md");
        var blocks = Blocks(page);
        Assert.Contains(blocks, block => block.Kind == "Reported");
        Assert.Contains(blocks, block => block.Kind == "Fixed");
        foreach (var (kind, code) in blocks)
        {
            // The rules of LOCK9xx are about a project's own lists: their pages show lists.
            var isList = id.StartsWith("LOCK9", StringComparison.Ordinal);
            var compilation = AllRules.Compile(isList ? "" : code);
            Assert.Empty(compilation.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error));
            var reports = await AllRules.RunAsync(compilation, isList ? Lists.Options(code) : null);
            if (kind == "Reported")
            {
                // Another rule may speak at another place of the same code; the page then says which.
                Assert.Contains(reports, report => report.Id == id);
                Assert.All(reports.Where(report => report.Id != id), other => Assert.Contains($"]({other.Id}.md) reports", page));
            }
            else
            {
                Assert.Empty(reports);
            }
        }
    }

    private static List<(string Kind, string Code)> Blocks(string page) =>
        Regex.Matches(page, @"^(Reported|Fixed):\n\n```(?:csharp|text)\n(.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)
            .Select(match => (match.Groups[1].Value, match.Groups[2].Value))
            .ToList();
}
