using LockAnalyzers.Cleanup;
using LockAnalyzers.CodeFixes.Cleanup;
using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>
/// Keeps the task of the acquisition in a field and waits for its end, within a limit, before the cleanup looks; a wait whose outcome
/// nobody reads is tested. Cleanup that cannot be sure says so: by false where it answers, else by an exception.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK203FalseCleanupReportCodeFix))]
public sealed class LOCK203FalseCleanupReportCodeFix : LockCodeFix
{
    public const string RuntimeKey = "LOCK203.Settle";
    public const string FrameworkKey = "LOCK203.WaitForTask";
    public const string TestKey = "LOCK203.Test";

    public LOCK203FalseCleanupReportCodeFix()
        : base(LOCK203FalseCleanupReportAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site)
    {
        foreach (var function in site.Node.AncestorsAndSelf().Where(node => node.IsFunction()))
        {
            var facts = site.Context.Shutdown;
            if (FalseReport.In(function, site.Model, facts, site.Cancellation).FirstOrDefault(report => report.Look.Place.Span == site.Node.Span) is { } found)
                return KeptTask.Find(site, found) is { } kept ? Settle(site, function, kept) : Array.Empty<Edit>();
            if (LostOutcome.In(function, site.Model, facts, site.Cancellation).FirstOrDefault(lost => lost.Place.Span == site.Node.Span) is { } lost)
                return OutcomeTest.Find(site, lost) is { } test ? Test(site, test) : Array.Empty<Edit>();
        }

        return Array.Empty<Edit>();
    }

    private static IEnumerable<Edit> Settle(FixSite site, SyntaxNode function, KeptTask kept)
    {
        if (site.Runtime.IsReferenced && SettleStatement.Find(site, function, kept, byRuntime: true) is { } settle)
            yield return new Edit("Keep the task and settle it first, by PendingAcquisition (LockAnalyzers.Runtime)", RuntimeKey, kept.Apply + settle);
        if (SettleStatement.Find(site, function, kept, byRuntime: false) is { } wait)
            yield return new Edit("Keep the task and wait for it first, for ten seconds", FrameworkKey, kept.Apply + wait);
    }

    private static IEnumerable<Edit> Test(FixSite site, RefusalTest test)
    {
        var answer = RefusalTest.Leaving(site) is "return false" and var leave ? leave : RefusalTest.Throwing(site);
        yield return new Edit("Test the outcome", TestKey, editor => test.Apply(editor, answer));
    }
}
