using LockAnalyzers.Framework;
using LockAnalyzers.Catalog;
using LockAnalyzers.Loops;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>Gives a loop a deadline of its own: a stopwatch before it, and a look at it before the pause.</summary>
internal static class LoopDeadline
{
    /// <summary>Null where the loop does not pause in a statement of its own, and where it would catch the exception.</summary>
    public static Action<SyntaxEditor>? Find(FixSite site, StatementSyntax loop, ResolvedCatalog catalog)
    {
        if (loop is not (WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax) || loop.Parent is not BlockSyntax)
            return null;
        var pause = loop.DescendantNodes(node => node is not AnonymousFunctionExpressionSyntax and not LocalFunctionStatementSyntax)
            .OfType<ExpressionStatementSyntax>()
            .FirstOrDefault(statement => statement.Parent is BlockSyntax && IsPause(statement, catalog));
        if (pause is null || RepeatedCode.Loops(pause).First() != loop || IsCaught(pause, loop, site.Model))
            return null;

        var name = NewName.In(loop, "waited");
        string Shown(string type) => site.Model.Compilation.GetTypeByMetadataName(type)!.ToMinimalDisplayString(site.Model, loop.SpanStart);
        var newLine = loop.LineEnd();
        var start = ParseStatement($"var {name} = {Shown("System.Diagnostics.Stopwatch")}.StartNew();")
            .WithLeadingTrivia(loop.GetLeadingTrivia()).WithTrailingTrivia(newLine);
        var indent = pause.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Take(1).ToArray();
        var inner = indent.Length == 0 ? TriviaList(Space) : TriviaList(Whitespace(indent[0] + "    "));
        var look = IfStatement(
            Token(SyntaxKind.IfKeyword).WithTrailingTrivia(Space),
            Token(SyntaxKind.OpenParenToken),
            ParseExpression($"{name}.Elapsed > {Shown("System.TimeSpan")}.FromSeconds(10)"),
            Token(SyntaxKind.CloseParenToken).WithTrailingTrivia(newLine),
            ParseStatement($"throw new {Shown("System.TimeoutException")}();").WithLeadingTrivia(inner).WithTrailingTrivia(newLine),
            null).WithLeadingTrivia(pause.GetLeadingTrivia());
        return editor =>
        {
            editor.InsertBefore(loop, start);
            editor.InsertBefore(pause, look);
            editor.ReplaceNode(pause, (current, _) => current.WithLeadingTrivia(indent));
            editor.ReplaceNode(loop, (current, _) => current.WithLeadingTrivia(loop.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Reverse().Take(1)));
        };
    }

    /// <summary>A statement that sleeps or delays, told by name.</summary>
    public static bool IsPause(ExpressionStatementSyntax statement, ResolvedCatalog catalog)
    {
        var expression = statement.Expression is AwaitExpressionSyntax awaited ? awaited.Expression : statement.Expression;
        while (expression is InvocationExpressionSyntax call && CallActions.NameOf(call) is { } name)
        {
            if (catalog.PauseWords.Contains(name))
                return true;
            if (call.Expression is not MemberAccessExpressionSyntax { Expression: var inner })
                return false;
            expression = inner;
        }

        return false;
    }

    /// <summary>True when a <c>try</c> between the pause and the loop would catch a time-out.</summary>
    private static bool IsCaught(SyntaxNode pause, SyntaxNode loop, SemanticModel model)
    {
        for (SyntaxNode? node = pause; node is not null && node != loop; node = node.Parent)
        {
            if (node.Parent is TryStatementSyntax tried && tried.Block == node && tried.Catches.Any(handler =>
                handler.Declaration is null || model.GetTypeInfo(handler.Declaration.Type).Type is { Name: "Exception" or "SystemException" or "TimeoutException" }))
            {
                return true;
            }
        }

        return false;
    }
}
