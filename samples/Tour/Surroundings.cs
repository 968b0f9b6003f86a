using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LockAnalyzers.Tour;

/// <summary>Where the tour runs: the repository it shows, and a temporary folder that holds all it makes.</summary>
internal sealed class Surroundings
{
    /// <summary>The environment variable that every process of the tour carries, so that none is overlooked at the end.</summary>
    public const string Mark = "LOCKANALYZERS_TOUR";

    private static readonly string[] Kept = ["PATH", "LANG", "LC_ALL", "TERM", "USER", "TZ", "DOTNET_ROOT", "LD_LIBRARY_PATH"];

    public Surroundings(string folder)
    {
        Folder = folder;
        foreach (string path in (string[])[Feed, Consumer, Temporary, Home])
        {
            Directory.CreateDirectory(path);
        }
    }

    public string Repository { get; } = FindRepository();

    public string Folder { get; }

    public string Feed => Path.Combine(Folder, "feed");

    public string Consumer => Path.Combine(Folder, "consumer");

    /// <summary>The dotnet command of the runtime that this program runs on.</summary>
    public static string Dotnet { get; } = FindDotnet();

    private string Temporary => Path.Combine(Folder, "tmp");

    private string Home => Path.Combine(Folder, "home");

    public string Below(params string[] parts) => Path.Combine([Folder, .. parts]);

    /// <summary>A process in the consumer's world: of our own environment it sees only what finding and running dotnet takes.</summary>
    public ProcessStartInfo InConsumer(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { WorkingDirectory = Consumer };
        start.Environment.Clear();
        foreach (string name in Kept)
        {
            if (Environment.GetEnvironmentVariable(name) is { } value)
            {
                start.Environment[name] = value;
            }
        }

        start.Environment["HOME"] = Home;
        start.Environment["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false";
        start.Environment["DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE"] = "true";
        start.Environment["NUGET_CERT_REVOCATION_MODE"] = "offline";
        return Marked(start);
    }

    /// <summary>A process in the repository: our own environment, but for what the dotnet command that started us left in it.</summary>
    public ProcessStartInfo InRepository(string file, params string[] arguments)
    {
        var start = new ProcessStartInfo(file, arguments) { WorkingDirectory = Repository };
        foreach (string name in Environment.GetEnvironmentVariables().Keys.Cast<string>())
        {
            if (name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
            {
                start.Environment.Remove(name);
            }
        }

        return Marked(start);
    }

    private ProcessStartInfo Marked(ProcessStartInfo start)
    {
        start.Environment[Mark] = Folder;
        start.Environment["TMPDIR"] = Temporary;
        start.Environment["DOTNET_NOLOGO"] = "1";
        start.Environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        // No debugger's pipe is left behind by a process that is killed.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        // No build server stays behind.
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        start.Environment["UseSharedCompilation"] = "false";
        return start;
    }

    private static string FindRepository()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "LockAnalyzers.sln")))
            {
                return folder.FullName;
            }
        }

        throw new TourException($"No LockAnalyzers.sln above '{AppContext.BaseDirectory}': run the tour from a clone of the repository.");
    }

    private static string FindDotnet()
    {
        // <root>/shared/Microsoft.NETCore.App/<version>/
        string root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        string dotnet = Path.Combine(root, "dotnet");
        return File.Exists(dotnet) ? dotnet : "dotnet";
    }
}
