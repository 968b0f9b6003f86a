using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace LockAnalyzers.Benchmarks;

/// <summary>A project as its own build hands it to the compiler.</summary>
internal static class RealProject
{
    /// <summary>Builds the project once with the given arguments of <c>dotnet build</c>, and keeps what its compiler was called with.</summary>
    public static Project Build(string project, IEnumerable<string> buildArguments)
    {
        var responseFile = Path.GetTempFileName();
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true };
        foreach (var argument in new[]
                 {
                     "build", project, "-t:Rebuild", "-c:Release", "-nologo", "-p:ProvideCommandLineArgs=true", $"-p:BenchmarkResponseFile={responseFile}",
                     $"-p:CustomAfterMicrosoftCommonTargets={Path.Combine(AppContext.BaseDirectory, "ResponseFile.targets")}",
                 }.Concat(buildArguments))
        {
            start.ArgumentList.Add(argument);
        }

        using var build = Process.Start(start)!;
        var output = build.StandardOutput.ReadToEnd();
        build.WaitForExit();
        if (build.ExitCode != 0 || new FileInfo(responseFile).Length == 0)
            throw new InvalidOperationException(output);

        // Analyzers of the project's own and warnings as errors are not what is compared; a key would only sign the result.
        var lines = File.ReadAllLines(responseFile).Where(line =>
            !line.StartsWith("/analyzer:", StringComparison.Ordinal) && !line.StartsWith("/warnaserror", StringComparison.Ordinal)
            && !line.StartsWith("/keyfile", StringComparison.Ordinal) && !line.StartsWith("/publicsign", StringComparison.Ordinal));
        File.Delete(responseFile);
        return Read(CSharpCommandLineParser.Default.Parse(lines, Path.GetDirectoryName(Path.GetFullPath(project)), sdkDirectory: null));
    }

    private static Project Read(CSharpCommandLineArguments arguments) => new(
        [.. arguments.SourceFiles.Select(file => new Project.Source(file.Path, SourceText.From(File.ReadAllText(file.Path), System.Text.Encoding.UTF8)))],
        arguments.ParseOptions,
        arguments.CompilationOptions,
        [.. arguments.MetadataReferences.Select(reference => MetadataReference.CreateFromFile(reference.Reference))]);
}
