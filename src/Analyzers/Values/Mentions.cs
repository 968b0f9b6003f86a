using System.Runtime.CompilerServices;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Values;

/// <summary>
/// Where each name stands in one file. Gathered in one walk when a rule first asks, so that a question per call of interest does not
/// read the file again for every call. Positions are kept, not nodes: those live no longer than somebody looks at them.
/// </summary>
internal sealed class Mentions
{
    private static readonly ConditionalWeakTable<SyntaxTree, Mentions> Cache = new();

    private readonly Dictionary<string, List<int>> _places = new(StringComparer.Ordinal);
    private readonly List<int> _jumps = new();

    private Mentions(SyntaxNode root)
    {
        foreach (var node in root.DescendantNodes())
        {
            var name = node switch
            {
                SimpleNameSyntax simple => simple.Identifier.ValueText,
                ImplicitObjectCreationExpressionSyntax or ConstructorInitializerSyntax => WellKnownMemberNames.InstanceConstructorName,
                _ => null,
            };
            if (node is GotoStatementSyntax { Expression: IdentifierNameSyntax })
                _jumps.Add(node.SpanStart);
            if (name is null)
                continue;
            if (!_places.TryGetValue(name, out var places))
                _places.Add(name, places = new List<int>());
            places.Add(node.SpanStart);
        }
    }

    /// <summary>
    /// The nodes that bear the name inside some code, in the order they stand: simple names; for <c>.ctor</c>, what calls a constructor
    /// without naming its type.
    /// </summary>
    public static IEnumerable<SyntaxNode> Of(string name, SyntaxNode code) =>
        In(code.SyntaxTree)._places.TryGetValue(name, out var places) ? Within(code, places) : Enumerable.Empty<SyntaxNode>();

    /// <summary>The mentions that are plain identifiers.</summary>
    public static IEnumerable<IdentifierNameSyntax> OfIdentifier(string name, SyntaxNode code) => Of(name, code).OfType<IdentifierNameSyntax>();

    /// <summary>Every <c>goto</c> to a label inside some code.</summary>
    public static IEnumerable<SyntaxNode> OfJumps(SyntaxNode code) => Within(code, In(code.SyntaxTree)._jumps);

    private static Mentions In(SyntaxTree tree) => Cache.GetValue(tree, static tree => new Mentions(tree.GetRoot()));

    private static IEnumerable<SyntaxNode> Within(SyntaxNode code, List<int> places)
    {
        var first = places.BinarySearch(code.SpanStart);
        for (var i = first < 0 ? ~first : first; i < places.Count && places[i] < code.Span.End; i++)
            yield return code.FindToken(places[i]).Parent!;
    }
}
