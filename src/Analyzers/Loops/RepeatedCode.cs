using LockAnalyzers.Framework;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Loops;

/// <summary>What repeats code, as the syntax shows it: asked before any control flow is followed.</summary>
internal static class RepeatedCode
{
    /// <summary>True when a loop, a label or a call of its own function may bring control to the place a second time.</summary>
    public static bool MayRepeat(SyntaxNode place) => Loops(place).Any() || (Function(place) is { } function && StartsOver(function));

    /// <summary>The loops around a place in its function, from the inside out.</summary>
    public static IEnumerable<StatementSyntax> Loops(SyntaxNode place)
    {
        for (var node = place.Parent; node is not null && !IsFunction(node); node = node.Parent)
        {
            if (node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax)
                yield return (StatementSyntax)node;
        }
    }

    /// <summary>The lambda, local function or member around a place; of top-level statements, the file.</summary>
    public static SyntaxNode? Function(SyntaxNode place)
    {
        for (var node = place.Parent; node is not null; node = node.Parent)
        {
            if (IsFunction(node))
                return node;
        }

        return null;
    }

    private static bool StartsOver(SyntaxNode function)
    {
        var name = function switch
        {
            MethodDeclarationSyntax method => method.Identifier.ValueText,
            LocalFunctionStatementSyntax local => local.Identifier.ValueText,
            _ => null,
        };
        return Mentions.OfJumps(function).Any()
            || (name is not null && Mentions.Of(name, function).Any(mention => mention.FirstAncestorOrSelf<InvocationExpressionSyntax>() is { } call && CallActions.NameOf(call) == name));
    }

    private static bool IsFunction(SyntaxNode node) =>
        node is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or CompilationUnitSyntax
            or (MemberDeclarationSyntax and not GlobalStatementSyntax);
}
