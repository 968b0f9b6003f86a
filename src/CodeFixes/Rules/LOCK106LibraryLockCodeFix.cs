using LockAnalyzers.Catalog;
using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Naming;
using LockAnalyzers.Rules;
using LockAnalyzers.Tokens;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>
/// Bounds the call with what the library offers: its time-out and the token at hand; the token alone where it takes no time-out; a
/// deadline of its own where there is no token either. It needs nothing but the library.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK106LibraryLockCodeFix))]
public sealed class LOCK106LibraryLockCodeFix : LockCodeFix
{
    public const string TimeoutKey = "LOCK106.Timeout";
    public const string TokenKey = "LOCK106.Token";
    public const string DeadlineKey = "LOCK106.Deadline";
    public const string CommandKey = "LOCK106.Command";

    public LOCK106LibraryLockCodeFix()
        : base(LOCK106LibraryLockAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site)
    {
        if (site.Node is AssignmentExpressionSyntax { Right: var off })
        {
            yield return new Edit(
                "Give the command a time-out of 10 s", CommandKey, editor => editor.ReplaceNode(off, SyntaxFactory.ParseExpression("10").WithTriviaFrom(off)));
            yield break;
        }

        var catalog = site.Context.Catalog;
        if (site.Node is not InvocationExpressionSyntax call
            || Wait.Find(site.Model.GetOperation(call, site.Cancellation), catalog) is not { Operation: IInvocationOperation operation } wait
            || FinallyRelease.Contains(call, wait))
        {
            yield break;
        }

        // In cleanup the caller's token may already be cancelled: a deadline of its own is right there.
        var token = CleanupCode.Contains(call, catalog.Words.Of("cleanup")) ? null : TokenInScope.Find(operation)?.Expression;
        if (IsAnswered(call, wait) && BoundedCall.WithTimeout(site, operation, token) is { } timed)
            yield return new Edit("Give it a time-out of 10 s", TimeoutKey, editor => editor.ReplaceNode(call, timed));
        else if (token is not null && TokenArgument.Find(site, call, token) is { } forwarded)
            yield return new Edit($"Pass '{token}' on", TokenKey, editor => editor.ReplaceNode(call, forwarded.Fixed));
        else if (OwnDeadline.Find(site, call) is { } deadline)
            yield return new Edit("Give it a deadline of 10 s", DeadlineKey, deadline);
    }

    /// <summary>A try that gives up tells so by its result: somebody must look at it. The others throw.</summary>
    private static bool IsAnswered(InvocationExpressionSyntax call, Wait wait) =>
        wait.Entry.Answer is WaitAnswer.None or WaitAnswer.Handle
        || !(call.Parent is ExpressionStatementSyntax or AwaitExpressionSyntax { Parent: ExpressionStatementSyntax });
}
