using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Shutdown;

/// <summary>
/// Whether a function of another type seems to arm a guard. Its meaning would need that file's semantic model, so only its words are
/// read: the name of a guard, or a background thread in a type that speaks of a kill, or a start next to our process id. When in doubt
/// it is one: whoever wrote these words thought of a shutdown that does not end.
/// </summary>
internal static class GuardHelper
{
    public static bool SeemsToArm(IMethodSymbol method, ShutdownFacts facts)
    {
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            var function = reference.GetSyntax();
            if (Mentions(function, facts.Catalog.GuardWords.Contains))
                return true;
            if (Mentions(function, word => word == nameof(Thread.IsBackground))
                && function.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type && Mentions(type, facts.Catalog.KillWords.Contains))
            {
                return true;
            }

            if (Mentions(function, word => word == nameof(Thread.Start)) && Mentions(function, facts.Catalog.OwnProcessWords.Contains))
                return true;
        }

        return false;
    }

    private static bool Mentions(SyntaxNode node, Func<string, bool> isWord) =>
        node.DescendantTokens().Any(token => token.IsKind(SyntaxKind.IdentifierToken) && isWord(token.ValueText));
}
