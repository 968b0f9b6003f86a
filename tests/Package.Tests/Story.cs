namespace LockAnalyzers.Package.Tests;

/// <summary>A few small projects in a temporary folder outside of the repository, which only know the package.</summary>
internal sealed class Story : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("LockAnalyzers.Story.").FullName;

    /// <param name="package">The package, in a feed of its own.</param>
    /// <param name="alsoDefaultSources">Whether NuGet may ask elsewhere for the packages that other target frameworks need.</param>
    public Story(PackedPackage package, bool alsoDefaultSources = false)
    {
        Write("nuget.config", $"""
            <configuration>
              <config><add key="globalPackagesFolder" value="{package.GlobalPackages}" /></config>
              <packageSources>
                {(alsoDefaultSources ? "" : "<clear />")}
                <add key="package" value="{package.Feed}" />
                <add key="own" value="{Directory.CreateDirectory(OwnFeed).FullName}" />
              </packageSources>
            </configuration>
            """);

        // Nothing above the temporary folder may speak to the projects in it. Other analyzers would only take time.
        Write("Directory.Build.props", "<Project><PropertyGroup><EnableNETAnalyzers>false</EnableNETAnalyzers><UseAppHost>false</UseAppHost></PropertyGroup></Project>");
        Write("Directory.Build.targets", "<Project />");
        Write(".editorconfig", "root = true");
    }

    /// <summary>The feed into which a story packs its own projects.</summary>
    public string OwnFeed => Path("own");

    public Story Write(string path, string content)
    {
        var file = Path(path);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        File.WriteAllText(file, content);
        return this;
    }

    public Story Project(string name, string targetFramework, string references, string properties = "") => Write($"{name}/{System.IO.Path.GetFileName(name)}.csproj", $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <{(targetFramework.Contains(';') ? "TargetFrameworks" : "TargetFramework")}>{targetFramework}</{(targetFramework.Contains(';') ? "TargetFrameworks" : "TargetFramework")}>
            <NuGetAudit>false</NuGetAudit>
            {properties}
          </PropertyGroup>
          <ItemGroup>
            {references}
          </ItemGroup>
        </Project>
        """);

    /// <summary>A solution in which projects of one name lie in solution folders of their own.</summary>
    public Story Solution(string path, params string[] projects) => Write(path, $"""
        <Solution>
          {string.Concat(projects.Select(project => $"""<Folder Name="/{System.IO.Path.GetDirectoryName(project)!.Replace('\\', '/')}/"><Project Path="{project}" /></Folder>"""))}
        </Solution>
        """);

    public string Path(string path) => System.IO.Path.Combine(_folder, path);

    public string Read(string path) => File.ReadAllText(Path(path));

    public IEnumerable<string> Files(string path) => Directory.GetFiles(Path(path)).Select(file => System.IO.Path.GetFileName(file)!).Order(StringComparer.Ordinal);

    public Task<DotnetResult> BuildAsync(string project, string arguments = "") =>
        RunAsync($"build {project} --no-incremental -tl:off -v:quiet {arguments}");

    public Task<DotnetResult> RunAsync(string arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        DotnetCommand.RunAsync(_folder, arguments, environment);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
