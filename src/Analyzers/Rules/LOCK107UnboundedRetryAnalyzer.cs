using LockAnalyzers.Attempts;
using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Rules;

/// <summary>
/// LOCK107: a try to take a lock that is repeated for as long as somebody else holds it: a loop, a <c>goto</c>, a method that calls
/// itself, a retry policy. Judged by control flow: what counts is whether a limit lies on the way that a refusal takes
/// (docs/rules/LOCK107.md).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LOCK107UnboundedRetryAnalyzer : LockRuleAnalyzer
{
    public const string Id = "LOCK107";

    private static readonly DiagnosticDescriptor UnboundedRetry = Rule.Warning(
        Id,
        "A lock is tried again for ever",
        "'{0}' is tried again for as long as somebody else holds what it wants: no deadline, attempt limit, token or stop flag ends that. Retry within a deadline.",
        "A retry without a limit turns a try into a wait that never ends: when the holder hangs, so does everybody behind it. Retry within a deadline.");

    public LOCK107UnboundedRetryAnalyzer()
        : base(UnboundedRetry)
    {
    }

    // By the file: the loop may stand in another member than the attempt, and an editor shows what is reported inside what a rule was shown.
    private protected override void Register(CompilationStartAnalysisContext start, LockContext context) =>
        start.RegisterSemanticModelAction(file =>
        {
            var finder = new RetryFinder(file.SemanticModel, context.Files.Of(file.SemanticModel.SyntaxTree, file.CancellationToken).Retries, context.Catalog, file.CancellationToken);
            foreach (var loop in finder.All().GroupBy(retry => retry.Place)) // Two attempts may stand in one loop, which is one place.
            {
                var attempts = loop.Select(retry => retry.Attempt).Distinct().ToList();
                file.ReportDiagnostic(Diagnostic.Create(
                    UnboundedRetry,
                    loop.Key,
                    loop.All(retry => retry.IsSpin) ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning,
                    attempts.Contains(null) ? null : attempts.Select(attempt => attempt!.Syntax.GetLocation()),
                    properties: null,
                    loop.First().Name));
            }
        });
}
