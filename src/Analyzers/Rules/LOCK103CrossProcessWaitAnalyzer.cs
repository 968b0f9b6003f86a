using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Processes;
using LockAnalyzers.Tokens;
using LockAnalyzers.Waits;
using LockAnalyzers.Waits.Intent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Rules;

/// <summary>
/// LOCK103: a wait on what another process can hold, with nothing to end it. A crash or a bug elsewhere then stops this
/// process. Child processes are told at Info: most such waits are the purpose of the code (docs/rules/LOCK103.md).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LOCK103CrossProcessWaitAnalyzer : LockRuleAnalyzer
{
    public const string Id = "LOCK103";

    private static readonly DiagnosticDescriptor CrossProcessWait = Rule.Warning(
        Id,
        "A wait on another process has no bound",
        "'{0}' waits until {1}, and no time-out or token ends it{2}. Give it a deadline and an answer to it.",
        "What another process holds may be held for ever: that process may hang, or be stopped in a debugger. Give the wait a finite time-out, or a token where the wait takes one, and handle that it gave up.");

    public LOCK103CrossProcessWaitAnalyzer()
        : base(CrossProcessWait)
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
        var catalog = context.Catalog;
        if (WaitReach.Of(wait, catalog) == Reach.System && !IsMeant(wait, member, catalog) && !IsToldElsewhere(wait, member, context, cancellation))
            report(CrossProcessWait.At(wait, IsOftenMeant(wait, member, catalog) ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning, wait.Name, Until(wait.Entry.Subject), Remark(wait, catalog)));
    }

    private static bool IsMeant(Wait wait, ISymbol member, ResolvedCatalog catalog) =>
        IdleLoop.Holds(wait, catalog)
        || EntryPoint.Parks(wait, member, catalog)
        || WakeUp.Exists(wait, catalog)
        || (wait.Entry.Subject == WaitSubject.Process
            && (KnownDone.At(wait.Operation, wait.Target, catalog)
                || ChildWait.IsKilledBefore(wait, catalog)
                || ChildWait.IsForeground(wait, member, catalog)
                || ChildWait.IsInExitHandler(wait, member, catalog)));

    /// <summary>
    /// A child that does its work, a server that waits for its next client, a default that callers may change (also as an overload without it), and what was tried within a limit, and
    /// told of, before.
    /// </summary>
    private static bool IsOftenMeant(Wait wait, ISymbol member, ResolvedCatalog catalog) =>
        wait.IsDefault || wait.Entry.Subject is WaitSubject.Process or WaitSubject.Client || Diagnosed.Before(wait, catalog) || Shorthand.Is(wait, member);

    /// <summary>
    /// One report per place: the pipe that fills up says more (LOCK111), and so do the token to pass on (LOCK109) and the shutdown that waits with it
    /// (LOCK202, as far as the file shows).
    /// </summary>
    private static bool IsToldElsewhere(Wait wait, ISymbol member, LockContext context, CancellationToken cancellation) =>
        (wait.Operation is IInvocationOperation call && UndrainedChild.Find(call, context.Catalog) is not null)
        || (ForgottenToken.Of(wait, context.Catalog) is { } token && (IsOftenMeant(wait, member, context.Catalog) || ForgottenToken.IsSure(wait, token)))
        || context.Stops.Tell(wait.Operation, !IsOftenMeant(wait, member, context.Catalog), cancellation);

    private static string Until(WaitSubject subject) => subject switch
    {
        WaitSubject.Lock => "every other process lets go of the name",
        WaitSubject.Process => "the other process ends",
        WaitSubject.Peer => "the other side answers",
        WaitSubject.Client => "another process connects",
        _ => "whoever knows the name signals it",
    };

    private static string Remark(Wait wait, ResolvedCatalog catalog)
    {
        var owned = wait.Entry.Subject == WaitSubject.Lock && NamedHandle.Of(wait, catalog).IsOwnedByCreator
            ? "; its creator owned it already, and must release it twice"
            : "";
        return wait.Entry.IsOwnedWhenAbandoned && !Handlers.Catch(wait.Operation, nameof(AbandonedMutexException))
            && (wait.Behind is not { } behind || !Handlers.Catch(behind.Operation, nameof(AbandonedMutexException)))
            ? owned + "; when the last owner ended without releasing it, it throws AbandonedMutexException, which nothing here catches, and the caller owns it"
            : owned;
    }
}
