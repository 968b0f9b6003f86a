using System.Collections.Immutable;
using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Benchmarks;

/// <summary>
/// All rules together against an analyzer that does nothing, over generated code of 1, 4 and 16 times the size. Read the ratios,
/// and whether they stay the same from row to row: the cost of the rules must grow no faster than the code.
/// </summary>
[MemoryDiagnoser]
[InProcess]
[IterationCount(5)]
[WarmupCount(2)]
public class RulesBenchmark
{
    private CSharpCompilation _compilation = null!;

    /// <summary>Files of about 400 lines each.</summary>
    [Params(10, 40, 160)]
    public int Files { get; set; }

    /// <summary>Whether the code holds places that the rules report, or only code that looks like it at first sight.</summary>
    [Params(Source.Silent, Source.Reporting)]
    public Source Source { get; set; }

    [GlobalSetup]
    public void Generate() => _compilation = GeneratedCode.Project(Files, Source).Compile();

    [Benchmark(Baseline = true)]
    public Task<ImmutableArray<Diagnostic>> NothingToDo() => RunAsync([new NoOpAnalyzer()]);

    [Benchmark]
    public Task<ImmutableArray<Diagnostic>> AllRules() => RunAsync(Peers.Ours);

    /// <summary>A clone, so that no run finds what an earlier one has bound.</summary>
    private Task<ImmutableArray<Diagnostic>> RunAsync(ImmutableArray<DiagnosticAnalyzer> analyzers) =>
        _compilation.Clone().WithAnalyzers(analyzers).GetAnalyzerDiagnosticsAsync();
}
