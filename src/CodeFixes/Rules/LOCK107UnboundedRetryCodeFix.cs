using LockAnalyzers.Attempts;
using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Files;
using LockAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>
/// Bounds the retry by the Runtime: in place of a loop that does nothing but pause, and else around the attempt in it. Where the
/// loop pauses in a statement of its own, a deadline there is offered too; it keeps all else that the loop does.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK107UnboundedRetryCodeFix))]
public sealed class LOCK107UnboundedRetryCodeFix : LockCodeFix
{
    public const string RetryKey = "LOCK107.Retry";
    public const string DeadlineKey = "LOCK107.Deadline";

    public LOCK107UnboundedRetryCodeFix()
        : base(LOCK107UnboundedRetryAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site)
    {
        if (site.Diagnostic.AdditionalLocations.FirstOrDefault() is not { } place || place.SourceTree != site.Node.SyntaxTree)
            yield break;

        var attempt = new FixSite(
            site.Node.SyntaxTree.GetRoot(site.Cancellation).FindNode(place.SourceSpan, getInnermostNodeForTie: true), site.Model, site.Context, site.Diagnostic, site.Cancellation);
        var loop = site.Node.FirstAncestorOrSelf<StatementSyntax>();
        var catalog = site.Context.Catalog;
        var retry = attempt.Node is ExpressionSyntax expression && site.Model.GetOperation(expression, site.Cancellation) is { } operation
            ? TryCall.Find(operation, catalog) is { } tried
                ? RetriedAttempt.Find(attempt, tried, loop, catalog) is { } edit ? new Edit("Retry within a deadline (LockAnalyzers.Runtime)", RetryKey, edit) : null
                : FileAttempt.Find(operation, catalog) is not null ? BoundedOpen.Find(attempt, RetryKey, RetryKey).FirstOrDefault() : null
            : null;
        if (retry is not null)
            yield return retry;

        if (loop is not null && LoopDeadline.Find(site, loop, catalog) is { } deadline)
        {
            var giveUp = new Edit("Give up after 10 s (TimeoutException)", DeadlineKey, deadline);
            yield return retry is null ? giveUp.AsOnlyChoice() : giveUp;
        }
    }
}
