using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Holding;
using LockAnalyzers.Rules;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>
/// Moves the acquisition before the try where nothing else hangs on its place; otherwise records that it was made, and gives back
/// only then.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK112ReleaseWithoutAcquireCodeFix))]
public sealed class LOCK112ReleaseWithoutAcquireCodeFix : LockCodeFix
{
    public const string MoveKey = "LOCK112.Move";
    public const string FlagKey = "LOCK112.Flag";

    public LOCK112ReleaseWithoutAcquireCodeFix()
        : base(LOCK112ReleaseWithoutAcquireAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site)
    {
        var catalog = site.Context.Catalog;
        if (Wait.Find(site.Model.GetOperation(site.Node, site.Cancellation), catalog) is not { } wait
            || UnguardedRelease.Find(wait, catalog) is not { } found
            || GuardedAcquisition.Find(wait, found) is not { } acquisition)
        {
            yield break;
        }

        if (acquisition.CanMove)
            yield return new Edit("Acquire before the try", MoveKey, acquisition.Move);
        else
            yield return new Edit("Give back only what was taken", FlagKey, acquisition.Flag).AsOnlyChoice();
    }
}
