using LockAnalyzers.Framework;
using LockAnalyzers.Races;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Rules;

/// <summary>
/// LOCK108: a lock is waited for in a task or thread that is given up after a time, while the wait itself goes on: it takes the
/// lock later, when nobody is left who would give it back (docs/rules/LOCK108.md).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LOCK108RacedAcquisitionAnalyzer : LockRuleAnalyzer
{
    public const string Id = "LOCK108";

    private static readonly DiagnosticDescriptor RacedAcquisition = Rule.Warning(
        Id,
        "A wait for a lock is given up but goes on",
        "{0} does not end '{1}': the wait {2} and may take the lock later, with nobody to give it back. Put the limit into the acquisition itself.",
        "A timer beside a wait ends nothing. The abandoned wait holds a thread or a place in the queue, takes the lock when the holder lets go, and keeps it. Put the limit into the acquisition.");

    public LOCK108RacedAcquisitionAnalyzer()
        : base(RacedAcquisition)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, LockContext context)
    {
        var catalog = context.Catalog;
        var names = new RememberedNames<bool>(name => Race.MayBe(name, catalog));
        start.RegisterCalls(names.Of, call =>
        {
            if (Race.Find(call.Operation, catalog) is not { } race)
                return;
            var method = $"{call.Operation.TargetMethod.ContainingType.Name}.{call.Operation.TargetMethod.Name}";
            call.Report(Diagnostic.Create(
                RacedAcquisition,
                call.Operation.Syntax.GetLocation(),
                new[] { race.Runner.Acquisition.Operation.Syntax.GetLocation() },
                race.IsStartToken ? $"The token of '{method}' is asked before the start only and" : $"'{method}'",
                race.Runner.Acquisition.Name,
                !race.Runner.HoldsThread ? "stays in the queue" : race.Runner.IsOnPool ? "holds a thread, delays every timer" : "holds a thread"));
        });
    }
}
