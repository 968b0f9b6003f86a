using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>An acquisition whose answer nobody reads, and how its refusal can be tested where it stands.</summary>
internal sealed class RefusalTest
{
    private readonly StatementSyntax _statement;
    private readonly ExpressionSyntax? _call;
    private readonly string _refused;

    private RefusalTest(StatementSyntax statement, ExpressionSyntax? call, string refused)
    {
        _statement = statement;
        _call = call;
        _refused = refused;
    }

    /// <summary>Null where no test can be written: no statement of its own, a finally, a handle without a name.</summary>
    public static RefusalTest? Find(Wait wait)
    {
        if (wait.Answer.Syntax is not ExpressionSyntax answer
            || answer.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || !statement.StartsLine()
            || statement.FirstAncestorOrSelf<FinallyClauseSyntax>() is not null)
        {
            return null;
        }

        var isAlone = statement is ExpressionStatementSyntax { Expression: var expression }
            && (expression == answer || expression is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } } discarded && discarded.Right == answer);
        if (isAlone)
        {
            return wait.Entry.Answer == WaitAnswer.Bool && statement.Parent is BlockSyntax or GlobalStatementSyntax && answer is not ConditionalAccessExpressionSyntax
                ? new RefusalTest(statement, answer, "!{0}")
                : null;
        }

        return answer.Parent is EqualsValueClauseSyntax { Parent: VariableDeclaratorSyntax declarator }
            && (statement is LocalDeclarationStatementSyntax { Parent: BlockSyntax } || statement is UsingStatementSyntax { Statement: BlockSyntax { Statements.Count: > 0 } block } && block.Statements[0].StartsLine())
            && Refused(declarator.Identifier.Text, wait.Entry) is { } refused
            ? new RefusalTest(statement, null, refused)
            : null;
    }

    /// <summary>For a statement that is nothing but the call: the test of another call takes its place.</summary>
    public static RefusalTest Of(ExpressionStatementSyntax statement, ExpressionSyntax call, string refused) => new(statement, call, refused);

    /// <summary>True when the test takes the place of the statement, and is not put behind it.</summary>
    public bool Replaces => _call is not null;

    /// <summary>The statement with the test, at an indentation.</summary>
    public StatementSyntax At(string indentation, string reaction)
    {
        var newLine = _statement.LineEnd().ToString();
        var refused = _call is null ? _refused : string.Format(System.Globalization.CultureInfo.InvariantCulture, _refused, "_");
        var test = (IfStatementSyntax)ParseStatement($"if ({refused}){newLine}{Lines.Deeper(indentation)}{reaction};");
        if (_call is not null)
            test = test.ReplaceNodes(test.Condition.DescendantNodes().OfType<IdentifierNameSyntax>().Take(1), (place, _) => _call.WithoutTrivia().WithTriviaFrom(place));
        return _call is null
            ? test.WithLeadingTrivia(Whitespace(indentation)).WithTrailingTrivia(_statement.LineEnd())
            : test.WithLeadingTrivia(_statement.Reindented(_statement.Indentation(), indentation).GetLeadingTrivia()).WithTrailingTrivia(_statement.GetTrailingTrivia());
    }

    public void Apply(SyntaxEditor editor, string reaction)
    {
        if (Replaces)
            editor.ReplaceNode(_statement, At(_statement.Indentation(), reaction));
        else if (_statement is UsingStatementSyntax { Statement: BlockSyntax block })
            editor.InsertBefore(block.Statements[0], At(block.Statements[0].Indentation(), reaction));
        else
            editor.InsertAfter(_statement, At(_statement.Indentation(), reaction));
    }

    /// <summary>How the function can end without doing what it is for; null where it owes a value.</summary>
    public static string? Leaving(FixSite site) => site.Model.GetEnclosingSymbol(site.Node.SpanStart, site.Cancellation) switch
    {
        IMethodSymbol { ReturnsVoid: true } => "return",
        IMethodSymbol { IsAsync: true, ReturnType: INamedTypeSymbol { Arity: 0 } } => "return",
        IMethodSymbol { IsAsync: false, ReturnType.SpecialType: SpecialType.System_Boolean } => "return false",
        IMethodSymbol { IsAsync: true, ReturnType: var type } when type.WithoutTask().SpecialType == SpecialType.System_Boolean => "return false",
        _ => null,
    };

    public static string Throwing(FixSite site)
    {
        var name = site.Model.Compilation.GetTypeByMetadataName("System.TimeoutException")?.ToMinimalDisplayString(site.Model, site.Node.SpanStart);
        return $"throw new {name ?? "System.TimeoutException"}()";
    }

    private static string? Refused(string local, ManagedWait entry) => entry.Answer switch
    {
        WaitAnswer.Bool => "!" + local,
        WaitAnswer.Null => local + " is null",
        WaitAnswer.Handle when entry.Held is { } held => $"!{local}.{held}",
        _ => null,
    };
}
