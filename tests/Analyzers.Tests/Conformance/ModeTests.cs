using System.Text.RegularExpressions;
using LockAnalyzers.Analyzers.Tests.Verifiers;
using LockAnalyzers.Framework;

namespace LockAnalyzers.Analyzers.Tests.Conformance;

/// <summary>The table of the modes (<c>LockAnalyzersMode</c>); it writes the global configs that are packed, so that no rule is forgotten.</summary>
public sealed class ModeTests
{
    /// <summary>
    /// What hangs for as long as somebody outside of this process's reach likes: another process, the kernel, a child; and a loop that can only
    /// leave by success. Not: what may throw, race or end too early, and waits that code of the same process ends.
    /// </summary>
    private static readonly string[] CertainToHang = ["LOCK101", "LOCK103", "LOCK105", "LOCK107", "LOCK111"];

    public static TheoryData<string> Modes => ["off", "minimum", "strict", "all"];

    [Theory]
    [MemberData(nameof(Modes))]
    public void The_global_config_of_a_mode_is_current(string mode)
    {
        var rules = AllRules.Analyzers.Select(analyzer => analyzer.SupportedDiagnostics[0].Id)
            .Select(id => (Id: id, Severity: Severity(mode, id)))
            .Where(rule => rule.Severity is not null)
            .Select(rule => $"dotnet_diagnostic.{rule.Id}.severity = {rule.Severity}\n");
        var settings = mode == "all" ? $"{LockOptions.TestProjects} = true\n" : "";
        Repository.AssertCurrent($"build/buildTransitive/LockAnalyzers.{mode}.globalconfig", $"""
            # LockAnalyzersMode={mode}. Written by a test (ModeTests).
            is_global = true
            global_level = -100
            {settings}{string.Concat(rules)}
            """.ReplaceLineEndings("\n").TrimEnd('\n') + "\n");
    }

    [Fact]
    public void The_page_names_each_mode_and_the_rules_of_the_smallest()
    {
        var page = Repository.Read("docs/configuration.md");
        Assert.Equal(["off", "minimum", "recommended", "strict", "all"], Regex.Matches(page, @"^\| `([a-z]+)` \|", RegexOptions.Multiline).Select(row => row.Groups[1].Value));
        var minimum = Regex.Match(page, @"^\| `minimum` \|.*$", RegexOptions.Multiline).Value;
        Assert.Equal(CertainToHang.Append("LOCK901"), Regex.Matches(minimum, "LOCK[0-9]+").Select(id => id.Value));
    }

    /// <summary>Null leaves a rule as it is. A severity that is set lifts its reports at Info too, which for lists that are shared would be wrong.</summary>
    private static string? Severity(string mode, string id) => mode switch
    {
        "off" => "none",
        _ when id.StartsWith("LOCK9", StringComparison.Ordinal) => null,
        "minimum" => CertainToHang.Contains(id) ? null : "none",
        _ => "warning",
    };
}
