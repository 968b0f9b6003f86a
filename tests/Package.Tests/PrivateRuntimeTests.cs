namespace LockAnalyzers.Package.Tests;

/// <summary>LOCKPKG001: a library that uses the Runtime and hides it from its users is told so while it is built.</summary>
[Collection(nameof(PackedPackage))]
public sealed class PrivateRuntimeTests(PackedPackage package)
{
    [Fact]
    public async Task A_library_that_hides_the_Runtime_is_warned_and_its_program_indeed_dies()
    {
        using var story = Library(privateAssets: "all", Sources.UsesRuntime)
            .Project("App", "net10.0", """<ProjectReference Include="../Lib/Lib.csproj" />""", Exe).Write("App/Program.cs", Sources.PrintsBudget);

        (await story.BuildAsync("App")).Succeeds().Finds("Lib/Lib.csproj: warning LOCKPKG001");
        (await story.RunAsync("App/bin/Debug/net10.0/App.dll")).Fails().Says("FileNotFoundException: Could not load file or assembly 'LockAnalyzers.Runtime");

        (await story.BuildAsync("App", "-p:NoWarn=LOCKPKG001")).Succeeds().Finds("");
    }

    [Fact]
    public async Task A_library_that_hides_the_Runtime_and_does_not_use_it_is_left_alone()
    {
        using var story = Library(privateAssets: "all", "public static class Budget { public static string Text => \"none\"; }");

        (await story.BuildAsync("Lib")).Succeeds().Finds("");
    }

    [Theory]
    [InlineData("Compile; Runtime", "Lib/Lib.csproj: warning LOCKPKG001")]
    [InlineData("analyzers;build", "")]
    public async Task Only_the_runtime_asset_decides(string privateAssets, string findings)
    {
        using var story = Library(privateAssets, Sources.UsesRuntime);

        (await story.BuildAsync("Lib")).Succeeds().Finds(findings);
    }

    [Fact]
    public async Task A_library_that_has_the_Runtime_beside_itself_is_left_alone_and_its_program_runs()
    {
        using var story = Library(privateAssets: "all", Sources.UsesRuntime, "<CopyLocalLockFileAssemblies>true</CopyLocalLockFileAssemblies>")
            .Project("App", "net10.0", """<ProjectReference Include="../Lib/Lib.csproj" />""", Exe).Write("App/Program.cs", Sources.PrintsBudget);

        (await story.BuildAsync("App")).Succeeds().Finds("");
        (await story.RunAsync("App/bin/Debug/net10.0/App.dll")).Succeeds().Says("a deadline of 10 s");
    }

    [Fact]
    public async Task A_program_has_the_Runtime_beside_itself_and_so_has_the_project_that_references_the_program()
    {
        using var story = new Story(package).Project("App", "net10.0", Reference("all"), Exe)
            .Write("App/Budget.cs", Sources.UsesRuntime)
            .Write("App/Program.cs", Sources.PrintsBudget)
            .Project("Second", "net10.0", """<ProjectReference Include="../App/App.csproj" />""", Exe)
            .Write("Second/Program.cs", Sources.PrintsBudget.Replace("class Program", "class Second"));

        (await story.BuildAsync("Second")).Succeeds().Finds("");
        (await story.RunAsync("App/bin/Debug/net10.0/App.dll")).Succeeds().Says("a deadline of 10 s");
        (await story.RunAsync("Second/bin/Debug/net10.0/Second.dll")).Succeeds().Says("a deadline of 10 s");
    }

    private const string Exe = "<OutputType>Exe</OutputType>";

    private string Reference(string privateAssets) => $"""<PackageReference Include="LockAnalyzers" Version="{package.Version}" PrivateAssets="{privateAssets}" />""";

    private Story Library(string privateAssets, string source, string properties = "") =>
        new Story(package).Project("Lib", "net10.0", Reference(privateAssets), properties).Write("Lib/Budget.cs", source);
}
