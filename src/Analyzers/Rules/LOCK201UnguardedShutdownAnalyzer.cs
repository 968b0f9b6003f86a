using LockAnalyzers.Framework;
using LockAnalyzers.Shutdown;
using LockAnalyzers.Shutdown.Paths;
using LockAnalyzers.Shutdown.Roots;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Rules;

/// <summary>
/// LOCK201: code that runs while the process ends waits without a bound, or calls what it does not own, and nothing is armed
/// that would end the process all the same. What is awaited is LOCK207's. Paths that only signal, cancel or free are left alone, and so is
/// <c>Environment.Exit</c> (docs/rules/LOCK201.md).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LOCK201UnguardedShutdownAnalyzer : LockRuleAnalyzer
{
    public const string Id = "LOCK201";

    private static readonly DiagnosticDescriptor UnguardedShutdown = Rule.Warning(
        Id,
        "A shutdown path may never end, and nothing forces the process to",
        "'{0}' {1}, and nothing ends the process if that never returns. {2}.",
        "The runtime sets no limit to what runs while a process ends. Bound every wait there, or arm ShutdownWatchdog before the first one.");

    public LOCK201UnguardedShutdownAnalyzer()
        : base(UnguardedShutdown)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, LockContext context)
    {
        var facts = context.Shutdown;
        start.RegisterRoots(facts, (file, root) =>
        {
            if (root.Entry is { IsOfObject: false, MayBeGuarded: true } && UnguardedRoot.FirstRisk(root, Bodies.OfFile(file.SemanticModel), facts) is { Kind: not StepKind.Await } risk)
                file.ReportDiagnostic(Report(root, risk));
        });
    }

    private static Diagnostic Report(Root root, Step risk)
    {
        var (what, cure) = risk.Kind == StepKind.Wait
            ? ($"waits in '{risk.Name}' without a limit", "Bound the wait, or arm ShutdownWatchdog first")
            : ($"calls '{risk.Name}', which is not its own", "Arm ShutdownWatchdog first");
        return Diagnostic.Create(UnguardedShutdown, root.Location, new[] { risk.Place.GetLocation() }, root.Name, what, cure);
    }
}
