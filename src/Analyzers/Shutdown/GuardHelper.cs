using LockAnalyzers.Catalog;
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
            if (Mentions(function, facts.Catalog.GuardWords.Contains) || Mentions(function, facts.Catalog.Words.Of("program-guard").Contains))
                return true;
            if (Mentions(function, word => word == nameof(Thread.IsBackground))
                && function.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type && SpeaksOfOurEnd(type, facts))
            {
                return true;
            }

            if (Mentions(function, word => word == nameof(Thread.Start)) && Mentions(function, facts.Catalog.OwnProcessWords.Contains))
                return true;
        }

        return false;
    }

    /// <summary>True when a file uses a guard that arms itself once the process is told to end.</summary>
    public static bool GuardsProgram(SyntaxTree file, ShutdownFacts facts) =>
        file.GetRoot().DescendantNodes().OfType<IdentifierNameSyntax>().Any(name => facts.Catalog.Words.Of("program-guard").Contains(name.Identifier.ValueText));

    /// <summary>The same for a function that seems to end the process.</summary>
    public static bool SeemsToEnd(IMethodSymbol method, ShutdownFacts facts) =>
        method.DeclaringSyntaxReferences.Any(reference => Mentions(reference.GetSyntax(), facts.Catalog.ExitWords.Contains) || SpeaksOfOurEnd(reference.GetSyntax(), facts));

    /// <summary>A kill, and of this process where it could be another.</summary>
    private static bool SpeaksOfOurEnd(SyntaxNode node, ShutdownFacts facts) =>
        Mentions(node, word => facts.Catalog.KillWords.Contains(word) && !facts.Catalog.TargetedKillWords.Contains(word))
        || (Mentions(node, facts.Catalog.TargetedKillWords.Contains) && Mentions(node, facts.Catalog.OwnProcessWords.Contains));

    /// <summary>Of a file, what stands in it as statements: they are the function, the types below them are not.</summary>
    private static bool Mentions(SyntaxNode node, Func<string, bool> isWord) =>
        node.DescendantTokens(inner => inner == node || node is not CompilationUnitSyntax || inner is not MemberDeclarationSyntax || inner is GlobalStatementSyntax)
            .Any(token => token.IsKind(SyntaxKind.IdentifierToken) && isWord(token.ValueText));
}
