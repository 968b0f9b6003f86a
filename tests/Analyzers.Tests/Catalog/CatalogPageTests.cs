using System.Text.RegularExpressions;
using LockAnalyzers.Analyzers.Tests.Verifiers;
using LockAnalyzers.Catalog;

namespace LockAnalyzers.Analyzers.Tests.Catalog;

/// <summary>docs/catalog.md teaches each kind and key that the built-in texts use.</summary>
public sealed class CatalogPageTests
{
    [Fact]
    public void Each_kind_and_key_is_taught()
    {
        var page = Repository.Read("docs/catalog.md");
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Root, "src/Analyzers/Catalog/Data"), "*.txt"))
        {
            foreach (var line in File.ReadLines(file).Select(line => line.Split('#')[0].Trim()).Where(line => line.Length > 0))
            {
                Assert.Contains($"`{line.Split(' ')[0]} ", page);
                foreach (Match key in Regex.Matches(line, @"\s([a-z]+)="))
                    Assert.Contains($"{key.Groups[1].Value}=", page);
            }
        }
    }

    [Fact]
    public void The_lines_on_the_page_can_be_read()
    {
        var blocks = Regex.Matches(Repository.Read("docs/catalog.md"), @"^```\n((?:native|library) .*?)^```", RegexOptions.Multiline | RegexOptions.Singleline);
        Assert.Equal(2, blocks.Count);
        Assert.All(blocks, block => Assert.Empty(CatalogText.Read("catalog.md", block.Groups[1].Value.Split('\n')).Problems));
    }
}
