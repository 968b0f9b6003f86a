using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Processes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Rules;

/// <summary>
/// LOCK111: a wait for a child process while nobody reads a stream of it that is redirected. Once the pipe is full, the child
/// waits for a reader and the parent for the child (docs/rules/LOCK111.md).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LOCK111UndrainedChildAnalyzer : LockRuleAnalyzer
{
    public const string Id = "LOCK111";

    private static readonly DiagnosticDescriptor Undrained = Rule.Warning(
        Id,
        "A child process is waited for and its redirected output is not read",
        "{0} for a child whose redirected standard {1} nobody reads meanwhile: when the pipe is full, the child stops until somebody does, and {2}. Read it while waiting.",
        "A pipe holds a limited number of bytes (64 KiB on Linux). A child that writes more waits until somebody reads, so a wait that comes before the read never ends. Read all redirected streams at the same time, and wait within a limit.");

    public LOCK111UndrainedChildAnalyzer()
        : base(Undrained)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, LockContext context) =>
        start.RegisterCalls(context.Catalog.ChildWaits.HasName, call => Analyze(call, context.Catalog));

    private static void Analyze(CallContext call, ResolvedCatalog catalog)
    {
        if (UndrainedChild.Find(call.Operation, catalog) is not { } fault)
            return;

        var wait = $"'{Display.Of(call.Operation.TargetMethod)}'";
        var subject = fault.Read is { } read && read != call.Operation ? $"'{Display.Of(read.TargetMethod)}' waits (before {wait})" : wait + " waits";
        call.Report(Diagnostic.Create(
            Undrained,
            call.Operation.Syntax.GetLocation(),
            // In time, though never with what the child would have written: often short output that somebody thought about.
            fault.End == WaitEnd.Limit ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning,
            fault.Read is { } first ? new[] { fault.Redirected.Syntax.GetLocation(), first.Syntax.GetLocation() } : new[] { fault.Redirected.Syntax.GetLocation() },
            properties: null,
            subject,
            fault.Stream == ChildStream.Output ? "output" : "error",
            fault.End switch
            {
                WaitEnd.Never => "neither goes on",
                WaitEnd.CallersToken => "neither goes on until somebody cancels",
                _ => "the wait runs into its limit",
            }));
    }
}
