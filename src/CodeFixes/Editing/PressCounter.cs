using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>A local beside the registration of a lambda, in which the lambda counts how often it has run.</summary>
internal sealed class PressCounter
{
    private readonly StatementSyntax _registration;
    private readonly string _name;
    private readonly string _interlocked;

    private PressCounter(StatementSyntax registration, string name, string interlocked)
    {
        _registration = registration;
        _name = name;
        _interlocked = interlocked;
    }

    /// <summary>A statement for the lambda: from the second run on it returns at once.</summary>
    public StatementSyntax LetThrough => ParseStatement($"if ({Increment} > 1) return;");

    /// <summary>True in the first run alone.</summary>
    public ExpressionSyntax IsFirst => ParseExpression($"{Increment} == 1");

    private string Increment => $"{_interlocked}.Increment(ref {_name})";

    /// <summary>Null where the lambda may not capture, or where no local can be declared before the statement that registers it.</summary>
    public static PressCounter? Find(FixSite site, SyntaxNode function, Func<string, bool> registers)
    {
        if (function is not AnonymousFunctionExpressionSyntax lambda || lambda.Modifiers.Any(SyntaxKind.StaticKeyword)
            || lambda.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax or GlobalStatementSyntax or SwitchSectionSyntax } statement)
        {
            return null;
        }

        // Each registration of a member has a name of its own, whichever of them are mended together.
        var member = statement.FirstAncestorOrSelf<MemberDeclarationSyntax>(node => node is not GlobalStatementSyntax) ?? statement.SyntaxTree.GetRoot();
        var number = 1 + member.DescendantNodes().Count(node =>
            node is AssignmentExpressionSyntax or InvocationExpressionSyntax && node.SpanStart < statement.SpanStart && CallActions.NameOf(node) is { } name && registers(name));
        return new PressCounter(statement, NewName.In(member, number == 1 ? "presses" : "presses" + number), FrameworkName.Interlocked(site));
    }

    /// <summary>The declaration takes the comments above the registration, which belong to both.</summary>
    public void Declare(SyntaxEditor editor)
    {
        var declaration = ParseStatement($"var {_name} = 0;").WithLeadingTrivia(_registration.GetLeadingTrivia()).WithTrailingTrivia(_registration.LineEnd());
        if (_registration.Parent is GlobalStatementSyntax global)
            editor.InsertBefore(global, GlobalStatement(declaration));
        else
            editor.InsertBefore(_registration, declaration);
        editor.ReplaceNode(_registration, (current, _) => current.WithLeadingTrivia(Whitespace(_registration.Indentation())));
    }
}
