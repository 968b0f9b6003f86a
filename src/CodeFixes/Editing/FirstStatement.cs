using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>Puts a statement before all others of a function. A body that is an expression becomes a block; what the user wrote keeps its trivia.</summary>
internal static class FirstStatement
{
    /// <summary>
    /// The function with the statement in front. <paramref name="awaitsResult"/>: a task that it returned is awaited instead, so that
    /// the statement holds until the task has ended; the function becomes async.
    /// </summary>
    public static SyntaxNode Insert(SyntaxNode function, StatementSyntax statement, bool awaitsResult = false) => function switch
    {
        AnonymousFunctionExpressionSyntax { Block: { } block } lambda => lambda.ReplaceNode(block, Into(block, statement, false)),
        LambdaExpressionSyntax { ExpressionBody: { } expression } lambda => lambda.WithExpressionBody(null).WithBlock(OneLine(expression, statement)),
        MethodDeclarationSyntax { Body: { } body } method => Async(method.WithBody(Into(body, statement, awaitsResult)), awaitsResult),
        MethodDeclarationSyntax { ExpressionBody: { } arrow } method => Async(
            method.WithParameterList(method.ParameterList.WithTrailingTrivia())
                .WithExpressionBody(null)
                .WithSemicolonToken(default)
                .WithBody(Block(arrow, method.SemicolonToken, statement, Indentation(method), Returns(method.ReturnType, method.Modifiers), awaitsResult)),
            awaitsResult),
        LocalFunctionStatementSyntax { Body: { } body } local => local.WithBody(Into(body, statement, false)),
        LocalFunctionStatementSyntax { ExpressionBody: { } arrow } local =>
            local.WithParameterList(local.ParameterList.WithTrailingTrivia())
                .WithExpressionBody(null)
                .WithSemicolonToken(default)
                .WithBody(Block(arrow, local.SemicolonToken, statement, Indentation(local), Returns(local.ReturnType, local.Modifiers), false)),
        _ => function,
    };

    /// <summary>True when the result of the method can be awaited in place of being returned: it is an expression, or one return ends the body.</summary>
    public static bool CanAwaitResult(MethodDeclarationSyntax method) =>
        method.ReturnType.ToString() is { } type && !type.Contains("<")
        && (method.Body is not { } body
            || (body.Statements.LastOrDefault() is ReturnStatementSyntax { Expression: not null } last
                && body.DescendantNodes(node => node is not (AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax)).OfType<ReturnStatementSyntax>().All(found => found == last)));

    private static BlockSyntax Into(BlockSyntax block, StatementSyntax statement, bool awaitsResult)
    {
        if (awaitsResult && block.Statements.Last() is ReturnStatementSyntax { Expression: { } result } last)
        {
            block = block.ReplaceNode(last, ExpressionStatement(Awaited(result), last.SemicolonToken).WithTriviaFrom(last));
        }

        var first = block.Statements[0];
        var newLine = block.OpenBraceToken.TrailingTrivia.FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        var placed = newLine == default
            ? statement.WithTrailingTrivia(Space)
            : statement.WithLeadingTrivia(first.GetLeadingTrivia().Where(trivia => trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Take(1)).WithTrailingTrivia(newLine);
        return block.WithStatements(block.Statements.Insert(0, placed));
    }

    private static BlockSyntax OneLine(ExpressionSyntax expression, StatementSyntax statement) =>
        SyntaxFactory.Block(
            Token(expression.GetLeadingTrivia(), SyntaxKind.OpenBraceToken, TriviaList(Space)),
            List(new[] { statement.WithTrailingTrivia(Space), ExpressionStatement(expression.WithoutTrivia()).WithTrailingTrivia(Space) }),
            Token(TriviaList(), SyntaxKind.CloseBraceToken, expression.GetTrailingTrivia()));

    private static BlockSyntax Block(
        ArrowExpressionClauseSyntax arrow, SyntaxToken semicolon, StatementSyntax statement, string indentation, bool returns, bool awaitsResult)
    {
        var newLine = arrow.SyntaxTree.GetRoot().DescendantTrivia().FirstOrDefault(trivia => trivia.IsKind(SyntaxKind.EndOfLineTrivia));
        if (newLine == default)
            newLine = LineFeed;
        var outer = Whitespace(indentation);
        var inner = Whitespace(indentation + "    ");

        var comments = arrow.ArrowToken.TrailingTrivia.Concat(arrow.Expression.GetLeadingTrivia()).Where(IsComment).SelectMany(comment => new[] { comment, Space });
        var expression = arrow.Expression.WithoutLeadingTrivia();
        StatementSyntax rest = awaitsResult ? ExpressionStatement(Awaited(expression))
            : returns ? ReturnStatement(Token(SyntaxKind.ReturnKeyword).WithTrailingTrivia(Space), expression, Token(SyntaxKind.SemicolonToken))
            : ExpressionStatement(expression);
        return SyntaxFactory.Block(
            Token(TriviaList(newLine, outer), SyntaxKind.OpenBraceToken, TriviaList(newLine)),
            List(new[]
            {
                statement.WithLeadingTrivia(inner).WithTrailingTrivia(newLine),
                rest.WithLeadingTrivia(TriviaList(inner).AddRange(comments)).WithTrailingTrivia(newLine),
            }),
            Token(TriviaList(outer), SyntaxKind.CloseBraceToken, semicolon.TrailingTrivia));
    }

    private static ExpressionSyntax Awaited(ExpressionSyntax task) => AwaitExpression(
        Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space),
        task is BinaryExpressionSyntax or ConditionalExpressionSyntax or AssignmentExpressionSyntax or SwitchExpressionSyntax or LambdaExpressionSyntax ? ParenthesizedExpression(task) : task);

    private static MethodDeclarationSyntax Async(MethodDeclarationSyntax method, bool isAsync) =>
        isAsync ? method.WithModifiers(method.Modifiers.Count == 0
            ? TokenList(Token(method.ReturnType.GetLeadingTrivia(), SyntaxKind.AsyncKeyword, TriviaList(Space)))
            : method.Modifiers.Add(Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(Space))) is var changed && method.Modifiers.Count == 0
                ? changed.WithReturnType(changed.ReturnType.WithLeadingTrivia())
                : changed
            : method;

    private static bool Returns(TypeSyntax type, SyntaxTokenList modifiers) =>
        !(type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword }) && !modifiers.Any(SyntaxKind.AsyncKeyword);

    private static bool IsComment(SyntaxTrivia trivia) => trivia.IsKind(SyntaxKind.MultiLineCommentTrivia) || trivia.IsKind(SyntaxKind.SingleLineCommentTrivia);

    private static string Indentation(SyntaxNode member)
    {
        var text = member.SyntaxTree.GetText();
        var line = text.Lines.GetLineFromPosition(member.GetFirstToken().SpanStart).ToString();
        return line.Substring(0, line.Length - line.TrimStart().Length);
    }
}
