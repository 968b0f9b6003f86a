using LockAnalyzers.Attempts;
using LockAnalyzers.Catalog;
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
        var attempts = site.Diagnostic.AdditionalLocations;
        if (attempts.Count == 0 || attempts.Any(place => place.SourceTree != site.Node.SyntaxTree))
            yield break;

        var loop = site.Node.FirstAncestorOrSelf<StatementSyntax>();
        var catalog = site.Context.Catalog;
        var outermost = attempts.Where(place => !attempts.Any(other => other != place && other.SourceSpan.Contains(place.SourceSpan)));
        var edits = outermost.Select(place => Bounded(Attempt(site, place), loop, catalog)).ToList();
        var retry = edits.Contains(null) ? null : edits[0]! with { Apply = editor => edits.ForEach(edit => edit!.Apply(editor)) };
        if (retry is not null)
            yield return retry;

        if (loop is not null && LoopDeadline.Find(site, loop, catalog) is { } deadline)
        {
            var giveUp = new Edit("Give up after 10 s (TimeoutException)", DeadlineKey, deadline);
            yield return retry is null ? giveUp.AsOnlyChoice() : giveUp;
        }
    }

    private static FixSite Attempt(FixSite site, Location place) => new(
        site.Node.SyntaxTree.GetRoot(site.Cancellation).FindNode(place.SourceSpan, getInnermostNodeForTie: true), site.Model, site.Context, site.Diagnostic, site.Cancellation);

    /// <summary>A limit around one attempt. A loop with several ends only when each of them does.</summary>
    private static Edit? Bounded(FixSite attempt, StatementSyntax? loop, ResolvedCatalog catalog)
    {
        if (attempt.Node is not ExpressionSyntax expression || attempt.Model.GetOperation(expression, attempt.Cancellation) is not { } operation)
            return null;
        if (TryCall.Find(operation, catalog) is { } tried)
            return RetriedAttempt.Find(attempt, tried, loop, catalog) is { } edit ? new Edit("Retry within a deadline (LockAnalyzers.Runtime)", RetryKey, edit) : null;
        return FileAttempt.Find(operation, catalog) is not null ? BoundedOpen.Find(attempt, RetryKey, RetryKey).FirstOrDefault() : null;
    }
}
