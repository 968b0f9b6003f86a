using LockAnalyzers.Framework;
using LockAnalyzers.Shutdown;
using LockAnalyzers.Shutdown.Paths;
using LockAnalyzers.Shutdown.Roots;
using LockAnalyzers.Shutdown.Signals;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Rules;

/// <summary>
/// LOCK206: a handler of Ctrl+C keeps the process alive at every press, and nothing in it ends the process when what it asked to stop
/// does not. Handlers that let a later press through are left alone, and so are those that shield a child (docs/rules/LOCK206.md).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LOCK206TrappedCancelKeyAnalyzer : LockRuleAnalyzer
{
    public const string Id = "LOCK206";

    private static readonly DiagnosticDescriptor TrappedCancelKey = Rule.Warning(
        Id,
        "Every press of the cancel key is swallowed",
        "The handler of '{0}' keeps the process alive at every press, so no press ends it when the shutdown does not come to its end. Let the second press end the process, or arm ShutdownWatchdog in the handler.",
        "A handler that cancels the default each time leaves it to the rest of the program to end. If that waits for ever, Ctrl+C does nothing any more.");

    public LOCK206TrappedCancelKeyAnalyzer()
        : base(TrappedCancelKey)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, LockContext context)
    {
        var facts = context.Shutdown;
        start.RegisterRoots(facts, (file, root) =>
        {
            if (!root.IsPress)
                return;
            var bodies = Bodies.OfFile(file.SemanticModel);
            if (SignalHandler.Of(root, bodies, facts) is not { Decides: true, MayLetEnd: false, HasWayOut: false } handler || !handler.KeepsAlways()
                || (handler.Chooses && handler.Works)
                || handler.IsReportedElsewhere(file.SemanticModel, other => other.IsPress, file.CancellationToken)
                || UnguardedRoot.IsArmedBefore(root, bodies, facts)
                || (!handler.Signals && !handler.StopsHost && !handler.Works && ChildShield.StandsIn(file.SemanticModel, facts, file.CancellationToken)))
            {
                return;
            }

            // A host that is told to stop gives up by itself after a time; and a key that ends a piece of work is no key that ends the program.
            file.ReportDiagnostic(handler.StopsHost || PressScope.IsOfWork(root, bodies, facts) ? TrappedCancelKey.AtInfo(handler.Location, root.Name) : Diagnostic.Create(TrappedCancelKey, handler.Location, root.Name));
        });
    }
}
