using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>Writes calls of the Runtime. Blanks are written out, so that no formatter needs to touch what the user wrote inside.</summary>
internal static class RuntimeCall
{
    /// <summary>
    /// <c>Type.Method(arguments, cancellationToken: token)</c>, or <c>await Type.MethodAsync(…)</c> where an await may be written.
    /// The token is the one in scope at the place; it is left out when there is none.
    /// </summary>
    public static ExpressionSyntax Write(FixSite site, string type, string method, params ArgumentSyntax[] arguments) =>
        Write(site, type, method, List(arguments));

    /// <summary>The same with arguments that keep the line breaks they were written with.</summary>
    public static ExpressionSyntax Write(FixSite site, string type, string method, ArgumentListSyntax arguments)
    {
        var isAsync = AwaitScope.Allows(site.Node);
        var call = WriteCall(site, type, isAsync ? method + "Async" : method, arguments);
        return isAsync ? AwaitExpression(Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space), call) : call;
    }

    /// <summary><c>Type.Method(arguments, cancellationToken: token)</c>, to the letter.</summary>
    public static ExpressionSyntax WriteCall(FixSite site, string type, string method, IEnumerable<ArgumentSyntax> arguments) =>
        WriteCall(site, type, method, List(arguments.ToArray()));

    private static ExpressionSyntax WriteCall(FixSite site, string type, string method, ArgumentListSyntax arguments)
    {
        if (CallerToken.Find(site, site.Node) is { } token)
            arguments = arguments.WithArguments(arguments.Arguments.Append(Named("cancellationToken", IdentifierName(token))));
        return InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, site.Runtime.Name(type), IdentifierName(method)), arguments);
    }

    private static ArgumentListSyntax List(ArgumentSyntax[] arguments) =>
        ArgumentList(SeparatedList(arguments, Enumerable.Repeat(Comma, arguments.Length - 1)));

    /// <summary>Adds an argument at the end, behind a comma and a blank.</summary>
    private static SeparatedSyntaxList<ArgumentSyntax> Append(this SeparatedSyntaxList<ArgumentSyntax> arguments, ArgumentSyntax last) =>
        SeparatedList<ArgumentSyntax>(arguments.GetWithSeparators().Add(Comma).Add(last));

    /// <summary><c>() => expression</c></summary>
    public static ArgumentSyntax Lambda(ExpressionSyntax expression) =>
        Argument(ParenthesizedLambdaExpression(default(SyntaxTokenList), ParameterList(), Arrow, null, expression.WithoutTrivia()));

    /// <summary><c>static parameter => expression</c></summary>
    public static ArgumentSyntax StaticLambda(string parameter, string expression) =>
        Argument(ParseExpression($"static {parameter} => {expression}"));

    public static ArgumentSyntax Named(string name, ExpressionSyntax value) =>
        Argument(NameColon(IdentifierName(name), Token(SyntaxKind.ColonToken).WithTrailingTrivia(Space)), default, value);

    /// <summary>Takes the place of an expression: keeps its trivia, and puts parentheses around an await where the grammar asks for them.</summary>
    public static ExpressionSyntax InPlaceOf(this ExpressionSyntax replacement, SyntaxNode original)
    {
        var needsParentheses = replacement is AwaitExpressionSyntax
            && original.Parent is MemberAccessExpressionSyntax or ElementAccessExpressionSyntax or ConditionalAccessExpressionSyntax or PostfixUnaryExpressionSyntax;
        return (needsParentheses ? ParenthesizedExpression(replacement) : replacement).WithTriviaFrom(original);
    }

    public static SyntaxToken Comma => Token(SyntaxKind.CommaToken).WithTrailingTrivia(Space);

    private static SyntaxToken Arrow => Token(TriviaList(Space), SyntaxKind.EqualsGreaterThanToken, TriviaList(Space));
}
