namespace LockAnalyzers.Package.Tests;

/// <summary>Who gets the analyzers, and who the Runtime, when a project comes by the package through others.</summary>
[Collection(nameof(PackedPackage))]
public sealed class FlowTests(PackedPackage package)
{
    [Fact]
    public async Task A_project_that_references_a_referencing_project_gets_the_Runtime_but_not_the_analyzers()
    {
        using var story = Library("Lib", Reference()).Project("App", "net10.0", """<ProjectReference Include="../Lib/Lib.csproj" />""", Exe)
            .Write("App/Waits.cs", Sources.WaitsForEver("AppNative"))
            .Write("App/Program.cs", Sources.PrintsRuntimeItself);

        (await story.BuildAsync("App")).Succeeds().Finds("Lib/Waits.cs: warning LOCK105");
        (await story.RunAsync("App/bin/Debug/net10.0/App.dll")).Succeeds().Says("a deadline of 10 s, 250 ms");

        (await story.BuildAsync("App", "-p:LockAnalyzersFlowToConsumers=true")).Succeeds()
            .Finds("App/Waits.cs: warning LOCK105\nLib/Waits.cs: warning LOCK105");
        (await story.BuildAsync("App", "-p:LockAnalyzersEnabled=false")).Succeeds().Finds("");
    }

    [Fact]
    public async Task A_project_that_references_a_referencing_package_gets_the_Runtime_but_not_the_analyzers()
    {
        using var story = Library("Shelf", Reference(), "<Version>7.0.0</Version>")
            .Project("Third", "net10.0", """<PackageReference Include="Shelf" Version="7.0.0" />""", Exe)
            .Write("Third/Waits.cs", Sources.WaitsForEver("ThirdNative"))
            .Write("Third/Program.cs", Sources.PrintsRuntimeItself);

        (await story.RunAsync($"pack Shelf -o own -v:quiet")).Succeeds();
        (await story.BuildAsync("Third")).Succeeds().Finds("");
        (await story.RunAsync("Third/bin/Debug/net10.0/Third.dll")).Succeeds().Says("a deadline of 10 s, 250 ms");

        (await story.BuildAsync("Third", "-p:LockAnalyzersFlowToConsumers=true")).Succeeds().Finds("Third/Waits.cs: warning LOCK105");
    }

    [Fact]
    public async Task An_analyzer_that_somebody_adds_by_hand_stays()
    {
        var analyzer = Path.Combine(package.Unzipped, "analyzers", "dotnet", "cs", "LockAnalyzers.Analyzers.dll");
        using var story = Library("Lib", Reference())
            .Project("App", "net10.0", $"""<ProjectReference Include="../Lib/Lib.csproj" /><Analyzer Include="{analyzer}" />""")
            .Write("App/Waits.cs", Sources.WaitsForEver("AppNative"));

        (await story.BuildAsync("App")).Succeeds().Finds("App/Waits.cs: warning LOCK105\nLib/Waits.cs: warning LOCK105");
    }

    /// <summary>NuGet itself hands the analyzers over all the same.</summary>
    [Fact]
    public async Task A_reference_that_excludes_the_analyzers_does_not_get_them()
    {
        using var story = Library("Lib", Reference("ExcludeAssets=\"Analyzers\""));

        (await story.BuildAsync("Lib")).Succeeds().Finds("");
    }

    [Fact]
    public async Task A_reference_that_includes_only_the_analyzers_does_not_see_the_Runtime()
    {
        using var story = Library("Lib", Reference("IncludeAssets=\"analyzers\""));

        (await story.BuildAsync("Lib")).Fails().Finds("Lib/Budget.cs: error CS0103\nLib/Waits.cs: warning LOCK105");
    }

    [Fact]
    public async Task A_global_reference_analyzes_every_project_and_shows_the_Runtime_to_none()
    {
        using var story = Library("Lib", "").Write("Directory.Packages.props", $"""
            <Project>
              <PropertyGroup><ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally></PropertyGroup>
              <ItemGroup><GlobalPackageReference Include="LockAnalyzers" Version="{package.Version}" /></ItemGroup>
            </Project>
            """);

        (await story.BuildAsync("Lib")).Fails().Finds("Lib/Budget.cs: error CS0103\nLib/Waits.cs: warning LOCK105");

        story.Write("Lib/Budget.cs", "");
        (await story.BuildAsync("Lib")).Succeeds().Finds("Lib/Waits.cs: warning LOCK105");
        (await story.BuildAsync("Lib", "-p:LockAnalyzersEnabled=false")).Succeeds().Finds("");
    }

    [Fact]
    public async Task A_netstandard_library_gets_the_Runtime_with_what_it_depends_on()
    {
        using Story story = new(package, alsoDefaultSources: true);
        story.Project("Old", "netstandard2.0", Reference())
            .Write("Old/Waits.cs", Sources.WaitsForEver("OldNative"))
            .Write("Old/Budget.cs", Sources.UsesRuntime)
            .Write("Old/Clock.cs", "public static class Clock { public static System.TimeProvider Own => LockAnalyzers.Runtime.RetryBudget.Default.TimeProvider; }");

        (await story.BuildAsync("Old")).Succeeds().Finds("Old/Waits.cs: warning LOCK105");
    }

    private const string Exe = "<OutputType>Exe</OutputType>";

    private string Reference(string assets = "") => $"""<PackageReference Include="LockAnalyzers" Version="{package.Version}" {assets} />""";

    private Story Library(string name, string references, string properties = "") => new Story(package).Project(name, "net10.0", references, properties)
        .Write($"{name}/Waits.cs", Sources.WaitsForEver("LibNative"))
        .Write($"{name}/Budget.cs", Sources.UsesRuntime);
}
