using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Files;

/// <summary>Whether anything happens while a local is kept open.</summary>
internal static class ScopeOf
{
    /// <summary>
    /// True when the local is closed as soon as it is open: nothing follows its declaration but closing it or leaving.
    /// </summary>
    public static bool IsEmptyAfter(IOperation definition, ILocalSymbol local)
    {
        if (definition.Syntax.FirstAncestorOrSelf<UsingStatementSyntax>() is { } scope && scope.Statement.Span.Start > definition.Syntax.Span.Start)
            return IsTrivial(scope.Statement);
        if (definition.Syntax.FirstAncestorOrSelf<StatementSyntax>() is not { } statement)
            return false;

        var isDisposedAtEnd = statement is LocalDeclarationStatementSyntax declaration && !declaration.UsingKeyword.IsKind(SyntaxKind.None);
        foreach (var next in Following(statement))
        {
            if (IsClose(next, local.Name))
                return true;
            if (!IsTrivial(next))
                return false;
        }

        return isDisposedAtEnd;
    }

    /// <summary>An empty block, or one that only leaves.</summary>
    public static bool IsTrivial(StatementSyntax? statement) => statement switch
    {
        null or EmptyStatementSyntax or ContinueStatementSyntax or BreakStatementSyntax => true,
        ReturnStatementSyntax { Expression: null or LiteralExpressionSyntax } => true,
        BlockSyntax block => block.Statements.All(IsTrivial),
        _ => false,
    };

    private static IEnumerable<StatementSyntax> Following(StatementSyntax statement)
    {
        var siblings = statement.Parent switch
        {
            BlockSyntax block => block.Statements,
            SwitchSectionSyntax section => section.Statements,
            _ => default,
        };
        for (var i = siblings.IndexOf(statement) + 1; i > 0 && i < siblings.Count; i++)
            yield return siblings[i];
    }

    private static bool IsClose(StatementSyntax statement, string local) =>
        statement is ExpressionStatementSyntax { Expression: var expression }
        && (expression is AwaitExpressionSyntax awaited ? awaited.Expression : expression) is InvocationExpressionSyntax
        {
            Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax name, Name.Identifier.ValueText: "Dispose" or "Close" or "DisposeAsync" },
        }
        && name.Identifier.ValueText == local;
}
