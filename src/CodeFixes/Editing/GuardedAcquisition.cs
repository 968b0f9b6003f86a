using LockAnalyzers.Catalog;
using LockAnalyzers.Holding;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>An acquisition that is a statement of its own inside a try whose finally gives it back, and the two ways to tie them together.</summary>
internal sealed class GuardedAcquisition
{
    private readonly StatementSyntax _statement;
    private readonly StatementSyntax _release;
    private readonly TryStatementSyntax _try;
    private readonly string _flag;

    /// <summary>What takes the place of the statement, at an indentation; null when it stays as it is.</summary>
    private readonly Func<string, StatementSyntax>? _tested;

    private GuardedAcquisition(StatementSyntax statement, StatementSyntax release, TryStatementSyntax attempt, string flag, Func<string, StatementSyntax>? tested)
    {
        _statement = statement;
        _tested = tested;
        _release = release;
        _try = attempt;
        _flag = flag;
    }

    /// <summary>
    /// True when nothing else depends on the place: it is the first statement, no catch sees its exception, and the finally does
    /// nothing but give it back.
    /// </summary>
    public bool CanMove =>
        _try.Catches.Count == 0 && _try.Block.Statements[0] == _statement && _try.Finally!.Block.Statements.Count == 1 && _release.Parent == _try.Finally.Block;

    /// <summary>
    /// Null when the acquisition is no statement of its own, or its answer is not looked at; and for a mutex: where its holder ended
    /// without giving it back, the exception says that it is held now, so that only a finally around the acquisition gives it back.
    /// </summary>
    public static GuardedAcquisition? Find(Wait wait, UnguardedRelease found, Func<string, StatementSyntax>? tested = null)
    {
        if (wait.Entry.IsOwnedWhenAbandoned
            || found.Try.Syntax is not TryStatementSyntax { Finally: not null, Parent: BlockSyntax or SwitchSectionSyntax or GlobalStatementSyntax } attempt || !attempt.StartsLine()
            || found.Release.Syntax.FirstAncestorOrSelf<StatementSyntax>() is not ExpressionStatementSyntax release || !release.StartsLine()
            || wait.Operation.Syntax.FirstAncestorOrSelf<StatementSyntax>() is not { Parent: BlockSyntax } statement || !statement.StartsLine()
            || (tested is null && !Means(statement, wait)))
        {
            return null;
        }

        var held = NewName.In(attempt, "is" + Capital(NameOf(wait.Target)) + "Held");
        return new GuardedAcquisition(statement, release, attempt, held, tested);
    }

    /// <summary>Moves it where that is safe, else sets a flag.</summary>
    public void Tie(SyntaxEditor editor)
    {
        if (CanMove)
            Move(editor);
        else
            Flag(editor);
    }

    public void Move(SyntaxEditor editor)
    {
        var (outer, inner) = (_try.Indentation(), _statement.Indentation());
        var moved = _tested is null ? _statement.Reindented(inner, outer) : _tested(outer);
        editor.ReplaceNode(_try, (current, _) =>
        {
            var attempt = (TryStatementSyntax)current;
            var rest = attempt.Block.Statements.RemoveAt(0);
            if (rest.Count > 0)
                rest = rest.Replace(rest[0], rest[0].WithoutLeadingEmptyLines());
            return attempt.WithBlock(attempt.Block.WithStatements(rest)).WithLeadingTrivia(Whitespace(outer));
        });
        editor.InsertBefore(_try, Placed(moved.WithLeadingTrivia(Above(_try).AddRange(moved.GetLeadingTrivia()))));
    }

    public void Flag(SyntaxEditor editor)
    {
        var newLine = _try.LineEnd();
        var (outer, inner) = (_try.Indentation(), _statement.Indentation());
        editor.InsertBefore(_try, Placed(ParseStatement($"var {_flag} = false;").WithLeadingTrivia(_try.GetLeadingTrivia()).WithTrailingTrivia(newLine)));
        editor.ReplaceNode(_try, (current, _) => current.WithLeadingTrivia(Whitespace(outer)));
        editor.InsertAfter(_statement, ParseStatement($"{_flag} = true;").WithLeadingTrivia(Whitespace(inner)).WithTrailingTrivia(newLine));
        if (_tested is not null)
            editor.ReplaceNode(_statement, _tested(inner));

        // Parsed, so that no trivia is elastic and no formatter touches what the user wrote.
        var deeper = Lines.Deeper(_release.Indentation());
        var guard = (IfStatementSyntax)ParseStatement($"if ({_flag}){newLine}{deeper};");
        editor.ReplaceNode(_release, (current, _) =>
            guard.WithStatement(((StatementSyntax)current).WithLeadingTrivia(Whitespace(deeper))).WithLeadingTrivia(_release.GetLeadingTrivia()));
    }

    /// <summary>What stands above the try, without the blanks of its own line.</summary>
    private static SyntaxTriviaList Above(TryStatementSyntax attempt)
    {
        var leading = attempt.GetLeadingTrivia();
        return leading.Count > 0 && leading[leading.Count - 1].IsKind(SyntaxKind.WhitespaceTrivia) ? leading.RemoveAt(leading.Count - 1) : leading;
    }

    /// <summary>Top-level statements are members of the file.</summary>
    private SyntaxNode Placed(StatementSyntax statement) => _try.Parent is GlobalStatementSyntax ? GlobalStatement(statement) : statement;

    /// <summary>A call for its effect whose failure is an exception, or a test of the answer that leaves when it was not acquired.</summary>
    private static bool Means(StatementSyntax statement, Wait wait)
    {
        var call = Awaited(wait.Operation.Syntax);
        return statement switch
        {
            ExpressionStatementSyntax { Expression: var expression } => expression == call && (wait.Entry.Answer == WaitAnswer.None || !wait.MayRefuse),
            IfStatementSyntax { Else: null, Condition: PrefixUnaryExpressionSyntax { Operand: var tested } refused, Statement: var left } =>
                refused.IsKind(SyntaxKind.LogicalNotExpression) && Bare(tested) == call && Leaves(left),
            _ => false,
        };
    }

    private static bool Leaves(StatementSyntax statement) => statement switch
    {
        BlockSyntax { Statements: { Count: > 0 } statements } => Leaves(statements.Last()),
        ReturnStatementSyntax or ThrowStatementSyntax => true,
        _ => false,
    };

    /// <summary>The whole of <c>await call.ConfigureAwait(false)</c>, or the call itself.</summary>
    private static SyntaxNode Awaited(SyntaxNode call)
    {
        if (call.Parent is ConditionalAccessExpressionSyntax conditional && conditional.WhenNotNull == call)
            call = conditional;
        if (call.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax configured })
            call = configured;
        return call.Parent is AwaitExpressionSyntax awaited ? awaited : call;
    }

    private static ExpressionSyntax Bare(ExpressionSyntax expression) =>
        expression is ParenthesizedExpressionSyntax parenthesized ? Bare(parenthesized.Expression) : expression;

    private static string NameOf(IOperation? target) => target switch
    {
        ILocalReferenceOperation local => local.Local.Name,
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        IMemberReferenceOperation member => member.Member.Name,
        _ => "",
    };

    private static string Capital(string name)
    {
        name = name.TrimStart('_');
        return name.Length == 0 ? "" : char.ToUpperInvariant(name[0]) + name.Substring(1);
    }
}
