using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Rules;
using LockAnalyzers.WaitOptions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>
/// Turns the option off and retries the call within a deadline; or, where the API has a time-out of its own, sets it, which
/// needs nothing but that API.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK101WaitTrueOptionCodeFix))]
public sealed class LOCK101WaitTrueOptionCodeFix : LockCodeFix
{
    public const string RetryKey = "LOCK101.Retry";
    public const string TimeoutKey = "LOCK101.Timeout";

    public LOCK101WaitTrueOptionCodeFix()
        : base(LOCK101WaitTrueOptionAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site)
    {
        if (FindUse(site) is not { } use)
            yield break;

        var off = site.Runtime.IsReferenced ? OptionSwitch.Find(use) : null;
        var attempt = off is null ? null : AttemptCall.Find(site, use);
        if (attempt is not null)
        {
            yield return new Edit(
                "Turn it off and retry within a deadline (LockAnalyzers.Runtime)", RetryKey, editor => attempt.Apply(editor, off!));
        }

        if (OwnTimeout.Find(site, use) is { } setTimeout)
        {
            var edit = new Edit("Set the time-out of the API to 10 s", TimeoutKey, setTimeout);
            yield return attempt is null ? edit.AsOnlyChoice() : edit;
        }
    }

    private static WaitOptionUse? FindUse(FixSite site)
    {
        var finder = new WaitOptionFinder(site.Context.Catalog);
        for (SyntaxNode? node = site.Node; node is not null and not StatementSyntax and not MemberDeclarationSyntax; node = node.Parent)
        {
            var operation = site.Model.GetOperation(node, site.Cancellation);
            if (operation is IInvocationOperation or IObjectCreationOperation or ISimpleAssignmentOperation
                && finder.Find(operation) is { IsBounded: false } use
                && WaitOptionFinder.Location(use).SourceSpan == site.Diagnostic.Location.SourceSpan)
            {
                return use;
            }
        }

        return null;
    }
}
