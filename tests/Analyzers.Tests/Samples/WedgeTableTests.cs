using System.Text.RegularExpressions;
using LockAnalyzers.Analyzers.Tests.Verifiers;

namespace LockAnalyzers.Analyzers.Tests.Samples;

/// <summary>docs/shutdown.md names, for each wedge, the program that shows it and the rules that report it there; <see cref="WedgeTests"/> holds the programs to those.</summary>
public sealed partial class WedgeTableTests
{
    private static readonly List<Match> Rows = Row().Matches(Repository.Read("docs/shutdown.md")).ToList();

    [Fact]
    public void Every_program_has_its_row_with_its_rules() => Assert.Equal(
        Directory.GetFiles(Path.Combine(Repository.Root, "samples/Wedges/Stuck"), "*.cs")
            .Select(file => $"{Path.GetFileNameWithoutExtension(file)}: {Promise().Match(File.ReadAllText(file)).Groups["rules"].Value}").Order(StringComparer.Ordinal),
        Rows.Where(row => row.Groups["program"].Value != "–").Select(row => $"{row.Groups["program"].Value}: {row.Groups["rules"].Value}").Order(StringComparer.Ordinal));

    [Fact]
    public void What_has_no_program_has_no_rule() =>
        Assert.All(Rows.Where(row => row.Groups["program"].Value == "–"), row => Assert.Equal("no rule", row.Groups["rules"].Value));

    [Fact]
    public void Every_wedge_that_the_watchdog_is_held_against_has_its_row() => Assert.Equal(
        Wedge().Matches(Repository.Read("tests/Runtime.Child/Wedges.cs")).Select(wedge => wedge.Groups["name"].Value).Order(StringComparer.Ordinal),
        Rows.SelectMany(row => row.Groups["names"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries)).Order(StringComparer.Ordinal));

    [GeneratedRegex(@"^\| [^|]+ \| (?<program>\w+|–) \| (?<rules>no rule|LOCK\d+(, LOCK\d+)*( at Info)?) \| (?<names>[a-z-]+(, [a-z-]+)*)? ?\|\r?$", RegexOptions.Multiline)]
    private static partial Regex Row();

    [GeneratedRegex(@"\A// Reported by (?<rules>[^.]*)\.")]
    private static partial Regex Promise();

    [GeneratedRegex(@"^            ""(?<name>[a-z-]+)"" => ", RegexOptions.Multiline)]
    private static partial Regex Wedge();
}
