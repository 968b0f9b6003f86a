using System.Collections.Immutable;
using LockAnalyzers.Framework;
using LockAnalyzers.Shutdown;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Rules;

/// <summary>
/// LOCK208: a handler of a signal tells the program to stop and returns without keeping the process alive: the process ends as the
/// handler returns, and what it asked for is cut off. Handlers that do the work themselves are left alone (docs/rules/LOCK208.md).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LOCK208ShutdownCutShortAnalyzer : LockRuleAnalyzer
{
    public const string Id = "LOCK208";

    /// <summary>Tells the fix that a key of the terminal may run the handler.</summary>
    internal const string PressProperty = "Press";

    private static readonly ImmutableDictionary<string, string?> Press = ImmutableDictionary<string, string?>.Empty.Add(PressProperty, null);

    private static readonly DiagnosticDescriptor ShutdownCutShort = Rule.Warning(
        Id,
        "The process ends before the shutdown that the handler asks for",
        "The handler of '{0}' asks for a shutdown and returns, and the signal ends the process as it returns. Set Cancel to true, and end the process when the shutdown is done.",
        "A handler of a signal that does not set Cancel gives the process no time: the runtime goes on with the signal as soon as the handler returns.");

    public LOCK208ShutdownCutShortAnalyzer()
        : base(ShutdownCutShort)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, LockContext context)
    {
        var facts = context.Shutdown;
        start.RegisterRoots(facts, (file, root) =>
        {
            if (SignalHandler.Of(root, Bodies.OfFile(file.SemanticModel), facts) is { Signals: true, Decides: false, MayLetEnd: false, HasWayOut: false, StopsHost: false, Works: false } handler
                && !handler.IsReportedElsewhere(file.SemanticModel, _ => true, file.CancellationToken)
                && !HostFile.Is(file.SemanticModel.SyntaxTree, context.Catalog, file.CancellationToken))
            {
                file.ReportDiagnostic(Diagnostic.Create(ShutdownCutShort, handler.Location, root.IsPress ? Press : null, root.Name));
            }
        });
    }
}
