namespace LockAnalyzers.Package.Tests;

/// <summary>What <c>LockAnalyzersMode</c> does in a build.</summary>
[Collection(nameof(PackedPackage))]
public sealed class ModeTests(PackedPackage package)
{
    [Fact]
    public async Task Each_mode_reports_its_share_and_an_unknown_one_fails_with_the_choices()
    {
        using var story = App();

        (await story.BuildAsync("App")).Succeeds().Finds("App/Waits.cs: warning LOCK105");
        (await story.BuildAsync("App", "-p:LockAnalyzersMode=Off")).Succeeds().Finds("");
        (await story.BuildAsync("App", "-p:LockAnalyzersMode=minimum")).Succeeds().Finds("App/Waits.cs: warning LOCK105");
        (await story.BuildAsync("App", "-p:LockAnalyzersMode=strict")).Succeeds().Says("Itself.cs(").Says("Waits.cs(");
        (await story.BuildAsync("App", "-p:LockAnalyzersMode=paranoid")).Fails().Finds("App/App.csproj: error LOCKPKG003")
            .Says("LockAnalyzersMode is 'paranoid'; it can be off, minimum, recommended, strict or all.");
    }

    [Fact]
    public async Task All_looks_at_test_projects_too_and_the_users_own_settings_go_before_a_mode()
    {
        using var story = App("<IsTestProject>true</IsTestProject><LockAnalyzersMode>all</LockAnalyzersMode>");

        (await story.BuildAsync("App", "-p:LockAnalyzersMode=strict")).Succeeds().Finds("");
        (await story.BuildAsync("App")).Succeeds().Says("Itself.cs(").Says("Waits.cs(");

        story.Write("App/.globalconfig", "is_global = true\ndotnet_diagnostic.LOCK105.severity = none");
        (await story.BuildAsync("App")).Succeeds().Says("Itself.cs(").DoesNotSay("LOCK105");
        story.Write("App/.editorconfig", "[*.cs]\ndotnet_diagnostic.LOCK105.severity = error");
        (await story.BuildAsync("App")).Fails().Says("error LOCK105");
    }

    [Fact]
    public async Task A_mode_also_holds_where_the_analyzers_are_injected()
    {
        using Story story = new(package);
        story.Project("App", "net10.0", "").Write("App/Itself.cs", Sources.WaitsForItself);
        var inject = $"\"-p:CustomAfterMicrosoftCSharpTargets={Path.Combine(package.Unzipped, "tools", "LockAnalyzers.Inject.targets")}\"";

        (await story.BuildAsync("App", inject)).Succeeds().Finds("");
        (await story.BuildAsync("App", $"{inject} -p:LockAnalyzersMode=strict")).Succeeds().Says("Itself.cs(");
    }

    private Story App(string properties = "") => new Story(package)
        .Project("App", "net10.0", $"""<PackageReference Include="LockAnalyzers" Version="{package.Version}" />""", properties)
        .Write("App/Waits.cs", Sources.WaitsForEver("Native"))
        .Write("App/Itself.cs", Sources.WaitsForItself);
}
