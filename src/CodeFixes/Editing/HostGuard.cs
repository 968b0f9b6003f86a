using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>The one line that guards the whole program, before the first hosted service is added to its host.</summary>
internal static class HostGuard
{
    private const string Method = "AddShutdownWatchdog";

    private static readonly SyntaxAnnotation Guarded = new("LockAnalyzers.Guarded");

    /// <summary>Null where the package brings no such method, and where nothing shows how the services are collected.</summary>
    public static Edit? Find(FixSite site, string key)
    {
        if (site.Model.Compilation.GetTypeByMetadataName("Microsoft.Extensions.DependencyInjection.ShutdownWatchdogServices") is null)
            return null;
        foreach (var file in site.Context.Shutdown.Program.Files)
        {
            if (Adding(file.GetRoot(site.Cancellation), site.Context.Catalog) is { Expression: MemberAccessExpressionSyntax { Expression: var services } } call)
            {
                return new Edit($"Add {Method} to the host (LockAnalyzers.Runtime)", key, editor => Insert(editor, call, services))
                {
                    Elsewhere = file == site.Model.SyntaxTree ? null : file,
                };
            }
        }

        return null;
    }

    /// <summary>In a chain of calls the first ends first.</summary>
    private static InvocationExpressionSyntax? Adding(SyntaxNode file, ResolvedCatalog catalog) =>
        file.DescendantNodes().OfType<InvocationExpressionSyntax>()
            .Where(call => CallActions.NameOf(call) is { } name && catalog.Words.Of("adds-service").Contains(name))
            .OrderBy(call => call.Span.End).FirstOrDefault();

    /// <summary>A statement of its own where the services have a name; else a link in the chain of calls. One line answers all reports.</summary>
    private static void Insert(SyntaxEditor editor, InvocationExpressionSyntax call, ExpressionSyntax services)
    {
        if (editor.GetChangedRoot().GetAnnotatedNodes(Guarded).Any())
            return;
        if (services is IdentifierNameSyntax or MemberAccessExpressionSyntax && call.Parent is ExpressionStatementSyntax { Parent: BlockSyntax or GlobalStatementSyntax } statement && statement.StartsLine())
        {
            var added = ExpressionStatement(Added(services.WithoutTrivia())).WithAdditionalAnnotations(Guarded)
                .WithLeadingTrivia(statement.GetLeadingTrivia()).WithTrailingTrivia(statement.LineEnd());
            editor.InsertBefore(statement.Parent is GlobalStatementSyntax top ? top : statement, statement.Parent is GlobalStatementSyntax ? GlobalStatement(added) : added);
            editor.ReplaceNode(statement, (current, _) => current.WithLeadingTrivia(Whitespace(statement.Indentation())));
        }
        else
        {
            editor.ReplaceNode(services, (current, _) => Added((ExpressionSyntax)current.WithoutTrailingTrivia()).WithAdditionalAnnotations(Guarded).WithTrailingTrivia(services.GetTrailingTrivia()));
        }
    }

    private static InvocationExpressionSyntax Added(ExpressionSyntax services) =>
        InvocationExpression(MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, services, IdentifierName(Method)));
}
