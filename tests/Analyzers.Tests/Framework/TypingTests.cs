using LockAnalyzers.Analyzers.Tests.Verifiers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Analyzers.Tests.Framework;

/// <summary>What an editor asks for after a key is the diagnostics of one file. What that costs at which size: benchmarks/README.md.</summary>
public sealed class TypingTests
{
    private static readonly string[] Sources =
    [
        """
        sealed class Outbox(System.Threading.Thread sender)
        {
            void Install() => System.AppDomain.CurrentDomain.ProcessExit += (_, _) => { Table.Remove(sender); Leave(); };
            void Leave() => sender.Join();
        }
        """,
        """
        static class Table { public static void Remove(System.Threading.Thread sender) => sender.Join(); }
        """,
    ];

    [Fact]
    public async Task One_rule_has_work_for_the_end_of_a_build_and_none_has_more()
    {
        var analysis = AllRules.Compile(Sources).WithAnalyzers(AllRules.Analyzers);
        await analysis.GetAnalyzerDiagnosticsAsync();
        foreach (var rule in AllRules.Analyzers)
        {
            var telemetry = await analysis.GetAnalyzerTelemetryInfoAsync(rule, CancellationToken.None);
            var id = rule.SupportedDiagnostics[0].Id;
            Assert.Equal((id, id == "LOCK202" ? 1 : 0), (id, telemetry.CompilationEndActionsCount));
            Assert.Equal((id, 0), (id, telemetry.SymbolActionsCount + telemetry.SymbolStartActionsCount + telemetry.SymbolEndActionsCount));
        }
    }

    [Fact]
    public async Task What_crosses_files_waits_for_the_build()
    {
        Assert.Equal(["Tested0.cs"], await PlacesAsync((analysis, model) => analysis.GetAnalyzerSemanticDiagnosticsAsync(model, filterSpan: null, CancellationToken.None)));
        Assert.Equal(["Tested0.cs", "Tested1.cs"], await PlacesAsync((analysis, _) => analysis.GetAnalyzerDiagnosticsAsync()));
    }

    /// <summary>The files in which LOCK202 reports.</summary>
    private static async Task<IEnumerable<string>> PlacesAsync(
        Func<CompilationWithAnalyzers, SemanticModel, Task<System.Collections.Immutable.ImmutableArray<Diagnostic>>> ask)
    {
        var compilation = AllRules.Compile(Sources);
        var reports = await ask(compilation.WithAnalyzers(AllRules.Analyzers), compilation.GetSemanticModel(compilation.SyntaxTrees.First()));
        return reports.Where(report => report.Id == "LOCK202").Select(report => report.Location.SourceTree!.FilePath).Order(StringComparer.Ordinal);
    }
}
