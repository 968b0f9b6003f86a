using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>An asynchronous lambda that nobody waits for, made one that waits for its own work: on the pool, so that no context is needed, and within a limit.</summary>
internal static class AwaitedHandler
{
    public static AnonymousFunctionExpressionSyntax? Of(FixSite site, SyntaxNode function)
    {
        if (function is not LambdaExpressionSyntax { Body: var body, ArrowToken: var arrow } lambda || !lambda.AsyncKeyword.IsKind(SyntaxKind.AsyncKeyword))
            return null; // delegate { … } has no expression for its body.

        var work = ParenthesizedLambdaExpression(ParameterList(), body.WithoutTrailingTrivia())
            .WithAsyncKeyword(Token(SyntaxKind.AsyncKeyword).WithTrailingTrivia(Space))
            .WithArrowToken(arrow.WithLeadingTrivia(Space));
        var run = (InvocationExpressionSyntax)ParseExpression($"{FrameworkName.Task(site)}.Run()");
        var wait = (InvocationExpressionSyntax)ParseExpression($"x.Wait({FrameworkName.TimeSpan(site)}.FromSeconds(10))");
        var whole = wait.ReplaceNode(((MemberAccessExpressionSyntax)wait.Expression).Expression, run.AddArgumentListArguments(Argument(work))).WithTrailingTrivia(body.GetTrailingTrivia());
        var modifiers = TokenList(lambda.Modifiers.Where(static modifier => !modifier.IsKind(SyntaxKind.AsyncKeyword)));
        return (LambdaExpressionSyntax)lambda.WithModifiers(modifiers).WithArrowToken(arrow.WithTrailingTrivia(Space)).WithBody(whole).WithLeadingTrivia(lambda.GetLeadingTrivia());
    }
}
