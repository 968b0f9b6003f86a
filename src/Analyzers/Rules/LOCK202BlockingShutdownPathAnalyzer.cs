using System.Collections.Immutable;
using LockAnalyzers.Framework;
using LockAnalyzers.Shutdown;
using LockAnalyzers.Shutdown.Paths;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Rules;

/// <summary>
/// LOCK202: a wait that nothing bounds, reached from code that stops the process or an object. What one file shows is reported live;
/// what takes the whole compilation, at the end of the build (docs/rules/LOCK202.md).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LOCK202BlockingShutdownPathAnalyzer : LockRuleAnalyzer
{
    public const string Id = "LOCK202";

    private const string Title = "A shutdown path waits with nothing to end it";
    private const string Message = "'{0}' waits with nothing to end it, and {1} stops only after it: {2}. Give the wait a deadline.";
    private const string Description = "Code that stops a process or an object is waited for by whoever stops it. A wait without a limit on that way, however far from it, keeps the whole from ending.";

    private static readonly DiagnosticDescriptor BlockingShutdownPath = Rule.Warning(Id, Title, Message, Description);

    private static readonly DiagnosticDescriptor AtTheEnd = Rule.WarningAtEnd(Id, Title, Message, Description);

    public LOCK202BlockingShutdownPathAnalyzer()
        : base(BlockingShutdownPath, AtTheEnd)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, LockContext context)
    {
        var stops = context.Stops;
        start.RegisterFiles(context.Shutdown, (file, _) =>
        {
            foreach (var chain in stops.Of(file.SemanticModel, file.CancellationToken).Chains)
                file.ReportDiagnostic(Report(BlockingShutdownPath, chain));
        });
        start.RegisterCompilationEndAction(end =>
        {
            foreach (var chain in stops.AcrossFiles(end.Compilation))
                end.ReportDiagnostic(Report(AtTheEnd, chain));
        });
    }

    private static Diagnostic Report(DiagnosticDescriptor rule, Chain chain)
    {
        var steps = chain.Nodes.Select(node => node.Call?.Place.GetLocation() ?? node.Root.Location);
        return Diagnostic.Create(
            rule,
            chain.Wait.Syntax.GetLocation(),
            chain.IsSure ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
            steps,
            ImmutableDictionary<string, string?>.Empty,
            chain.Name,
            chain.Root.Entry.IsOfObject ? "whatever it belongs to" : "the process",
            chain.Text);
    }
}
