using System.Collections.Immutable;
using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Shutdown;
using LockAnalyzers.Shutdown.Paths;
using LockAnalyzers.Shutdown.Roots;
using LockAnalyzers.Threads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Rules;

/// <summary>
/// LOCK204: a thread that is started, is no background thread, and waits without a bound: Main may return, the process stays. Threads
/// that only work are left alone, and so are those that somebody joins within a limit (docs/rules/LOCK204.md).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LOCK204ForegroundLockThreadAnalyzer : LockRuleAnalyzer
{
    public const string Id = "LOCK204";

    private static readonly DiagnosticDescriptor ForegroundLockThread = Rule.Warning(
        Id,
        "A foreground thread waits with nothing to end it",
        "This thread keeps the process alive after Main, and waits with nothing to end it: {0}. Set IsBackground to true, and give the wait a deadline.",
        "The process ends only after its last foreground thread. One that waits without a limit keeps it for as long as it waits.");

    public LOCK204ForegroundLockThreadAnalyzer()
        : base(ForegroundLockThread)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, LockContext context)
    {
        var facts = context.Shutdown;
        start.RegisterCreations(context.Catalog.ShutdownMembers.HasConstructorOf, method => facts.Role(method) == ShutdownRole.Thread, creation => Analyze(creation, facts));
    }

    private static void Analyze(CodeContext<IOperation> context, ShutdownFacts facts)
    {
        if (context.Operation is not IObjectCreationOperation { Arguments: { IsEmpty: false } arguments, Syntax: BaseObjectCreationExpressionSyntax syntax, SemanticModel: { } model }
            || ThreadUse.Of(syntax, model, context.Cancellation) is not { IsStarted: true, IsBackground: false, IsJoinedWithBound: false, Escapes: false } use)
        {
            return;
        }

        var bodies = Bodies.OfFile(model);
        if (bodies.Target(arguments[0].Value) is not { Body: not null } body)
            return;
        var name = body.Method.MethodKind == Microsoft.CodeAnalysis.MethodKind.AnonymousFunction ? "a lambda" : body.Method.Name;
        var root = new Root(StopNames.Entry, name, Place(syntax), context.ContainingSymbol, arguments[0].Value);
        var waits = new ThreadWaits(bodies, facts);
        if (waits.First(root, body) is not { } found)
            return;

        // Somebody waits for the thread, or lets it go: the process ends if that code is reached.
        var severity = use.IsJoined || waits.IsWoken(found.Wait) ? DiagnosticSeverity.Info : DiagnosticSeverity.Warning;
        context.Report(Diagnostic.Create(
            ForegroundLockThread, root.Location, severity, new[] { found.Wait.Syntax.GetLocation() }, ImmutableDictionary<string, string?>.Empty, found.Chain));
    }

    private static Location Place(BaseObjectCreationExpressionSyntax creation) =>
        creation is ObjectCreationExpressionSyntax { Type: var type } ? type.GetLocation() : creation.NewKeyword.GetLocation();
}
