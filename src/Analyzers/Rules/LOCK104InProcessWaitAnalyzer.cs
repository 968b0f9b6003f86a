using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Holding;
using LockAnalyzers.Tokens;
using LockAnalyzers.Values;
using LockAnalyzers.Waits;
using LockAnalyzers.Waits.Intent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Rules;

/// <summary>
/// LOCK104: a wait on something of this process that nothing bounds. Often meant so, and so at Info; a lock that is told by a constant
/// to wait for ever is a warning. Idle waits, joins of what was just forked and short sections are left alone (docs/rules/LOCK104.md).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LOCK104InProcessWaitAnalyzer : LockRuleAnalyzer
{
    public const string Id = "LOCK104";

    private static readonly DiagnosticDescriptor InProcessWait = Rule.Info(
        Id,
        "A wait has no bound",
        "'{0}' waits until other code of this process lets it go on, and no time-out or token ends it. Give it a deadline and an answer to it.",
        "What other code holds while it is slow, stuck or waiting itself is waited for as long. Give the wait a finite time-out, or a token, and handle that it gave up.");

    public LOCK104InProcessWaitAnalyzer()
        : base(InProcessWait)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, LockContext context)
    {
        start.RegisterWaitCalls(context, (call, wait) => Report(wait, call.ContainingSymbol, context, call.Report, call.Cancellation));
        start.RegisterWrappers(context, (call, wait) =>
        {
            if (!IsMeant(wait.Behind!, wait.Behind!.Container, context.Catalog))
                Report(wait, call.ContainingSymbol, context, call.Report, call.Cancellation);
        });
    }

    private static void Report(Wait wait, ISymbol member, LockContext context, Action<Diagnostic> report, CancellationToken cancellation)
    {
        if (WaitReach.Of(wait, context.Catalog) == Reach.Process && !IsMeant(wait, member, context.Catalog) && !IsToldElsewhere(wait, member, context, cancellation))
            report(InProcessWait.At(wait, IsSwitchedOff(wait, member) ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info, wait.Name));
    }

    /// <summary><c>if (!TryEnter(sync, -1))</c>: the code behind it can never run, however short the section.</summary>
    private static bool HasDeadBranch(Wait wait) => wait.IsToldToWaitForEver && CallBound.HasTimeout(wait.Arguments) && wait.Answer.Parent is not IExpressionStatementOperation;

    /// <summary>A lock that takes a limit and was given one that is none, and whose caller's thread waits; not where that is a default in another form.</summary>
    private static bool IsSwitchedOff(Wait wait, ISymbol member) =>
        wait.Entry.Subject == WaitSubject.Lock && wait.IsToldToWaitForEver && !wait.IsDefault && !Shorthand.Is(wait, member)
        && !((wait.Member as IMethodSymbol)?.ReturnType).IsTask();

    private static bool IsMeant(Wait wait, ISymbol member, ResolvedCatalog catalog) =>
        KnownDone.At(wait.Operation, wait.Target, catalog)
        || IdleLoop.Holds(wait, catalog)
        || EntryPoint.Parks(wait, member, catalog)
        || WakeUp.Exists(wait, catalog)
        || ForkJoin.Holds(wait, catalog)
        || Guarded.Holds(wait, catalog)
        || TakenBack.Holds(wait)
        || (!HasDeadBranch(wait) && ShortSection.Follows(wait, catalog));

    /// <summary>
    /// One report per place: the token to pass on says more (LOCK109), and so do the await that the lock is held across (LOCK113) and
    /// the shutdown that waits with it (LOCK202, as far as the file shows).
    /// </summary>
    private static bool IsToldElsewhere(Wait wait, ISymbol member, LockContext context, CancellationToken cancellation) =>
        ForgottenToken.Of(wait, context.Catalog) is not null
        || HeldAcrossAwait.Find(wait, member) is not null
        || context.Stops.Tell(wait.Operation, IsSwitchedOff(wait, member), cancellation);
}
