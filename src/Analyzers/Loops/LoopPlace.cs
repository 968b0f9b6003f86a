using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace LockAnalyzers.Loops;

/// <summary>Where a retry is reported: the head of its loop, the call by which a method starts over, or the <c>goto</c>.</summary>
internal static class LoopPlace
{
    /// <summary>The keyword and the condition: what decides how often.</summary>
    public static Location Of(StatementSyntax loop)
    {
        var (first, last) = loop switch
        {
            WhileStatementSyntax statement => (statement.WhileKeyword, statement.CloseParenToken),
            ForStatementSyntax statement => (statement.ForKeyword, statement.CloseParenToken),
            CommonForEachStatementSyntax statement => (statement.ForEachKeyword, statement.CloseParenToken),
            DoStatementSyntax statement => (statement.DoKeyword, statement.DoKeyword),
            _ => (loop.GetFirstToken(), loop.GetFirstToken()),
        };
        return Location.Create(loop.SyntaxTree, TextSpan.FromBounds(first.SpanStart, last.Span.End));
    }

    /// <summary>For a function that repeats itself without a loop; null when it does not.</summary>
    public static Location? OfJump(LoopGraph graph, IOperation attempt)
    {
        foreach (var block in graph.Graph.Blocks)
        {
            if (graph.SelfCallsIn(block).FirstOrDefault() is { } call)
                return call.Syntax.GetLocation();
        }

        return RepeatedCode.Function(attempt.Syntax)?.DescendantNodes()
            .FirstOrDefault(node => node is GotoStatementSyntax { Expression: IdentifierNameSyntax })?.GetLocation();
    }
}
