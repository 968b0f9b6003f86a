using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Naming;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Shutdown.Guards;

/// <summary>
/// Whether what ends the process after a time is there for a shutdown that does not end. Processes also end themselves when they are
/// idle, or when their parent is gone: those are no guards.
/// </summary>
internal static class GuardPurpose
{
    /// <summary>True where it is set up in a handler or member that stops, or where the names around it, or what it says, speak of it.</summary>
    public static bool IsShutdown(WeakGuard guard, ShutdownFacts facts)
    {
        if (facts.Role(guard.End.TargetMethod) == ShutdownRole.Exit && !IsFollowed(guard.Setup.Syntax))
            return false; // The end itself, a little later: nothing is left to guard.
        var (speaks, catalog) = (false, facts.Catalog);
        for (var node = guard.Setup.Syntax; node is not null; node = node.Parent)
        {
            var name = node switch
            {
                MethodDeclarationSyntax method => method.Identifier.ValueText,
                LocalFunctionStatementSyntax function => function.Identifier.ValueText,
                TypeDeclarationSyntax type => type.Identifier.ValueText,
                VariableDeclaratorSyntax variable => variable.Identifier.ValueText,
                AssignmentExpressionSyntax assignment => CallActions.NameOf(assignment.Left),
                _ => null,
            };
            if (name is not null && Says(name, "guard-other", catalog))
                return false;
            speaks |= (name is not null && (Says(name, "guard-name", catalog) || (node is MethodDeclarationSyntax && catalog.Says(name, NameSense.Stop))))
                || (node is LambdaExpressionSyntax && IsHandler(node, catalog));
        }

        return speaks || guard.End.Syntax.DescendantTokens().Any(token => token.IsKind(SyntaxKind.StringLiteralToken) && token.ValueText.Split(' ').Any(word => Says(word, "guard-name", catalog)));
    }

    /// <summary>True when something else is done after it is set up.</summary>
    private static bool IsFollowed(SyntaxNode setup)
    {
        for (var statement = setup.FirstAncestorOrSelf<StatementSyntax>(); statement is not null; statement = statement.Parent?.FirstAncestorOrSelf<StatementSyntax>())
        {
            if (statement.Parent is BlockSyntax block && block.Statements.SkipWhile(other => other != statement).Skip(1).Any(other => other is not ReturnStatementSyntax and not LocalFunctionStatementSyntax))
                return true;
        }

        return false;
    }

    private static bool IsHandler(SyntaxNode lambda, ResolvedCatalog catalog) =>
        (lambda.Parent is ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax call } ? call : lambda.Parent) is { } taker
        && CallActions.NameOf(taker) is { } name && catalog.RegistrationNames.Contains(name);

    private static bool Says(string name, string list, ResolvedCatalog catalog) => Words.Of(name).Exists(catalog.Words.Of(list).Contains);
}
