using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Holding;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Rules;

/// <summary>
/// LOCK113: a lock that belongs to its thread is held across an await, after which another thread may go on; or a kernel object that
/// blocks threads is (docs/rules/LOCK113.md).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LOCK113ThreadAffineAcquireAnalyzer : LockRuleAnalyzer
{
    public const string Id = "LOCK113";

    private static readonly DiagnosticDescriptor ThreadAffineAcquire = Rule.Warning(
        Id,
        "A lock that needs its thread is held across an await",
        "'{0}' is held across an await: {1}. Use {2}.",
        "After an await another thread may go on. A lock that belongs to a thread cannot be given back there: the release throws, and the lock stays taken.");

    public LOCK113ThreadAffineAcquireAnalyzer()
        : base(ThreadAffineAcquire)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, LockContext context) =>
        start.RegisterWaitCalls(context, (call, wait) =>
        {
            if (HeldAcrossAwait.Find(wait, call.ContainingSymbol) is not { } awaited)
                return;

            var trouble = wait.Entry.IsThreadAffine
                ? $"another thread may go on after it, where '{wait.Entry.Release[0]}' throws and the lock stays taken"
                : "meanwhile every other caller blocks a thread, and nothing can end that";
            var cure = wait.Entry.Sharing == WaitSharing.Named ? "SemaphoreSlim.WaitAsync, or a lock file where other processes take part" : "SemaphoreSlim.WaitAsync";
            call.Report(Diagnostic.Create(
                ThreadAffineAcquire, call.Operation.Syntax.GetLocation(), new[] { awaited.GetLocation() },
                wait.Name, trouble, cure));
        });
}
