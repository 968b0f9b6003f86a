using LockAnalyzers.Framework;
using LockAnalyzers.Shutdown;
using LockAnalyzers.Shutdown.Guards;
using LockAnalyzers.Shutdown.Paths;
using LockAnalyzers.Shutdown.Signals;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Rules;

/// <summary>
/// LOCK205: what should end the process when its shutdown does not end may not be able to: the thread pool has to run it, or it only
/// asks the process to end. Also asking for the end in a handler that the end waits for (docs/rules/LOCK205.md).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LOCK205IneffectiveGuardAnalyzer : LockRuleAnalyzer
{
    public const string Id = "LOCK205";

    private static readonly DiagnosticDescriptor IneffectiveGuard = Rule.Warning(
        Id,
        "A guard against a stuck shutdown may never fire",
        "{0}. {1}.",
        "What guards a shutdown has to work when nothing else does: not on the thread pool, which may be used up, and not by Environment.Exit, which waits for the handlers.");

    public LOCK205IneffectiveGuardAnalyzer()
        : base(IneffectiveGuard)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, LockContext context)
    {
        var facts = context.Shutdown;
        start.RegisterFiles(facts, (file, found) =>
        {
            foreach (var end in found.Ends)
            {
                if (file.SemanticModel.GetOperation(end, file.CancellationToken) is IInvocationOperation call)
                    Analyze(file, call, facts);
            }
        });
        start.RegisterRoots(facts, (file, root) =>
        {
            var bodies = Bodies.OfFile(file.SemanticModel);
            foreach (var exit in ExitInHandler.Of(root, bodies, facts))
            {
                if (!ExitInHandler.IsReportedElsewhere(exit, root, file.SemanticModel, bodies, facts, file.CancellationToken))
                    file.ReportDiagnostic(Diagnostic.Create(IneffectiveGuard, exit.Syntax.GetLocation(), $"'{Display.Of(exit.TargetMethod)}' waits for the handlers of '{root.Name}', this one among them, and never returns", "Set Environment.ExitCode instead"));
            }
        });
    }

    private static void Analyze(SemanticModelAnalysisContext context, IInvocationOperation end, ShutdownFacts facts)
    {
        foreach (var guard in WeakGuard.Find(end, facts))
        {
            if (!GuardPurpose.IsShutdown(guard, facts) || IsSecond(end, facts))
                continue;
            var name = Display.Of(guard.End.TargetMethod);
            var what = guard.Weakness == Weakness.Pool
                ? $"The thread pool has to run this call of '{name}', and may never do so while it is used up"
                : $"This guard calls '{name}', which waits for the handlers that may be stuck";
            context.ReportDiagnostic(Diagnostic.Create(IneffectiveGuard, Place(guard.Setup.Syntax), new[] { guard.End.Syntax.GetLocation() }, what, "Arm ShutdownWatchdog instead"));
        }
    }

    /// <summary>One function that ends the process in several ways is one guard.</summary>
    private static bool IsSecond(IInvocationOperation end, ShutdownFacts facts)
    {
        var function = end.Syntax.FirstAncestorOrSelf<SyntaxNode>(node => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or MemberDeclarationSyntax);
        return function is not null && function.DescendantNodes().OfType<InvocationExpressionSyntax>().Any(call =>
            call.SpanStart < end.Syntax.SpanStart && CallActions.NameOf(call) is { } name && (facts.Catalog.ExitWords.Contains(name) || facts.Catalog.KillWords.Contains(name)));
    }

    private static Location Place(SyntaxNode setup) => setup switch
    {
        ObjectCreationExpressionSyntax { Type: var type } => type.GetLocation(),
        BaseObjectCreationExpressionSyntax creation => creation.NewKeyword.GetLocation(),
        InvocationExpressionSyntax { Expression: var callee } => callee.GetLocation(),
        AssignmentExpressionSyntax { Left: var target } => target.GetLocation(),
        _ => setup.GetLocation(),
    };
}
