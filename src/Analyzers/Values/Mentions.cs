using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Values;

/// <summary>
/// Where a name stands in some code. Looked for in the text, and only what is found there in the tree: to search a text costs a hundredth of visiting
/// every node of it. A name that is written with escapes (<c>\u0041</c>) is not found.
/// </summary>
internal static class Mentions
{
    private static readonly ConditionalWeakTable<SyntaxTree, string> Texts = new();

    /// <summary>The names inside some code that are this one, in the order they stand.</summary>
    public static IEnumerable<SimpleNameSyntax> Of(string name, SyntaxNode code) =>
        Words(name, code).Where(token => token.ValueText == name).Select(static token => token.Parent).OfType<SimpleNameSyntax>();

    /// <summary>The mentions that are plain identifiers.</summary>
    public static IEnumerable<IdentifierNameSyntax> OfIdentifier(string name, SyntaxNode code) => Of(name, code).OfType<IdentifierNameSyntax>();

    /// <summary>What calls a constructor without naming its type: <c>new()</c>, <c>: base()</c>, <c>: this()</c>.</summary>
    public static IEnumerable<SyntaxNode> OfNamelessCreations(SyntaxNode code) =>
        Words("new", code).Concat(Words("base", code)).Concat(Words("this", code)).Select(static token => token.Parent!)
            .Where(static node => node is ImplicitObjectCreationExpressionSyntax or ConstructorInitializerSyntax);

    /// <summary>Every <c>goto</c> to a label inside some code.</summary>
    public static IEnumerable<SyntaxNode> OfJumps(SyntaxNode code) =>
        Words("goto", code).Select(static token => token.Parent!).Where(static node => node is GotoStatementSyntax { Expression: IdentifierNameSyntax });

    /// <summary>The tokens at which a word begins. Other words, comments and strings that contain it are left out.</summary>
    private static IEnumerable<SyntaxToken> Words(string word, SyntaxNode code)
    {
        var text = Texts.GetValue(code.SyntaxTree, static tree => tree.GetText().ToString());
        var end = code.Span.End;
        for (var at = Next(code.SpanStart); at >= 0; at = Next(at + word.Length))
        {
            if ((at > 0 && SyntaxFacts.IsIdentifierPartCharacter(text[at - 1])) || (at + word.Length < text.Length && SyntaxFacts.IsIdentifierPartCharacter(text[at + word.Length])))
                continue;
            var token = code.FindToken(at);
            if (token.Span.Contains(at))
                yield return token;
        }

        int Next(int from) => from < end ? text.IndexOf(word, from, end - from, StringComparison.Ordinal) : -1;
    }
}
