using System.Collections.Immutable;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Benchmarks;

/// <summary>Whole compilations of a real project with different analyzers, in turn, so that what else the machine does meets all of them alike.</summary>
internal sealed class ProjectBenchmark(int rounds)
{
    /// <summary>Builds before any is measured: enough where code is compiled to the end at once (<c>DOTNET_TieredCompilation=0</c>).</summary>
    private const int WarmUps = 2;

    private const string NoOp = "no-op analyzer";
    private const string Ours = "all our rules";

    private static readonly ImmutableArray<(string Name, ImmutableArray<DiagnosticAnalyzer> Analyzers)> Sets =
    [
        (NoOp, [new NoOpAnalyzer()]),
        ("idle, shown all operations", [new IdleOperationAnalyzer()]),
        (Ours, Peers.Ours),
        ($"{Peers.Threading} {Peers.Version}", Peers.VsThreading),
    ];

    /// <summary>
    /// Tables for the promise: time of the analyzers, processor time and memory of the whole compilation. Twice: with one thread for the compiler and one for
    /// the analyzers, so that no stopwatch counts a wait for a processor, and with as many as there are processors for each, as csc does by default.
    /// </summary>
    public async Task CompareAsync(Project project)
    {
        Print($"{project.Lines:N0} lines in {project.Sources.Count:N0} files, {rounds} rounds: medians, of analyzer times the lowest");
        await CompareAsync(project.WithConcurrency(false), "one thread for the analyzers");
        await CompareAsync(project.WithConcurrency(true), $"{Environment.ProcessorCount} threads for the analyzers, beside those of the compiler");
    }

    private async Task CompareAsync(Project project, string how)
    {
        var lines = project.Lines;
        Print($"\n{how}:\n");
        var runs = await RunAsync(Sets, project, WarmUps);
        Print("| analyzers | reports | analyzer time, ms per 1,000 lines | CPU, s | x no-op | over no-op, ms per 1,000 lines | allocated, MB | x no-op |\n|---|---|---|---|---|---|---|---|");
        var (cpu, bytes) = (Cpu(runs[NoOp]), Bytes(runs[NoOp]));
        foreach (var (name, _) in Sets)
        {
            var run = runs[name];
            Print($"| {name} | {run[0].Reports} | {Rate(run, lines):F2} | {Cpu(run):F2} | {Cpu(run) / cpu:F2} | {(Cpu(run) - cpu) * 1e6 / lines:F1} | {Bytes(run):F0} | {Bytes(run) / bytes:F2} |");
        }

        Print("\n| rule | ms per 1,000 lines |\n|---|---|");
        foreach (var rule in Peers.Ours)
            Print($"| {rule.SupportedDiagnostics[0].Id} | {runs[Ours].Min(run => run.Analyzers[rule].TotalMilliseconds) / lines * 1000:F3} |");
    }

    /// <summary>One table for growth, with one thread for the analyzers: per line, nothing may grow with the number of lines.</summary>
    public async Task GrowAsync(IEnumerable<Project> sizes, ImmutableArray<DiagnosticAnalyzer> rules)
    {
        Print("\n| lines | methods | reports | analyzer time, ms per 1,000 lines | CPU over no-op, ms per 1,000 lines | allocated over no-op, MB per 1,000 lines | KB per method |\n|---|---|---|---|---|---|---|");
        foreach (var project in sizes)
        {
            var (lines, methods) = (project.Lines, project.Methods);
            var runs = await RunAsync([Sets[0], (Ours, rules)], project.WithConcurrency(false), warmUps: 1);
            var (idle, ours) = (runs[NoOp], runs[Ours]);
            var bytes = Bytes(ours) - Bytes(idle);
            Print($"| {lines:N0} | {methods:N0} | {ours[0].Reports} | {Rate(ours, lines):F2} | {(Cpu(ours) - Cpu(idle)) * 1e6 / lines:F2} | {bytes * 1e3 / lines:F3} | {bytes * 1e3 / methods:F2} |");
        }
    }

    private async Task<Dictionary<string, List<Measured>>> RunAsync(
        ImmutableArray<(string Name, ImmutableArray<DiagnosticAnalyzer> Analyzers)> sets, Project project, int warmUps)
    {
        var runs = sets.ToDictionary(set => set.Name, _ => new List<Measured>());
        for (var round = -warmUps; round < rounds; round++)
        {
            foreach (var (name, analyzers) in sets)
            {
                var measured = await Measured.RunAsync(project.Compile, analyzers);
                if (round >= 0)
                    runs[name].Add(measured);
            }
        }

        return runs;
    }

    private static double Rate(IEnumerable<Measured> runs, int lines) => runs.Min(run => run.AnalyzerTime.TotalMilliseconds) / lines * 1000;

    private static double Cpu(IEnumerable<Measured> runs) => Median(runs, run => run.Cpu.TotalSeconds);

    private static double Bytes(IEnumerable<Measured> runs) => Median(runs, run => run.Bytes / 1e6);

    private static double Median(IEnumerable<Measured> runs, Func<Measured, double> figure)
    {
        var figures = runs.Select(figure).Order().ToArray();
        return figures[figures.Length / 2];
    }

    private static void Print(string line) => Console.WriteLine(line);
}
