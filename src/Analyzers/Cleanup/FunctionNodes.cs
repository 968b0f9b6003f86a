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

    /// <summary>Where a variable may be filled: the member that declares it, else the type. Many members of a large type may have locals of one name.</summary>
    public static SyntaxNode ScopeOf(this SyntaxNode node, ExpressionSyntax variable) =>
        variable is IdentifierNameSyntax { Identifier.ValueText: var name } && node.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member and not (BaseTypeDeclarationSyntax or GlobalStatementSyntax)
            && member.DescendantNodes().Any(part => part switch
            {
                VariableDeclaratorSyntax local => local.Identifier.ValueText == name,
                SingleVariableDesignationSyntax local => local.Identifier.ValueText == name,
                ParameterSyntax parameter => parameter.Identifier.ValueText == name,
                _ => false,
            })
            ? member
            : node.Scope();

    /// <summary>Within which names are looked up: the type, or the file of top-level statements.</summary>
    public static SyntaxNode Scope(this SyntaxNode node) => node.FirstAncestorOrSelf<TypeDeclarationSyntax>() ?? node.SyntaxTree.GetRoot();
}
