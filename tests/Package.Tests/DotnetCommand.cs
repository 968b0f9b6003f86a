using System.Diagnostics;
using System.Text;

namespace LockAnalyzers.Package.Tests;

/// <summary>Runs <c>dotnet</c> as a child process that leaves no server behind, and waits a bounded time for its end.</summary>
internal static class DotnetCommand
{
    private static readonly TimeSpan Deadline = TimeSpan.FromMinutes(3);

    public static async Task<DotnetResult> RunAsync(string folder, string arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        ProcessStartInfo start = new(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };

        Isolate(start.Environment);
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }

        StringBuilder output = new();
        using Process process = new() { StartInfo = start };
        process.OutputDataReceived += (_, line) => Append(output, line.Data);
        process.ErrorDataReceived += (_, line) => Append(output, line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();

        using CancellationTokenSource deadline = new(Deadline);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {arguments} in {folder} did not end within {Deadline}:\n{Text(output)}");
        }

        return new DotnetResult(folder, arguments, process.ExitCode, Text(output));
    }

    /// <summary>What `dotnet test` or the shell has set for itself must not reach the projects under test; servers would outlive the tests.</summary>
    private static void Isolate(IDictionary<string, string?> environment)
    {
        string[] foreign = ["MSBuild", "VSTEST", "NUGET_", "LockAnalyzers", "CustomAfter", "CustomBefore"];
        foreach (var name in environment.Keys.Where(name => foreign.Any(start => name.StartsWith(start, StringComparison.OrdinalIgnoreCase))).ToList())
        {
            environment.Remove(name);
        }

        environment["MSBUILDDISABLENODEREUSE"] = "1";
        environment["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0";
        environment["UseSharedCompilation"] = "false";
        environment["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1";
        environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        environment["DOTNET_NOLOGO"] = "1";
    }

    private static void Append(StringBuilder output, string? line)
    {
        if (line is not null)
        {
            lock (output)
            {
                output.AppendLine(line);
            }
        }
    }

    private static string Text(StringBuilder output)
    {
        lock (output)
        {
            return output.ToString();
        }
    }
}
