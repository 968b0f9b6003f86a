using System.Collections.Immutable;
using System.Diagnostics;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace LockAnalyzers.Benchmarks;

/// <summary>
/// What an editor asks for after each key: the diagnostics of the file that is typed in, in a compilation that has just lost all it knew.
/// Nothing of that may grow with the other files.
/// </summary>
internal static class TypingBenchmark
{
    private const int Keys = 100;

    public static async Task RunAsync(IEnumerable<Project> sizes)
    {
        Console.WriteLine("| lines | analyzers | reports | CPU, ms per key | KB allocated per key |\n|---|---|---|---|---|");
        foreach (var project in sizes)
        {
            foreach (var (name, analyzers) in new (string, ImmutableArray<DiagnosticAnalyzer>)[] { ("idle, shown all operations", [new IdleOperationAnalyzer()]), ("all our rules", Peers.Ours) })
            {
                var (time, bytes, reports) = await TypeAsync(project.Compile(), analyzers);
                Console.WriteLine($"| {project.Lines:N0} | {name} | {reports} | {time:F2} | {bytes:F0} |");
            }
        }
    }

    private static async Task<(double Milliseconds, double Kilobytes, int Reports)> TypeAsync(Compilation compilation, ImmutableArray<DiagnosticAnalyzer> analyzers)
    {
        var (times, bytes, reports) = (new List<double>(), new List<double>(), 0);
        var file = compilation.SyntaxTrees.Count() / 2;
        for (var key = 0; key < Keys; key++)
        {
            var before = compilation.SyntaxTrees.ElementAt(file);
            var text = await before.GetTextAsync();
            var place = text.ToString().IndexOf("total +=", StringComparison.Ordinal);
            var after = before.WithChangedText(text.WithChanges(new TextChange(new TextSpan(place, 0), "total++; ")));
            compilation = compilation.ReplaceSyntaxTree(before, after);
            var model = compilation.GetSemanticModel(after);
            model.GetDiagnostics(); // The editor's own squiggles come first, and bind what the compiler must bind anyway.

            var (allocated, cpu) = (GC.GetTotalAllocatedBytes(precise: true), Cpu());
            var found = await compilation.WithAnalyzers(analyzers).GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, CancellationToken.None);
            times.Add((Cpu() - cpu).TotalMilliseconds);
            bytes.Add((GC.GetTotalAllocatedBytes(precise: true) - allocated) / 1e3);
            reports = found.Length;
        }

        return (WarmAverage(times), WarmAverage(bytes), reports);
    }

    /// <summary>Of the second half: the first keys compile our own code.</summary>
    private static double WarmAverage(IEnumerable<double> figures) => figures.Skip(Keys / 2).Average();

    private static TimeSpan Cpu()
    {
        using var process = Process.GetCurrentProcess();
        return process.TotalProcessorTime;
    }
}
