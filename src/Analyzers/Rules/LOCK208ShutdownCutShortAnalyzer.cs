using System.Collections.Immutable;
using LockAnalyzers.Framework;
using LockAnalyzers.Shutdown;
using LockAnalyzers.Shutdown.Paths;
using LockAnalyzers.Shutdown.Roots;
using LockAnalyzers.Shutdown.Signals;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Rules;

/// <summary>
/// LOCK208: a handler of a signal tells the program to stop and returns without keeping the process alive: the process ends as the
/// handler returns, and what it asked for is cut off. Handlers that do the work themselves are left alone. And an asynchronous handler of the
/// end: nobody waits for what stands behind its first await (docs/rules/LOCK208.md).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LOCK208ShutdownCutShortAnalyzer : LockRuleAnalyzer
{
    public const string Id = "LOCK208";

    /// <summary>Tells the fix that a key of the terminal may run the handler.</summary>
    internal const string PressProperty = "Press";

    private static readonly ImmutableDictionary<string, string?> Press = ImmutableDictionary<string, string?>.Empty.Add(PressProperty, null);

    private const string Title = "The process ends before the shutdown that the handler asks for";

    private static readonly DiagnosticDescriptor ShutdownCutShort = Rule.Warning(
        Id,
        Title,
        "The handler of '{0}' asks for a shutdown and returns, and the signal ends the process as it returns. Set Cancel to true, and end the process when the shutdown is done.",
        "A handler of a signal that does not set Cancel gives the process no time: the runtime goes on with the signal as soon as the handler returns.");

    private static readonly DiagnosticDescriptor NotWaitedFor = Rule.Warning(
        Id,
        Title,
        "The handler of '{0}' is left at its first await, '{1}': nobody waits for the rest, and the process ends meanwhile. Wait for the work in the handler, within a limit.",
        "A handler that hands back no task returns at its first await. Whoever called it goes on, and what was to be done while the process ends is cut off.");

    public LOCK208ShutdownCutShortAnalyzer()
        : base(ShutdownCutShort, NotWaitedFor)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, LockContext context)
    {
        var facts = context.Shutdown;
        start.RegisterRoots(facts, (file, root) =>
        {
            var bodies = Bodies.OfFile(file.SemanticModel);
            if (LostWork.Of(root, bodies, facts) is { } lost)
            {
                if (!(root.Entry.IsRepeated && HostFile.Is(file.SemanticModel.SyntaxTree, context.Catalog, file.CancellationToken)))
                    file.ReportDiagnostic(Diagnostic.Create(NotWaitedFor, root.Location, new[] { lost.Await.Syntax.GetLocation() }, root.IsPress ? Press : null, root.Name, lost.Name));
            }
            else if (SignalHandler.Of(root, bodies, facts) is { Signals: true, Decides: false, MayLetEnd: false, HasWayOut: false, StopsHost: false, Works: false } handler
                && !handler.IsReportedElsewhere(file.SemanticModel, _ => true, file.CancellationToken)
                && !HostFile.Is(file.SemanticModel.SyntaxTree, context.Catalog, file.CancellationToken))
            {
                file.ReportDiagnostic(Diagnostic.Create(ShutdownCutShort, handler.Location, root.IsPress ? Press : null, root.Name));
            }
        });
    }
}
