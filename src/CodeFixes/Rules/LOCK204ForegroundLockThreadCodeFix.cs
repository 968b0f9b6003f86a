using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Rules;
using LockAnalyzers.Threads;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>Makes the thread a background thread where it is made, or where it was said not to be one.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK204ForegroundLockThreadCodeFix))]
public sealed class LOCK204ForegroundLockThreadCodeFix : LockCodeFix
{
    public LOCK204ForegroundLockThreadCodeFix()
        : base(LOCK204ForegroundLockThreadAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site)
    {
        if (site.Node.FirstAncestorOrSelf<BaseObjectCreationExpressionSyntax>() is not { } creation
            || ThreadUse.Of(creation, site.Model, site.Cancellation) is not { } use)
        {
            yield break;
        }

        const string Title = "Make it a background thread";
        if (use.Denial is { } denial)
        {
            if (denial.SyntaxTree == creation.SyntaxTree)
                yield return new Edit(Title, LOCK204ForegroundLockThreadAnalyzer.Id, editor => editor.ReplaceNode(denial, (current, _) => LiteralExpression(SyntaxKind.TrueLiteralExpression).WithTriviaFrom(current)));
            yield break;
        }

        yield return new Edit(Title, LOCK204ForegroundLockThreadAnalyzer.Id, editor => editor.ReplaceNode(creation, (current, _) => InBackground((BaseObjectCreationExpressionSyntax)current)));
    }

    private static SyntaxNode InBackground(BaseObjectCreationExpressionSyntax creation)
    {
        var set = ParseExpression("IsBackground = true");
        if (creation.Initializer is { Expressions: { Count: > 0 } members } initializer)
        {
            var newLine = LineBreakBehind(initializer);
            var comma = Token(SyntaxKind.CommaToken).WithTrailingTrivia(newLine is { } end ? end : Space);
            var blanks = members[0].GetLeadingTrivia().Where(trivia => newLine is null || trivia.IsKind(SyntaxKind.WhitespaceTrivia)).Take(newLine is null ? int.MaxValue : 1);
            var rest = newLine is null ? members.Replace(members[0], members[0].WithoutLeadingTrivia()) : members;
            var all = rest.GetWithSeparators().Insert(0, comma).Insert(0, set.WithLeadingTrivia(blanks));
            return creation.WithInitializer(initializer.WithExpressions(SeparatedList<ExpressionSyntax>(all)));
        }

        var added = InitializerExpression(
            SyntaxKind.ObjectInitializerExpression,
            Token(TriviaList(Space), SyntaxKind.OpenBraceToken, TriviaList(Space)),
            SingletonSeparatedList(set.WithTrailingTrivia(Space)),
            Token(TriviaList(), SyntaxKind.CloseBraceToken, creation.GetTrailingTrivia()));
        return creation.WithoutTrailingTrivia() switch
        {
            ObjectCreationExpressionSyntax { ArgumentList: { } list } explicitly => explicitly.WithArgumentList(list.WithoutTrailingTrivia()).WithInitializer(added),
            var other => other.WithInitializer(added),
        };
    }

    private static SyntaxTrivia? LineBreakBehind(InitializerExpressionSyntax initializer)
    {
        foreach (var trivia in initializer.OpenBraceToken.TrailingTrivia)
        {
            if (trivia.IsKind(SyntaxKind.EndOfLineTrivia))
                return trivia;
        }

        return null;
    }
}
