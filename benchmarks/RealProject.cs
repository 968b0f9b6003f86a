using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace LockAnalyzers.Benchmarks;

/// <summary>The sources, references and options of a real project, exactly as its own build hands them to the compiler.</summary>
internal sealed class RealProject
{
    private readonly CSharpCommandLineArguments _arguments;
    private readonly MetadataReference[] _references;

    private RealProject(CSharpCommandLineArguments arguments)
    {
        _arguments = arguments;
        _references = [.. arguments.MetadataReferences.Select(reference => MetadataReference.CreateFromFile(reference.Reference))];
        Sources = [.. arguments.SourceFiles.Select(file => new Source(file.Path, SourceText.From(File.ReadAllText(file.Path), System.Text.Encoding.UTF8)))];
    }

    public IReadOnlyList<Source> Sources { get; }

    public CSharpParseOptions ParseOptions => _arguments.ParseOptions;

    /// <summary>Builds the project once with the given arguments of <c>dotnet build</c>, and keeps what its compiler was called with.</summary>
    public static RealProject Build(string project, IEnumerable<string> buildArguments)
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
        return new RealProject(CSharpCommandLineParser.Default.Parse(lines, Path.GetDirectoryName(Path.GetFullPath(project)), sdkDirectory: null));
    }

    /// <summary>Parses anew, as each build does.</summary>
    public CSharpCompilation Compile(IReadOnlyList<Source> sources)
    {
        var trees = new SyntaxTree[sources.Count];
        Parallel.For(0, trees.Length, i => trees[i] = CSharpSyntaxTree.ParseText(sources[i].Text, ParseOptions, sources[i].Path));
        return CSharpCompilation.Create("Benchmark", trees, _references, _arguments.CompilationOptions.WithConcurrentBuild(true));
    }

    internal sealed record Source(string Path, SourceText Text);
}
