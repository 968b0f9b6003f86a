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
        MethodDeclarationSyntax { Identifier.ValueText: var name } => catalog.Says(name, NameSense.Cleanup),
        LocalFunctionStatementSyntax { Identifier.ValueText: var name } => catalog.Says(name, NameSense.Cleanup),
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

    public static bool Is(string name, WordLists lists) =>
        Words.Of(name) is var words && words.Exists(lists.Of("cleanup").Contains) && !lists.Of("acquire-verb").Contains(words[0]) && words[0] is not ("is" or "can" or "has" or "get");
}
