namespace LockAnalyzers.Package.Tests;

/// <summary>services.AddShutdownWatchdog and what adds it is there where there is a host, and costs nothing elsewhere.</summary>
[Collection(nameof(PackedPackage))]
public sealed class HostingTests(PackedPackage package)
{
    private const string Web = """<FrameworkReference Include="Microsoft.AspNetCore.App" />""";

    private const string Program = """
        using Microsoft.Extensions.DependencyInjection;
        using Microsoft.Extensions.Hosting;

        var builder = Host.CreateApplicationBuilder();
        builder.Services.AddLockAnalyzers(builder.Configuration.GetSection("LockAnalyzers"));
        using var host = builder.Build();
        await host.StartAsync();
        Console.WriteLine("started");
        await host.StopAsync();
        """;

    [Fact]
    public async Task A_program_with_a_host_adds_it_in_one_line_and_runs()
    {
        using var story = App(Web, Program, "<Nullable>enable</Nullable><TreatWarningsAsErrors>true</TreatWarningsAsErrors>");

        (await story.BuildAsync("App")).Succeeds().Finds("");
        (await story.RunAsync("App/bin/Debug/net10.0/App.dll")).Succeeds().Says("started");
    }

    [Fact]
    public async Task A_program_and_its_library_may_both_have_it()
    {
        using var story = App(Web + """<ProjectReference Include="../Lib/Lib.csproj" />""", Program, "<TreatWarningsAsErrors>true</TreatWarningsAsErrors>")
            .Project("Lib", "net10.0", Web + Reference)
            .Write("Lib/Lib.cs", """public static class Lib;""");

        (await story.BuildAsync("App")).Succeeds().Finds("");
    }

    [Theory]
    [InlineData("", "")]
    [InlineData(Web, "<LockAnalyzersHosting>false</LockAnalyzersHosting>")]
    public async Task Without_a_host_or_on_request_it_is_not_there(string references, string properties)
    {
        using var story = App(references, """Console.WriteLine(typeof(Program).Assembly.GetType("Microsoft.Extensions.DependencyInjection.ShutdownWatchdogServices") is null);""", properties);

        (await story.BuildAsync("App")).Succeeds().Finds("");
        (await story.RunAsync("App/bin/Debug/net10.0/App.dll")).Succeeds().Says("True");
    }

    /// <summary>Where the files of the package lie below the project, .NET takes them for its own.</summary>
    [Theory]
    [InlineData("")]
    [InlineData(Web)]
    public async Task Packages_in_a_folder_of_the_project_are_no_sources_of_it(string references)
    {
        using var story = App(references, """Console.WriteLine("runs");""", "<TreatWarningsAsErrors>true</TreatWarningsAsErrors>")
            .Write("App/nuget.config", """<configuration><config><add key="globalPackagesFolder" value="packages" /></config></configuration>""");

        (await story.BuildAsync("App")).Succeeds().Finds("");
        Assert.NotEmpty(Directory.GetFiles(story.Path("App/packages"), "ShutdownWatchdogServices.cs", SearchOption.AllDirectories));
    }

    private string Reference => $"""<PackageReference Include="LockAnalyzers" Version="{package.Version}" />""";

    private Story App(string references, string program, string properties) => new Story(package)
        .Project("App", "net10.0", references + Reference, "<OutputType>Exe</OutputType><ImplicitUsings>enable</ImplicitUsings>" + properties)
        .Write("App/Program.cs", program);
}
