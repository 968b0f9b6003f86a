using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace LockAnalyzers.Package.Tests;

/// <summary>What is in the package, and what it says about itself.</summary>
[Collection(nameof(PackedPackage))]
public sealed partial class ContentTests(PackedPackage package)
{
    [Fact]
    public void The_package_holds_exactly_these_entries()
    {
        using var archive = ZipFile.OpenRead(package.File);
        var entries = archive.Entries.Select(entry => entry.FullName).Order(StringComparer.Ordinal);

        Assert.Equal(
            """
            LockAnalyzers.nuspec
            README.md
            [Content_Types].xml
            _rels/.rels
            analyzers/dotnet/cs/LockAnalyzers.Analyzers.dll
            analyzers/dotnet/cs/LockAnalyzers.CodeFixes.dll
            buildTransitive/LockAnalyzers.Mode.targets
            buildTransitive/LockAnalyzers.all.globalconfig
            buildTransitive/LockAnalyzers.minimum.globalconfig
            buildTransitive/LockAnalyzers.off.globalconfig
            buildTransitive/LockAnalyzers.props
            buildTransitive/LockAnalyzers.strict.globalconfig
            buildTransitive/LockAnalyzers.targets
            icon.png
            lib/net8.0/LockAnalyzers.Runtime.dll
            lib/net8.0/LockAnalyzers.Runtime.xml
            lib/netstandard2.0/LockAnalyzers.Runtime.dll
            lib/netstandard2.0/LockAnalyzers.Runtime.xml
            package/services/metadata/core-properties/nuget.psmdcp
            source/LockAnalyzersServices.cs
            source/ShutdownWatchdogServices.cs
            tools/LockAnalyzers.Inject.targets
            """,
            string.Join('\n', entries));
    }

    /// <summary>There is no developmentDependency among it: NuGet would then hide the Runtime from the compiler.</summary>
    [Fact]
    public void The_package_says_this_of_itself()
    {
        var metadata = Nuspec().Elements().Where(element => element.Name.LocalName is not ("dependencies" or "repository"))
            .Select(element => $"{element.Name.LocalName}: {element.Value}");

        Assert.Equal(
            $"""
            id: LockAnalyzers
            version: {package.Version}
            authors: LockAnalyzers contributors
            requireLicenseAcceptance: false
            license: MIT
            licenseUrl: https://licenses.nuget.org/MIT
            icon: icon.png
            readme: README.md
            projectUrl: https://github.com/LockAnalyzers/LockAnalyzers
            description: Roslyn analyzers, code fixes and a small runtime library against locks that wait for ever and shutdowns that never end.
            releaseNotes: https://github.com/LockAnalyzers/LockAnalyzers/blob/main/CHANGELOG.md
            tags: analyzer roslyn lock deadlock hang timeout shutdown watchdog mutex flock cancellation
            """,
            string.Join('\n', metadata));
    }

    [Fact]
    public void The_package_names_the_commit_it_was_built_from()
    {
        var repository = Assert.Single(Nuspec().Elements(), element => element.Name.LocalName == "repository");

        Assert.Equal("https://github.com/LockAnalyzers/LockAnalyzers", repository.Attribute("url")!.Value);
        Assert.Matches("^[0-9a-f]{40}$", repository.Attribute("commit")!.Value);
    }

    [Fact]
    public void Each_Runtime_has_its_group_of_dependencies()
    {
        var groups = Nuspec().Descendants().Where(element => element.Name.LocalName == "group")
            .Select(group => string.Join(' ', group.Elements().Select(dependency => dependency.Attribute("id")!.Value).Prepend(group.Attribute("targetFramework")!.Value)));

        Assert.Equal([".NETStandard2.0 Microsoft.Bcl.TimeProvider", "net8.0"], groups);
    }

    [Fact]
    public void The_icon_is_a_PNG_of_128_by_128_and_the_readme_begins_with_the_name()
    {
        var icon = File.ReadAllBytes(Path.Combine(package.Unzipped, "icon.png"));

        Assert.Equal([0x89, .. "PNG\r\n\u001a\n"u8], icon[..8]);
        Assert.Equal((128, 128), (BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(icon.AsSpan(20))));
        Assert.StartsWith("# LockAnalyzers", File.ReadAllText(Path.Combine(package.Unzipped, "README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_links_of_the_readme_lead_somewhere_from_the_page_of_the_package()
    {
        var targets = Link().Matches(File.ReadAllText(Path.Combine(package.Unzipped, "README.md"))).Select(link => link.Groups["target"].Value).ToList();

        Assert.NotEmpty(targets);
        Assert.All(targets, target => Assert.Matches("^(https://|#)", target));
    }

    [Fact]
    public async Task Packing_the_same_commit_again_gives_the_same_bytes()
    {
        if (Environment.GetEnvironmentVariable("LOCKANALYZERS_PACKAGE") is { Length: > 0 })
        {
            return; // The given package may come from another commit or machine.
        }

        using Story story = new(package);
        (await DotnetCommand.RunAsync(PackedPackage.Repository, $"pack build/Pack -c Release -o \"{story.OwnFeed}\"")).Succeeds();

        Assert.Equal(File.ReadAllBytes(package.File), File.ReadAllBytes(Assert.Single(Directory.GetFiles(story.OwnFeed))));
    }

    [GeneratedRegex(@"\]\((?<target>[^)\s]*)")]
    private static partial Regex Link();

    private XElement Nuspec() => XDocument.Load(Path.Combine(package.Unzipped, "LockAnalyzers.nuspec")).Root!.Elements().Single();
}
