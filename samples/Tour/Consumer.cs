using System.Text.RegularExpressions;

namespace LockAnalyzers.Tour;

/// <summary>The incident's source outside the repository, as a project that knows of us only what a package feed tells.</summary>
internal sealed partial class Consumer(Surroundings surroundings, Reaper reaper)
{
    private const string Project = "Worker/Worker.csproj";

    private const string NuGetConfig = """
        <configuration>
          <config>
            <add key="globalPackagesFolder" value="../packages" />
          </config>
          <packageSources>
            <clear />
            <add key="tour" value="../feed" />
          </packageSources>
          <disabledPackageSources>
            <clear />
          </disabledPackageSources>
          <packageSourceMapping>
            <clear />
          </packageSourceMapping>
          <fallbackPackageFolders>
            <clear />
          </fallbackPackageFolders>
        </configuration>

        """;

    /// <summary>What a build said against the code.</summary>
    public sealed record Finding(string Place, string Id, string Message);

    public void Copy()
    {
        string incident = Path.Combine(surroundings.Repository, "samples", "Incident");
        foreach (string file in Directory.EnumerateFiles(incident, "*", SearchOption.AllDirectories))
        {
            string relative = Path.GetRelativePath(incident, file);
            if (!relative.Split('/').Any(part => part is "bin" or "obj"))
            {
                string target = Path.Combine(surroundings.Consumer, relative);
                Directory.CreateDirectory(Path.GetDirectoryName(target)!);
                File.Copy(file, target);
            }
        }

        File.WriteAllText(Path.Combine(surroundings.Consumer, "nuget.config"), NuGetConfig);
    }

    /// <summary>The worker's source, by file.</summary>
    public SortedDictionary<string, string[]> Source() => new(
        Directory.GetFiles(Path.Combine(surroundings.Consumer, "Worker"), "*.cs").ToDictionary(file => Path.GetFileName(file), File.ReadAllLines));

    /// <summary>Packs our package into the feed.</summary>
    /// <returns>Its version.</returns>
    public async Task<string> PackAsync(CancellationToken cancellationToken)
    {
        string[] arguments = ["pack", Path.Combine("build", "Pack"), "-c", "Release", "-o", surroundings.Feed, "-nodeReuse:false"];
        (await Command.RunAsync(surroundings.InRepository(Surroundings.Dotnet, arguments), reaper, cancellationToken)).OrStop("dotnet pack");
        return Directory.GetFiles(surroundings.Feed, "LockAnalyzers.*.nupkg") is [string package]
            ? Path.GetFileNameWithoutExtension(package)["LockAnalyzers.".Length..]
            : throw new TourException("dotnet pack made no package, or more than one.");
    }

    public async Task AddPackageAsync(string version, CancellationToken cancellationToken) =>
        (await DotnetAsync(cancellationToken, "add", Project, "package", "LockAnalyzers", "--version", version)).OrStop("dotnet add package");

    /// <summary>Builds from scratch, warnings as errors.</summary>
    public Task<Command> BuildAsync(string output, CancellationToken cancellationToken) => DotnetAsync(
        cancellationToken, "build", Project, "-c", "Release", "-o", surroundings.Below(output), "--no-incremental", "-warnaserror", "-nodeReuse:false");

    public async Task FixAsync(IEnumerable<string> ids, CancellationToken cancellationToken) =>
        (await DotnetAsync(cancellationToken, ["format", "analyzers", Project, "--no-restore", "--severity", "warn", "--diagnostics", .. ids]))
            .OrStop("dotnet format");

    public static List<Finding> Findings(Command build) =>
        [.. Diagnostic().Matches(build.Output)
            .Select(match => new Finding(
                $"{Path.GetFileName(match.Groups["file"].Value)}({match.Groups["line"].Value})", match.Groups["id"].Value, match.Groups["message"].Value))
            .Distinct()
            .OrderBy(finding => finding.Id, StringComparer.Ordinal)];

    private Task<Command> DotnetAsync(CancellationToken cancellationToken, params string[] arguments) =>
        Screen.PatientlyAsync(
            Command.RunAsync(surroundings.InConsumer(Surroundings.Dotnet, arguments), reaper, cancellationToken), $"dotnet {arguments[0]}", cancellationToken);

    [GeneratedRegex(@"^\s*(?<file>[^\s(][^(\n]*)\((?<line>\d+),\d+\): error (?<id>[A-Z]+\d+): (?<message>.+?)( \(https?://\S+\))?( \[[^\]\n]+\])?\r?$", RegexOptions.Multiline)]
    private static partial Regex Diagnostic();
}
