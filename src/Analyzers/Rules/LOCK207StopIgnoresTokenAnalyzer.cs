using System.Collections.Immutable;
using LockAnalyzers.Framework;
using LockAnalyzers.Shutdown;
using LockAnalyzers.Shutdown.Paths;
using LockAnalyzers.Shutdown.Roots;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Rules;

/// <summary>
/// LOCK207: a member by which a host stops a service awaits something that nothing bounds, and never reads the token it was given,
/// which is all that the host's time-out does. Synchronous waits there are LOCK201's (docs/rules/LOCK207.md).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LOCK207StopIgnoresTokenAnalyzer : LockRuleAnalyzer
{
    public const string Id = "LOCK207";

    private static readonly DiagnosticDescriptor StopIgnoresToken = Rule.Warning(
        Id,
        "A service stops without regard to the host's time-out",
        "'{0}' awaits '{1}' and never reads its token, which is all that the host's shutdown time-out cancels. Pass the token on, or await with WaitAsync(token).",
        "The shutdown time-out of a host cancels a token and does nothing else. A stop that does not look at it may take for ever, and the host with it.");

    public LOCK207StopIgnoresTokenAnalyzer()
        : base(StopIgnoresToken)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, LockContext context)
    {
        var facts = context.Shutdown;
        start.RegisterRoots(facts, (file, root) =>
        {
            if (!root.Entry.IsOfObject && root.Handler is null && UnguardedRoot.FirstRisk(root, Bodies.OfFile(file.SemanticModel), facts) is { Kind: StepKind.Await } risk)
            {
                file.ReportDiagnostic(Diagnostic.Create(
                    StopIgnoresToken,
                    root.Location,
                    risk.IsToldToEnd ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning,
                    new[] { risk.Place.GetLocation() },
                    ImmutableDictionary<string, string?>.Empty,
                    root.Name,
                    risk.Name));
            }
        });
    }
}
