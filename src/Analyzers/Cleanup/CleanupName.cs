using System.Collections.Immutable;
using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Cleanup;

/// <summary>Functions that give back or stop, by their name: <c>StopAsync</c>, <c>TryReleaseLock</c>, <c>OnProcessExit</c>.</summary>
internal static class CleanupName
{
    public static bool Is(SyntaxNode function, ResolvedCatalog catalog) => function switch
    {
        MethodDeclarationSyntax { Identifier.ValueText: var name } => Is(name, catalog),
        LocalFunctionStatementSyntax { Identifier.ValueText: var name } => Is(name, catalog),
        FinallyClauseSyntax => true,
        _ => false,
    };

    /// <summary>As a message names the function.</summary>
    public static string Of(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax { Identifier.ValueText: var name } => name,
        LocalFunctionStatementSyntax { Identifier.ValueText: var name } => name,
        FinallyClauseSyntax => "finally",
        _ => "The handler",
    };

    private static bool Is(string name, ResolvedCatalog catalog)
    {
        var cleanup = catalog.Words.Of("cleanup");
        if (!MayHold(name, cleanup))
            return false;
        var words = Words.Of(name);
        return words.Exists(cleanup.Contains) && !catalog.Words.Of("acquire-verb").Contains(words[0]) && words[0] is not ("is" or "can" or "has" or "get");
    }

    /// <summary>Asked of every method: nothing is allocated for a name that holds none of the words.</summary>
    private static bool MayHold(string name, ImmutableHashSet<string> words)
    {
        foreach (var word in words)
        {
            if (name.IndexOf(word, StringComparison.OrdinalIgnoreCase) >= 0)
                return true;
        }

        return false;
    }
}
