using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Holding;
using LockAnalyzers.Naming;
using LockAnalyzers.Sql;
using LockAnalyzers.Tokens;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Rules;

/// <summary>
/// LOCK106: a lock that a NuGet library brings is waited for without a limit, which is what most of them do unless they are told
/// otherwise. At Info where only this process can hold it and no token is at hand (docs/rules/LOCK106.md).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LOCK106LibraryLockAnalyzer : LockRuleAnalyzer
{
    public const string Id = "LOCK106";

    private static readonly DiagnosticDescriptor LibraryLock = Rule.Warning(
        Id,
        "A lock of a library is waited for with nothing to end it",
        "'{0}' waits with nothing to end it {1}. Give it a time-out or a token.",
        "Most lock libraries wait for ever unless they are given a time-out or a token. A holder that hangs then takes every other caller with it, on every machine that shares the lock.");

    public LOCK106LibraryLockAnalyzer()
        : base(LibraryLock)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, LockContext context)
    {
        start.RegisterSqlLocks(context, static (node, function) => node.ReportDiagnostic(Diagnostic.Create(
            LibraryLock, node.Node.GetLocation(), function.Name, "while another session holds the lock, because the command's time-out is switched off")));
        start.RegisterWaitCalls(context, (call, wait) => Report(wait, context.Catalog, call.Report));
        start.RegisterWrappers(context, (call, wait) => Report(wait, context.Catalog, call.Report));
    }

    private static void Report(Wait wait, ResolvedCatalog catalog, Action<Diagnostic> report)
    {
        if (!wait.Entry.IsLibraryLock || wait.Bound != Bound.None)
            return;
        if (wait.Entry.Sharing != WaitSharing.Process)
            Tell(isSure: !wait.IsDefault, "while another process holds the lock");
        else if (ForgottenToken.Of(wait, catalog) is { } token)
            Tell(!wait.IsDefault && ForgottenToken.IsSure(wait, token), $"while somebody else holds the lock, although '{token.Expression}' is at hand");
        else if (!CleanupCode.Contains(wait.Operation.Syntax, catalog.Words.Of("cleanup")) && !ShortSection.IsGuardedBy(wait.Operation, catalog))
            Tell(isSure: false, "while somebody else holds the lock");

        void Tell(bool isSure, string reason) => report(LibraryLock.At(
            wait,
            isSure ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
            wait.Behind is null ? $"{wait.Member.ContainingType.Name}.{wait.Member.Name}" : wait.Name,
            reason));
    }
}
