using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Cleanup;

/// <summary>Functions as the syntax shows them.</summary>
internal static class FunctionNodes
{
    public static bool IsFunction(this SyntaxNode node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax or AccessorDeclarationSyntax;

    /// <summary>The nodes of a function without those of the functions inside it.</summary>
    public static IEnumerable<SyntaxNode> OwnNodes(this SyntaxNode function) => function.DescendantNodes(node => node == function || !node.IsFunction());

    /// <summary>The lambda, local function or member that the node stands in; null outside of all.</summary>
    public static SyntaxNode? EnclosingFunction(this SyntaxNode node) => node.Parent?.FirstAncestorOrSelf<SyntaxNode>(IsFunction);

    /// <summary>Within which names are looked up: the type, or the file of top-level statements.</summary>
    public static SyntaxNode Scope(this SyntaxNode node) => node.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? node.SyntaxTree.GetRoot();
}
