using LockAnalyzers.Cleanup;
using LockAnalyzers.Framework;
using LockAnalyzers.Shutdown;
using LockAnalyzers.Shutdown.Paths;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Rules;

/// <summary>
/// LOCK203: cleanup takes an empty variable for "nothing held" and reports success, while an acquisition that fills the variable may
/// still be on its way (docs/rules/LOCK203.md).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LOCK203FalseCleanupReportAnalyzer : LockRuleAnalyzer
{
    public const string Id = "LOCK203";

    private const string Title = "Cleanup reports success while an acquisition is on its way";
    private const string Description = "What is still being acquired is held by nobody yet, and will be. Cleanup that looks only at the variable ends with success, and the lock is taken after it.";

    private static readonly DiagnosticDescriptor FalseCleanupReport = Rule.Warning(
        Id,
        Title,
        "'{0}' takes an empty '{1}' for nothing held, while '{2}' may still be on its way and fill it afterwards, with nobody left to give it back. Keep the task, and settle it before looking.",
        Description);

    private static readonly DiagnosticDescriptor LostAnswer = Rule.Warning(Id, Title, "'{0}' {1} and goes on in the same way when it has not: {2}", Description);

    private static readonly DiagnosticDescriptor Swallowed = Rule.Warning(
        Id, Title, "'{0}' swallows every exception of its work here, and reports success afterwards. Let the report depend on the outcome.", Description);

    public LOCK203FalseCleanupReportAnalyzer()
        : base(FalseCleanupReport, LostAnswer, Swallowed)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, LockContext context)
    {
        var facts = context.Shutdown;
        start.RegisterSyntaxNodeAction(
            node =>
            {
                if (CleanupName.Is(node.Node, facts.Catalog))
                    Report(node.Node, node.SemanticModel, node.ReportDiagnostic, node.CancellationToken);
            },
            SyntaxKind.MethodDeclaration, SyntaxKind.LocalFunctionStatement, SyntaxKind.FinallyClause);
        start.RegisterRoots(facts, (file, root) =>
        {
            if (root.Handler is not null && Bodies.OfFile(file.SemanticModel).Target(root.Handler) is { Body.Syntax: var body } && FunctionOf(body) is { } function && !CleanupName.Is(function, facts.Catalog))
                Report(function, file.SemanticModel, file.ReportDiagnostic, file.CancellationToken);
        });

        void Report(SyntaxNode function, SemanticModel model, Action<Diagnostic> report, CancellationToken cancellation)
        {
            foreach (var found in FalseReport.In(function, model, facts, cancellation))
            {
                report(Diagnostic.Create(
                    FalseCleanupReport,
                    found.Look.Place.GetLocation(),
                    new[] { found.Acquisition.GetLocation(), found.Beginning.Place.GetLocation() },
                    CleanupName.Of(function),
                    found.Look.Name,
                    Taking.NameOf(found.Acquisition)));
            }

            foreach (var found in LostOutcome.In(function, model, facts, cancellation))
                report(OfLost(found, CleanupName.Of(function)));
            foreach (var swallows in SwallowedFailure.In(function, facts.Catalog))
                report(Swallowed.AtInfo(swallows.GetLocation(), CleanupName.Of(function)));
        }
    }

    private static Diagnostic OfLost(LostOutcome found, string function)
    {
        var isWait = found.Place is InvocationExpressionSyntax;
        return Diagnostic.Create(
            LostAnswer,
            found.Place.GetLocation(),
            found.Acquisition is not null && found.IsSure ? DiagnosticSeverity.Warning : DiagnosticSeverity.Info,
            found.Acquisition is null ? null : new[] { found.Acquisition.GetLocation() },
            properties: null,
            function,
            isWait ? $"waits no longer than a limit for '{found.Variable}' to end" : $"asks whether '{found.Variable}' has ended",
            found.Acquisition is null ? "it reports success all the same. Look at the outcome."
                : $"'{Taking.NameOf(found.Acquisition)}' may then still be on its way and take the lock later. Look at the outcome.");
    }

    private static SyntaxNode? FunctionOf(SyntaxNode body) => body.FirstAncestorOrSelf<SyntaxNode>(FunctionNodes.IsFunction);
}
