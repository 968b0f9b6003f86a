using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Rules;

/// <summary>
/// LOCK110: a lock is tried, or waited for within a limit, and nobody looks whether it was acquired
/// (docs/rules/LOCK110.md).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LOCK110IgnoredAcquireResultAnalyzer : LockRuleAnalyzer
{
    public const string Id = "LOCK110";

    private static readonly DiagnosticDescriptor IgnoredAcquireResult = Rule.Warning(
        Id,
        "Nobody looks whether a lock was acquired",
        "'{0}' {1} when it gives up, and nobody looks: the work goes on without the lock. Test the answer, or throw.",
        "A lock with a time-out is only a lock for who reads its answer. When it gives up, the guarded work runs beside that of the holder, and what was never taken is given back.");

    public LOCK110IgnoredAcquireResultAnalyzer()
        : base(IgnoredAcquireResult)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, LockContext context) =>
        start.RegisterWaitCalls(context, (call, wait) =>
        {
            if (!IgnoredAnswer.Of(wait, context.Catalog))
                return;
            var answer = wait.Entry.Answer switch
            {
                WaitAnswer.Bool => "returns false",
                WaitAnswer.Null => "returns null",
                _ => "returns a handle that holds nothing",
            };
            call.Report(Diagnostic.Create(IgnoredAcquireResult, call.Operation.Syntax.GetLocation(), wait.Name, answer));
        });
}
