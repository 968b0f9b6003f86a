using LockAnalyzers.Framework;
using LockAnalyzers.WaitOptions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Rules;

/// <summary>
/// LOCK101: a lock, open or store API that is told to wait for ever, by argument, option object, fluent call or attribute, with
/// no time-out and no token beside it. A motor that waits is no lock (docs/rules/LOCK101.md).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LOCK101WaitTrueOptionAnalyzer : LockRuleAnalyzer
{
    public const string Id = "LOCK101";

    private static readonly DiagnosticDescriptor WaitTrueOption = Rule.Warning(
        Id,
        "A lock is told to wait for ever",
        "'{0}' makes {1} wait until the holder lets go, with no time-out and no token to end it. Turn it off and retry within a deadline, or set a time-out.",
        "An option such as 'wait: true' turns a failing open into one that never returns while another process holds the lock. Turn it off and retry within a deadline.");

    public LOCK101WaitTrueOptionAnalyzer()
        : base(WaitTrueOption)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, LockContext context)
    {
        var finder = new WaitOptionFinder(context.Catalog);
        var syntax = finder.Syntax(DeclaredNames.WithFlag(start.Compilation, finder.IsOption));
        start.RegisterCallsAndCreations(syntax.MaySwitchOn, finder.MaySwitchOn, call => Analyze(call.Operation, call.Report));
        start.RegisterAssignments(finder.IsOption, assignment => Analyze(assignment.Operation, assignment.Report));

        void Analyze(IOperation operation, Action<Diagnostic> report)
        {
            if (finder.Find(operation) is { IsBounded: false } use)
                report(Diagnostic.Create(WaitTrueOption, WaitOptionFinder.Location(use), use.Option, finder.Describe(use)));
        }
    }
}
