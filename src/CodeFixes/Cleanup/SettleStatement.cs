using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Cleanup;

/// <summary>The statement that heads a cleanup function: it waits until the acquisition has ended, and does not go on as if it had.</summary>
internal static class SettleStatement
{
    private const string Kind = "LockAnalyzers.Settled";

    /// <summary>Null where no statement can be put first, or where the function owes a value that cannot say "not yet".</summary>
    public static Action<SyntaxEditor>? Find(FixSite site, SyntaxNode function, KeptTask kept, bool byRuntime)
    {
        if (function is not (MethodDeclarationSyntax or LocalFunctionStatementSyntax or LambdaExpressionSyntax { Block: not null } or LambdaExpressionSyntax { ExpressionBody: not null })
            || site.Model.GetEnclosingSymbol(site.Node.SpanStart, site.Cancellation) is not IMethodSymbol method || !IsPlaceable(function, method))
        {
            return null;
        }

        var statement = Write(site, kept, method, byRuntime, AwaitScope.Allows(FirstNode(function))).WithAdditionalAnnotations(new SyntaxAnnotation(Kind, kept.Name));
        return editor => editor.ReplaceNode(
            function,
            // Several variables may be filled by one acquisition.
            (current, _) => current.GetAnnotatedNodes(Kind).Any(node => node.GetAnnotations(Kind).Any(annotation => annotation.Data == kept.Name) && Function(node) == current) ? current
                : FirstStatement.Insert(current, statement));
    }

    private static StatementSyntax Write(FixSite site, KeptTask kept, IMethodSymbol method, bool byRuntime, bool awaits)
    {
        var answers = method.ReturnType.WithoutTask().SpecialType == SpecialType.System_Boolean;
        if (byRuntime)
        {
            var call = $"{(answers ? "Try" : "")}Settle{(awaits ? "Async" : "")}({kept.Name})";
            var expression = InvocationExpression(
                MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, site.Runtime.Name("PendingAcquisition"), IdentifierName(call.Substring(0, call.IndexOf('(')))),
                ArgumentList(SingletonSeparatedList(Argument(IdentifierName(kept.Name)))));
            ExpressionSyntax settled = awaits ? AwaitExpression(Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space), expression) : expression;
            if (!answers)
                return ExpressionStatement(settled);
            var test = (IfStatementSyntax)ParseStatement("if (!x) return false;");
            return test.ReplaceNode(test.Condition.DescendantNodes().First(), settled);
        }

        var limit = $"{FrameworkName.TimeSpan(site)}.FromSeconds(10)";
        var task = site.Model.Compilation.GetTypeByMetadataName("System.Threading.Tasks.Task")!.ToMinimalDisplayString(site.Model, site.Node.SpanStart);
        var begun = kept.IsOld ? $"{kept.Name} != null && " : "";
        var pending = awaits ? $"await {task}.WhenAny({kept.Name}, {task}.Delay({limit})) != {kept.Name}" : $"{task}.WaitAny(new {task}[] {{ {kept.Name} }}, {limit}) < 0";
        var exception = site.Model.Compilation.GetTypeByMetadataName("System.TimeoutException")!.ToMinimalDisplayString(site.Model, site.Node.SpanStart);
        return ParseStatement($"if ({begun}{pending}) {(answers ? "return false" : $"throw new {exception}(\"The lock is still being acquired.\")")};");
    }

    /// <summary>An iterator, or an expression that is returned by an async function, would have to be written anew.</summary>
    private static bool IsPlaceable(SyntaxNode function, IMethodSymbol method) => function switch
    {
        MethodDeclarationSyntax { ExpressionBody: not null } or LocalFunctionStatementSyntax { ExpressionBody: not null } => !method.IsAsync || method.ReturnType is INamedTypeSymbol { Arity: 0 },
        MethodDeclarationSyntax { Body.Statements.Count: > 0 } or LocalFunctionStatementSyntax { Body.Statements.Count: > 0 } => true,
        LambdaExpressionSyntax { ExpressionBody: not null } => method.ReturnsVoid,
        LambdaExpressionSyntax { Block.Statements.Count: > 0 } => true,
        _ => false,
    };

    private static SyntaxNode FirstNode(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => (SyntaxNode?)method.Body ?? method.ExpressionBody!,
        LocalFunctionStatementSyntax local => (SyntaxNode?)local.Body ?? local.ExpressionBody!,
        LambdaExpressionSyntax lambda => lambda.Body,
        _ => function,
    };

    private static SyntaxNode? Function(SyntaxNode node) =>
        node.FirstAncestorOrSelf<SyntaxNode>(outer => outer is AnonymousFunctionExpressionSyntax or LocalFunctionStatementSyntax or BaseMethodDeclarationSyntax);
}
