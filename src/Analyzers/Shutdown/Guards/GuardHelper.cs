using LockAnalyzers.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Shutdown.Guards;

/// <summary>
/// Whether a function of another type seems to arm a guard. Its meaning would need that file's semantic model, so only its words are
/// read: the name of a guard, or a background thread in a type that speaks of a kill, or a start next to our process id. When in doubt
/// it is one: whoever wrote these words thought of a shutdown that does not end.
/// </summary>
internal static class GuardHelper
{
    public static bool SeemsToArm(IMethodSymbol method, ShutdownFacts facts)
    {
        var programGuards = facts.Catalog.Words.Of("program-guard");
        foreach (var reference in method.DeclaringSyntaxReferences)
        {
            var function = reference.GetSyntax();
            var (isBackground, starts, isOurs) = (false, false, false);
            foreach (var word in Words(function))
            {
                if (facts.Catalog.GuardWords.Contains(word) || programGuards.Contains(word))
                    return true;
                isBackground |= word == nameof(Thread.IsBackground);
                starts |= word == nameof(Thread.Start);
                isOurs |= facts.Catalog.OwnProcessWords.Contains(word);
            }

            if ((starts && isOurs) || (isBackground && function.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type && SpeaksOfOurEnd(type, facts)))
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

    private static bool Mentions(SyntaxNode node, Func<string, bool> isWord) => Words(node).Any(isWord);

    /// <summary>The names in some code. Of a file, in what stands in it as statements: they are the function, the types below them are not.</summary>
    private static IEnumerable<string> Words(SyntaxNode node) =>
        node.DescendantTokens(inner => inner == node || node is not CompilationUnitSyntax || inner is not MemberDeclarationSyntax || inner is GlobalStatementSyntax)
            .Where(static token => token.IsKind(SyntaxKind.IdentifierToken)).Select(static token => token.ValueText);
}
