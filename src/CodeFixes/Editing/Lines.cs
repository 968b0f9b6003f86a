using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>Indentation and line ends as the file has them, so that moved and added statements look as if written there.</summary>
internal static class Lines
{
    /// <summary>The blanks at the beginning of the line that the node starts on.</summary>
    public static string Indentation(this SyntaxNode node)
    {
        var line = node.SyntaxTree.GetText().Lines.GetLineFromPosition(node.SpanStart).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }

    /// <summary>True when nothing else stands before the node on its line.</summary>
    public static bool StartsLine(this SyntaxNode node)
    {
        var text = node.SyntaxTree.GetText();
        return string.IsNullOrWhiteSpace(text.ToString(Microsoft.CodeAnalysis.Text.TextSpan.FromBounds(text.Lines.GetLineFromPosition(node.SpanStart).Start, node.SpanStart)));
    }

    /// <summary>The end of line that the file uses.</summary>
    public static SyntaxTrivia LineEnd(this SyntaxNode node)
    {
        foreach (var trivia in node.SyntaxTree.GetRoot().DescendantTrivia())
        {
            if (trivia.IsKind(SyntaxKind.EndOfLineTrivia))
                return trivia;
        }

        return LineFeed;
    }

    /// <summary>A step further in, in tabs where the file has tabs.</summary>
    public static string Deeper(string indentation) => indentation + (indentation.Contains("\t") ? "\t" : "    ");

    /// <summary>The node with each line that began with <paramref name="from"/> beginning with <paramref name="to"/>.</summary>
    public static T Reindented<T>(this T node, string from, string to)
        where T : SyntaxNode =>
        node.ReplaceTrivia(
            node.DescendantTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia) && BeginsLine(trivia) && trivia.ToString().StartsWith(from, StringComparison.Ordinal)),
            (trivia, _) => Whitespace(to + trivia.ToString().Substring(from.Length)));

    /// <summary>The statement without the empty lines above it.</summary>
    public static StatementSyntax WithoutLeadingEmptyLines(this StatementSyntax statement)
    {
        var leading = statement.GetLeadingTrivia();
        while (leading.Count > 0 && (leading[0].IsKind(SyntaxKind.EndOfLineTrivia) || (leading.Count > 1 && leading[0].IsKind(SyntaxKind.WhitespaceTrivia) && leading[1].IsKind(SyntaxKind.EndOfLineTrivia))))
            leading = leading.RemoveAt(0);
        return statement.WithLeadingTrivia(leading);
    }

    private static bool BeginsLine(SyntaxTrivia trivia) =>
        trivia.SyntaxTree is not { } tree || tree.GetText().Lines.GetLineFromPosition(trivia.SpanStart).Start == trivia.SpanStart;
}
