using LockAnalyzers.Analyzers.Tests.Verifiers;

namespace LockAnalyzers.Analyzers.Tests.Conformance;

/// <summary>Where nothing is to be said, nothing is said; where several rules could speak, one does.</summary>
public sealed class SilenceTests
{
    [Fact]
    public async Task Our_own_sources_are_silent()
    {
        foreach (var folder in new[] { "Analyzers", "CodeFixes", "Runtime" })
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src", folder), "*.cs", SearchOption.AllDirectories))
            {
                if (file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"))
                    continue;
                var reports = await AllRules.RunAsync(AllRules.Compile(File.ReadAllText(file), withRuntime: false));
                Assert.True(reports.IsEmpty, $"{file}: {string.Join("; ", reports)}");
            }
        }
    }

    [Fact]
    public async Task An_empty_file_is_silent() => Assert.Empty(await AllRules.RunAsync(AllRules.Compile("")));

    [Fact]
    public async Task Recursion_and_tangled_code_end()
    {
        var reports = await AllRules.RunAsync(AllRules.Compile(Tangle.Source));
        Assert.NotEmpty(reports);
    }

    [Fact]
    public async Task A_huge_file_and_a_deep_expression_end()
    {
        var calls = string.Concat(Enumerable.Repeat("            n += Libc.flock(n, flags);\n            flags |= Libc.flock(1, 2 | 4);\n", 4_000));
        var deep = string.Join(" | ", Enumerable.Repeat("2", 1_500));
        var reports = await AllRules.RunAsync(AllRules.Compile($$"""
            using System.Runtime.InteropServices;
            static class Libc { [DllImport("libc")] public static extern int flock(int fd, int operation); }
            class Huge
            {
                int Deep() => Libc.flock(1, {{deep}});
                int Long()
                {
                    int n = 0, flags = 2;
            {{calls}}
                    return n;
                }
            }
            """));
        Assert.Single(reports);
    }

    [Fact]
    public async Task No_place_is_reported_twice_by_one_rule()
    {
        var reports = await AllRules.RunAsync(AllRules.Compile(Tangle.Source));
        Assert.Equal(reports.Length, reports.Select(report => (report.Id, report.Location.SourceSpan)).Distinct().Count());
    }

    [Fact]
    public async Task A_test_project_is_quiet()
    {
        var compilation = AllRules.Compile(Tangle.Source);
        Assert.NotEmpty(await AllRules.RunAsync(compilation));
        var xunit = Microsoft.CodeAnalysis.MetadataReference.CreateFromFile(typeof(FactAttribute).Assembly.Location);
        Assert.Empty(await AllRules.RunAsync(compilation.AddReferences(xunit)));
    }
}
