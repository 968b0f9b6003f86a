using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Values;

/// <summary>
/// Where a name stands in one file. Looked for in the text, once for each name that is asked for, and only what is found there in the tree: to search a
/// text costs far less than to visit every node. A name that is written with escapes (<c>\u0041</c>) is not found. Safe in concurrent actions.
/// </summary>
internal sealed class Mentions
{
    private static readonly ConditionalWeakTable<SyntaxTree, Mentions> Cache = new();

    private readonly ConcurrentDictionary<string, List<int>> _places = new(StringComparer.Ordinal);
    private readonly string _text;

    private Mentions(string text) => _text = text;

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

    /// <summary>The tokens inside some code at which a word begins; of comments and disabled code, none.</summary>
    private static IEnumerable<SyntaxToken> Words(string word, SyntaxNode code)
    {
        var file = Cache.GetValue(code.SyntaxTree, static tree => new Mentions(tree.GetText().ToString()));
        var places = file._places.GetOrAdd(word, file.Find);
        var first = places.BinarySearch(code.SpanStart);
        for (var i = first < 0 ? ~first : first; i < places.Count && places[i] < code.Span.End; i++)
        {
            var token = code.FindToken(places[i]);
            if (token.Span.Contains(places[i]))
                yield return token;
        }
    }

    /// <summary>Where the text has the word by itself, and not as a part of a longer one.</summary>
    private List<int> Find(string word)
    {
        var places = new List<int>();
        for (var at = Next(0); at >= 0; at = Next(at + word.Length))
        {
            if (!IsPart(at - 1) && !IsPart(at + word.Length))
                places.Add(at);
        }

        return places;

        int Next(int from) => word.Length == 0 ? -1 : _text.IndexOf(word, from, StringComparison.Ordinal);
        bool IsPart(int at) => at >= 0 && at < _text.Length && SyntaxFacts.IsIdentifierPartCharacter(_text[at]);
    }
}
