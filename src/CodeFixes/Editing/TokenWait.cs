using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>A task that could be awaited no longer than until the token of the method around it is cancelled.</summary>
internal sealed record TokenWait(string Name, ExpressionSyntax Task, ExpressionSyntax Fixed)
{
    private const string WaitAsync = nameof(WaitAsync);

    /// <summary>For the first additional location of the diagnostic; null where the task is awaited by another function, or has no such form.</summary>
    public static TokenWait? Find(FixSite site, MethodDeclarationSyntax method)
    {
        if (site.Diagnostic.AdditionalLocations.FirstOrDefault() is not { } place || place.SourceTree != method.SyntaxTree || !method.Span.Contains(place.SourceSpan)
            || site.Model.GetDeclaredSymbol(method, site.Cancellation)?.Parameters.FirstOrDefault(parameter => parameter.Type.IsToken()) is not { Name: not "_" } token
            || Awaited(method.SyntaxTree.GetRoot(site.Cancellation).FindNode(place.SourceSpan, getInnermostNodeForTie: true)) is not { } task
            || !TakesToken(site.Model.GetTypeInfo(task, site.Cancellation).Type))
        {
            return null;
        }

        var bare = task.WithoutTrivia();
        var target = bare is IdentifierNameSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax or ParenthesizedExpressionSyntax or ElementAccessExpressionSyntax
            ? bare
            : ParenthesizedExpression(bare);
        var wait = InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, target, IdentifierName(WaitAsync)),
            ArgumentList(SingletonSeparatedList(Argument(IdentifierName(token.Name)))));
        return new TokenWait(token.Name, task, wait.WithTriviaFrom(task));
    }

    /// <summary>The whole of what is awaited or returned, without <c>ConfigureAwait</c>.</summary>
    private static ExpressionSyntax? Awaited(SyntaxNode node)
    {
        for (var current = node; current is not null and not StatementSyntax and not AnonymousFunctionExpressionSyntax; current = current.Parent)
        {
            if (current is ExpressionSyntax whole && current.Parent is AwaitExpressionSyntax or ReturnStatementSyntax or ArrowExpressionClauseSyntax { Parent: MethodDeclarationSyntax })
            {
                return whole is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Expression: var configured } }
                    ? configured
                    : whole;
            }
        }

        return null;
    }

    private static bool TakesToken(ITypeSymbol? task) =>
        task is { OriginalDefinition: var type } && type.GetMembers(WaitAsync).OfType<IMethodSymbol>().Any(method => method.Parameters.Length == 1 && method.Parameters[0].Type.IsToken());
}
