using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Shutdown;

/// <summary>How a rule asks to see the shutdown roots of a compilation. Names are asked first: a file that holds none of them is never bound for us.</summary>
internal static class RootActions
{
    public static void RegisterRoots(this CompilationStartAnalysisContext start, ShutdownFacts facts, Action<SyntaxNodeAnalysisContext, Root> action)
    {
        var roots = facts.Catalog.ShutdownRoots;
        if (roots.IsEmpty)
            return;

        start.RegisterSyntaxNodeAction(
            node =>
            {
                if (node.Node is MethodDeclarationSyntax method
                        ? roots.HasName(method.Identifier.ValueText)
                        : CallActions.NameOf(node.Node) is { } name && (roots.HasName(name) || facts.Catalog.RegisterWords.Contains(name)))
                {
                    if (Find(node, facts) is { } root)
                        action(node, root);
                }
            },
            SyntaxKind.AddAssignmentExpression, SyntaxKind.InvocationExpression, SyntaxKind.MethodDeclaration);
    }

    private static Root? Find(SyntaxNodeAnalysisContext node, ShutdownFacts facts) => node.Node switch
    {
        MethodDeclarationSyntax method => node.SemanticModel.GetDeclaredSymbol(method, node.CancellationToken) is { } symbol ? ShutdownRoots.Member(symbol, facts) : null,
        var registration => node.ContainingSymbol is { } owner && node.SemanticModel.GetOperation(registration, node.CancellationToken) is { } operation
            ? ShutdownRoots.Registered(operation, owner, facts)
            : null,
    };
}
