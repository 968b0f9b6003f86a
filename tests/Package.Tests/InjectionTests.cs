using System.Text.Json;

namespace LockAnalyzers.Package.Tests;

/// <summary>
/// One line analyzes a solution that knows nothing of the package and is as awkward as real ones are: two target frameworks, warnings as errors in both
/// ways, analyzers switched off, central package versions, hooks of its own, two projects of one name.
/// </summary>
[Collection(nameof(PackedPackage))]
public sealed class InjectionTests(PackedPackage package)
{
    [Fact]
    public async Task One_line_analyzes_every_project_and_fails_none()
    {
        using var story = Theirs();

        (await story.BuildAsync("Theirs.slnx", $"{Inject} -p:LockAnalyzersSarif=logs")).Succeeds().Finds(
            """
            Off/Waits.cs: warning LOCK105
            Strict/Waits.cs: warning LOCK105
            first/App/Waits.cs: warning LOCK105
            second/App/Waits.cs: warning LOCK105
            """);
        Assert.Contains("their-own-hook.txt", story.Files("Strict"));

        Assert.Equal(
            [
                "App.net10.0: LOCK105 in Waits.cs",
                "App.net10.0: LOCK105 in Waits.cs",
                "Off.net10.0: LOCK105 in Waits.cs",
                "Strict.net10.0: LOCK105 in Waits.cs",
                "Strict.netstandard2.0: LOCK105 in Waits.cs",
            ],
            story.Files("logs").Select(log => string.Join('.', log.Split('.')[..^2]) + ": " + Result(story.Read("logs/" + log))));
    }

    [Fact]
    public async Task A_build_that_is_up_to_date_is_looked_at_again_and_one_without_the_line_is_as_before()
    {
        using Story story = new(package);
        story.Project("App", "net10.0", "").Write("App/Waits.cs", Sources.WaitsForEver("Native"));

        (await story.RunAsync("build App -tl:off -v:quiet")).Succeeds().Finds("");
        (await story.RunAsync($"build App -tl:off -v:quiet {Inject}")).Succeeds().Finds("App/Waits.cs: warning LOCK105");
        (await story.RunAsync($"build App -tl:off -v:quiet --no-restore {Inject}")).Succeeds().Finds("App/Waits.cs: warning LOCK105");
        (await story.RunAsync("build App -tl:off -v:quiet --no-restore")).Succeeds().Finds("");
    }

    [Fact]
    public async Task Whoever_asks_for_errors_gets_them()
    {
        using Story story = new(package);
        story.Project("App", "net10.0", "").Write("App/Waits.cs", Sources.WaitsForEver("Native"));

        (await story.BuildAsync("App", $"{Inject} -p:WarningsAsErrors=LOCK105")).Fails().Finds("App/Waits.cs: error LOCK105");
        (await story.BuildAsync("App", $"{Inject} -warnaserror:LOCK105")).Fails().Finds("App/Waits.cs: error LOCK105");
    }

    [Fact]
    public async Task A_project_that_references_the_package_itself_is_not_told_twice()
    {
        using Story story = new(package);
        story.Project("App", "net10.0", $"""<PackageReference Include="LockAnalyzers" Version="{package.Version}" />""")
            .Write("App/Waits.cs", Sources.WaitsForEver("Native"));

        await story.BuildAsync("App", $"{Inject} -p:LockAnalyzersSarif=logs");

        Assert.Equal("LOCK105 in Waits.cs", Result(story.Read("logs/" + Assert.Single(story.Files("logs")))));
    }

    [Fact]
    public async Task A_file_torn_from_its_package_says_so()
    {
        using Story story = new(package);
        story.Project("App", "net10.0", "")
            .Write("elsewhere/tools/LockAnalyzers.Inject.targets", File.ReadAllText(InjectFile))
            .Write("elsewhere/buildTransitive/LockAnalyzers.props", "<Project />");

        (await story.BuildAsync("App", $"\"-p:CustomAfterMicrosoftCSharpTargets={story.Path("elsewhere/tools/LockAnalyzers.Inject.targets")}\"")).Fails()
            .Finds("elsewhere/tools/LockAnalyzers.Inject.targets: error LOCKPKG002");
    }

    private string InjectFile => Path.Combine(package.Unzipped, "tools", "LockAnalyzers.Inject.targets");

    private string Inject => $"\"-p:CustomAfterMicrosoftCSharpTargets={InjectFile}\"";

    private Story Theirs() => new Story(package, alsoDefaultSources: true)
        .Write("Directory.Packages.props", """
            <Project>
              <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
            </Project>
            """)
        .Project("Strict", "net10.0;netstandard2.0", "", """
            <EnableNETAnalyzers>true</EnableNETAnalyzers>
            <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
            <MSBuildTreatWarningsAsErrors>true</MSBuildTreatWarningsAsErrors>
            <WarningsNotAsErrors>CS0168</WarningsNotAsErrors>
            <CustomAfterMicrosoftCommonTargets>$(MSBuildProjectDirectory)/own.targets</CustomAfterMicrosoftCommonTargets>
            """)
        .Write("Strict/own.targets", """
            <Project>
              <Target Name="Own" AfterTargets="CoreCompile"><Touch Files="their-own-hook.txt" AlwaysCreate="true" /></Target>
            </Project>
            """)
        .Write("Strict/Waits.cs", Sources.WaitsForEver("Native"))
        .Project("Off", "net10.0", "", "<EnableNETAnalyzers>true</EnableNETAnalyzers>")
        .Write("Off/Directory.Build.targets", """
            <Project>
              <PropertyGroup><RunAnalyzers>false</RunAnalyzers><TreatWarningsAsErrors>true</TreatWarningsAsErrors></PropertyGroup>
            </Project>
            """)
        .Write("Off/Waits.cs", Sources.WaitsForEver("Native"))
        .Project("first/App", "net10.0", "", "<RunAnalyzersDuringBuild>false</RunAnalyzersDuringBuild>")
        .Write("first/App/Waits.cs", Sources.WaitsForEver("Native"))
        .Project("second/App", "net10.0", "")
        .Write("second/App/Waits.cs", Sources.WaitsForEver("Native"))
        .Solution("Theirs.slnx", "Strict/Strict.csproj", "Off/Off.csproj", "first/App/App.csproj", "second/App/App.csproj");

    /// <summary>Our results in a log, which holds those of every analyzer, as <c>LOCK105 in Waits.cs</c>.</summary>
    private static string Result(string sarif)
    {
        using var log = JsonDocument.Parse(sarif);
        Assert.Equal("2.1.0", log.RootElement.GetProperty("version").GetString());
        return string.Join(", ", log.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()
            .Where(result => result.GetProperty("ruleId").GetString()!.StartsWith("LOCK", StringComparison.Ordinal))
            .Select(result => (Id: result.GetProperty("ruleId").GetString()!, Location: result.GetProperty("locations")[0].GetProperty("physicalLocation")))
            .Select(result => $"{result.Id} in {Path.GetFileName(result.Location.GetProperty("artifactLocation").GetProperty("uri").GetString())}"));
    }
}
