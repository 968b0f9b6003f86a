using System.Text.RegularExpressions;

namespace LockAnalyzers.Package.Tests;

/// <summary>What a <c>dotnet</c> command said; every failed expectation shows the whole of it.</summary>
internal sealed partial record DotnetResult(string Folder, string Arguments, int ExitCode, string Output)
{
    /// <summary>Each warning and error once, one a line, as <c>Lib/Library.cs: warning LOCK105</c>, sorted; paths relative to the folder.</summary>
    public string Findings => string.Join('\n', Finding().Matches(Output)
        .Select(match => $"{Relative(match.Groups["file"].Value)}: {match.Groups["level"].Value} {match.Groups["id"].Value}")
        .Distinct()
        .Order(StringComparer.Ordinal));

    public DotnetResult Succeeds() => Expect(ExitCode == 0, "succeed");

    public DotnetResult Fails() => Expect(ExitCode != 0, "fail");

    public DotnetResult Finds(string findings) => Expect(Findings == findings, $"find exactly\n{Indented(findings)}\nbut it found\n{Indented(Findings)}\n");

    public DotnetResult Says(string text) => Expect(Output.Contains(text, StringComparison.Ordinal), $"say '{text}'");

    public DotnetResult DoesNotSay(string text) => Expect(!Output.Contains(text, StringComparison.Ordinal), $"not say '{text}'");

    private DotnetResult Expect(bool met, string expectation)
    {
        Assert.True(met, $"`dotnet {Arguments}` should {expectation}; exit code {ExitCode} in {Folder}, output:\n{Output}");
        return this;
    }

    private string Relative(string file) => Path.GetRelativePath(Folder, file.Trim()).Replace('\\', '/');

    private static string Indented(string text) => text.Length == 0 ? "    (nothing)" : "    " + text.Replace("\n", "\n    ");

    [GeneratedRegex(@"^\s*(?<file>\S.*?)(\(\d[^)]*\))? ?: (?<level>warning|error) (?<id>[A-Z]+\d+)", RegexOptions.Multiline)]
    private static partial Regex Finding();
}
