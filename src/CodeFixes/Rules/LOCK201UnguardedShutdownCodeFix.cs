using LockAnalyzers.Catalog;
using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Rules;
using LockAnalyzers.Shutdown;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>
/// Arms the watchdog as the first statement of the handler; where the process may live on, only until the handler returns. A stop
/// member that awaits without its token is better served by the token, where the awaited call takes one: that comes first.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK201UnguardedShutdownCodeFix))]
public sealed class LOCK201UnguardedShutdownCodeFix : LockCodeFix
{
    public const string ArmKey = "LOCK201.Arm";
    public const string TokenKey = "LOCK201.Token";

    private static readonly SyntaxAnnotation Armed = new("LockAnalyzers.Armed");

    public LOCK201UnguardedShutdownCodeFix()
        : base(LOCK201UnguardedShutdownAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site)
    {
        var isAwait = site.Diagnostic.Properties.TryGetValue(LOCK201UnguardedShutdownAnalyzer.RiskProperty, out var risk) && risk == nameof(StepKind.Await);
        if (isAwait && site.Node is MethodDeclarationSyntax stop && TokenArgument.Find(site, stop) is { } token)
            yield return new Edit($"Pass '{token.Name}' on", TokenKey, editor => editor.ReplaceNode(token.Call, token.Fixed));

        var facts = new ShutdownFacts(site.Model.Compilation, site.Context.Catalog);
        if (!site.Runtime.IsReferenced || HandlerFunction.Find(site, facts) is not { Function: { } function, Entry: var entry })
            yield break;
        if (entry.IsScoped && ((CSharpParseOptions)function.SyntaxTree.Options).LanguageVersion < LanguageVersion.CSharp8)
            yield break;

        // A method that only returns a task would disarm before the task has ended.
        var awaitsResult = isAwait && function is MethodDeclarationSyntax { Modifiers: var modifiers } && !modifiers.Any(SyntaxKind.AsyncKeyword);
        if (awaitsResult && !FirstStatement.CanAwaitResult((MethodDeclarationSyntax)function))
            yield break;

        var statement = Statement(site, entry, function).WithAdditionalAnnotations(Armed);
        yield return new Edit("Arm ShutdownWatchdog first (LockAnalyzers.Runtime)", ArmKey, editor => editor.ReplaceNode(
            function,
            // Several registrations may share one handler.
            (current, _) => current.GetAnnotatedNodes(Armed).Any(node => node.FirstAncestorOrSelf<SyntaxNode>(IsFunction) == current) ? current : FirstStatement.Insert(current, statement, awaitsResult)));
    }

    private static StatementSyntax Statement(FixSite site, ShutdownRoot entry, SyntaxNode function)
    {
        if (!entry.IsScoped)
            return WatchdogStatement.Arm(site, entry.Grace);

        var declaration = (LocalDeclarationStatementSyntax)ParseStatement($"using var {NewName.In(function, "watchdog")} = x;");
        return declaration.ReplaceNode(declaration.Declaration.Variables[0].Initializer!.Value, WatchdogStatement.Call(site, entry.Grace));
    }

    private static bool IsFunction(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax;
}
