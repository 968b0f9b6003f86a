namespace LockAnalyzers.Package.Tests;

/// <summary>The life of a consumer: the reference is added, the build fails, `dotnet format` mends it, the mended program runs.</summary>
[Collection(nameof(PackedPackage))]
public sealed class ConsumerTests(PackedPackage package)
{
    [Fact]
    public async Task Warnings_as_errors_fail_the_build_and_dotnet_format_mends_it_rule_by_rule()
    {
        using var story = Consumer(Reference(), "<TreatWarningsAsErrors>true</TreatWarningsAsErrors>");

        (await story.BuildAsync("App")).Fails().Finds("App/Store.cs: error LOCK101\nApp/Waits.cs: error LOCK105");

        (await story.RunAsync("format analyzers App --no-restore --diagnostics LOCK105 --verify-no-changes")).Fails();
        (await story.RunAsync("format analyzers App --no-restore --diagnostics LOCK105")).Succeeds();
        (await story.BuildAsync("App")).Fails().Finds("App/Store.cs: error LOCK101");

        (await story.RunAsync("format analyzers App --no-restore")).Succeeds();
        (await story.BuildAsync("App")).Succeeds().Finds("");
        Assert.Contains("BoundedRetry.", story.Read("App/Waits.cs"), StringComparison.Ordinal);
        Assert.Contains("BoundedRetry.", story.Read("App/Store.cs"), StringComparison.Ordinal);

        (await story.RunAsync("App/bin/Debug/net10.0/App.dll")).Succeeds().Says("open: True, locked: True");
    }

    [Theory]
    [InlineData("IncludeAssets=\"analyzers\"")]
    [InlineData("ExcludeAssets=\"compile\"")]
    public async Task Where_the_Runtime_cannot_be_seen_the_fixes_never_break_the_build(string assets)
    {
        using var story = Consumer(Reference(assets));

        (await story.BuildAsync("App")).Succeeds().Finds("App/Store.cs: warning LOCK101\nApp/Waits.cs: warning LOCK105");
        (await story.RunAsync("format analyzers App --no-restore")).Succeeds();
        (await story.BuildAsync("App")).Succeeds();
        Assert.DoesNotContain("LockAnalyzers.Runtime", story.Read("App/Waits.cs") + story.Read("App/Store.cs"), StringComparison.Ordinal);
    }

    /// <summary>`dotnet format` takes no -p:, but MSBuild reads environment variables as properties.</summary>
    [Fact]
    public async Task The_fixes_can_be_applied_to_a_project_that_does_not_reference_the_package()
    {
        using Story story = new(package);
        story.Project("App", "net10.0", "").Write("App/Handle.cs", Sources.WaitsOnHandle);
        var inject = new Dictionary<string, string> { ["CustomAfterMicrosoftCSharpTargets"] = Path.Combine(package.Unzipped, "tools", "LockAnalyzers.Inject.targets") };

        (await story.RunAsync("restore App -v:quiet")).Succeeds();
        (await story.RunAsync("format analyzers App --no-restore --diagnostics LOCK105 --verify-no-changes", inject)).Fails().Says("LOCK105");
        (await story.RunAsync("format analyzers App --no-restore", inject)).Succeeds();

        Assert.Contains("10_000", story.Read("App/Handle.cs"), StringComparison.Ordinal);
        (await story.BuildAsync("App")).Succeeds().Finds("");
    }

    private string Reference(string assets = "") => $"""<PackageReference Include="LockAnalyzers" Version="{package.Version}" {assets} />""";

    private Story Consumer(string references, string properties = "") => new Story(package)
        .Project("App", "net10.0", references, "<OutputType>Exe</OutputType><ImplicitUsings>enable</ImplicitUsings>" + properties)
        .Write("App/Waits.cs", Sources.WaitsForEver("Native"))
        .Write("App/Store.cs", Sources.OpensWithWaitTrue)
        .Write("App/Program.cs", Sources.OpensAndLocks);
}
