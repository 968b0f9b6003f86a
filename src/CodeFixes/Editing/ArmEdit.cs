using LockAnalyzers.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>Arms the watchdog as the first statement of what a shutdown root runs; where the process may live on, only until that returns.</summary>
internal static class ArmEdit
{
    private static readonly SyntaxAnnotation Armed = new("LockAnalyzers.Armed");

    /// <summary>
    /// Null without the Runtime, and where the function cannot be changed. <paramref name="awaits"/>: what may not end is the task that
    /// the function returns, so that a function which only hands it on becomes async, or it would disarm before the task has ended.
    /// </summary>
    public static Edit? Find(FixSite site, string key, bool awaits)
    {
        if (!site.Runtime.IsReferenced || HandlerFunction.Find(site, site.Context.Shutdown) is not { Function: { } function, Entry: var entry })
            return null;
        if (entry.IsScoped && ((CSharpParseOptions)function.SyntaxTree.Options).LanguageVersion < LanguageVersion.CSharp8)
            return null;

        var awaitsResult = awaits && function is MethodDeclarationSyntax { Modifiers: var modifiers } && !modifiers.Any(SyntaxKind.AsyncKeyword);
        if (awaitsResult && !FirstStatement.CanAwaitResult((MethodDeclarationSyntax)function))
            return null;

        var statement = Statement(site, entry, function).WithAdditionalAnnotations(Armed);
        return new Edit("Arm ShutdownWatchdog first (LockAnalyzers.Runtime)", key, editor => editor.ReplaceNode(
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
