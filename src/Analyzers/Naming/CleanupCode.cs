using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Naming;

/// <summary>
/// Code that gives back, stops or frees. The caller's token may already be cancelled there, and the work must be done all the same:
/// it needs a deadline of its own.
/// </summary>
internal static class CleanupCode
{
    /// <summary>True inside a finally block, a finalizer, and a function whose name begins with one of the words.</summary>
    public static bool Contains(SyntaxNode place, ImmutableHashSet<string> cleanupWords)
    {
        for (var node = place; node is not null and not BaseTypeDeclarationSyntax; node = node.Parent)
        {
            switch (node)
            {
                case FinallyClauseSyntax or DestructorDeclarationSyntax:
                case MethodDeclarationSyntax method when IsCleanup(method.Identifier.ValueText, cleanupWords):
                case LocalFunctionStatementSyntax function when IsCleanup(function.Identifier.ValueText, cleanupWords):
                    return true;
            }
        }

        return false;
    }

    /// <summary><c>StopAsync</c>, <c>OnStopping</c>.</summary>
    private static bool IsCleanup(string name, ImmutableHashSet<string> cleanupWords)
    {
        var words = Words.Of(name);
        return words.Count > 0 && (cleanupWords.Contains(words[0]) || (words[0] == "on" && words.Count > 1 && cleanupWords.Contains(words[1])));
    }
}
