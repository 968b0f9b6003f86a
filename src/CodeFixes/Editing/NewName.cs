using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>Names for what a fix declares.</summary>
internal static class NewName
{
    /// <summary>
    /// The name, with a number if need be, so that it means nothing yet in the function at the place, in those inside it and in those around
    /// it; their neighbours may use it too.
    /// </summary>
    public static string In(SyntaxNode place, string wanted)
    {
        var function = place.FirstAncestorOrSelf<SyntaxNode>(IsFunction) ?? place.SyntaxTree.GetRoot();
        var member = place.FirstAncestorOrSelf<MemberDeclarationSyntax>(node => node is not GlobalStatementSyntax) ?? place.SyntaxTree.GetRoot();
        var taken = new HashSet<string>(
            member.DescendantTokens(node => !IsFunction(node) || node.Span.IntersectsWith(function.Span)).Where(token => token.IsKind(SyntaxKind.IdentifierToken)).Select(token => token.ValueText),
            StringComparer.Ordinal);
        var name = wanted;
        for (var number = 2; taken.Contains(name); number++)
            name = wanted + number;
        return name;
    }

    private static bool IsFunction(SyntaxNode node) => node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax;
}
