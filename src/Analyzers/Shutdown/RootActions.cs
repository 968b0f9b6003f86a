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
        start.RegisterSyntaxNodeAction(
            node =>
            {
                if (Find(node.Node, node.SemanticModel, facts, node.CancellationToken) is { } root)
                    action(node, root);
            },
            SyntaxKind.AddAssignmentExpression, SyntaxKind.InvocationExpression, SyntaxKind.MethodDeclaration, SyntaxKind.DestructorDeclaration);
    }

    /// <summary>All roots that stand in a file, in the order they stand.</summary>
    public static IEnumerable<Root> In(SemanticModel model, ShutdownFacts facts, CancellationToken cancellation)
    {
        foreach (var node in model.SyntaxTree.GetRoot(cancellation).DescendantNodes())
        {
            if (node.RawKind is (int)SyntaxKind.AddAssignmentExpression or (int)SyntaxKind.InvocationExpression or (int)SyntaxKind.MethodDeclaration or (int)SyntaxKind.DestructorDeclaration
                && Find(node, model, facts, cancellation) is { } root)
            {
                yield return root;
            }
        }
    }

    private static Root? Find(SyntaxNode node, SemanticModel model, ShutdownFacts facts, CancellationToken cancellation)
    {
        if (node is MethodDeclarationSyntax method)
        {
            return (facts.Catalog.StopNames.Contains(method.Identifier.ValueText) || StopNames.MayBeStop(method.Identifier.ValueText, facts.Catalog))
                && model.GetDeclaredSymbol(method, cancellation) is { } symbol
                    ? ShutdownRoots.Stopping(symbol, facts)
                    : null;
        }

        if (node is DestructorDeclarationSyntax finalizer)
            return model.GetDeclaredSymbol(finalizer, cancellation) is { } symbol ? ShutdownRoots.Member(symbol, facts) : null;

        return CallActions.NameOf(node) is { } name && facts.Catalog.RegistrationNames.Contains(name)
            && model.GetOperation(node, cancellation) is { } operation && Owner(model, node, cancellation) is { } owner
                ? ShutdownRoots.Registered(operation, owner, facts)
                : null;
    }

    /// <summary>The member around the node, whatever lambdas and local functions stand between.</summary>
    private static ISymbol? Owner(SemanticModel model, SyntaxNode node, CancellationToken cancellation)
    {
        var symbol = model.GetEnclosingSymbol(node.SpanStart, cancellation);
        while (symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
            symbol = symbol.ContainingSymbol;
        return symbol;
    }
}
