using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Rules;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>Makes a private lock a semaphore, with all its uses, where each of them has a counterpart and no caller can take it twice.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK113ThreadAffineAcquireCodeFix))]
public sealed class LOCK113ThreadAffineAcquireCodeFix : LockCodeFix
{
    public const string SwapKey = "LOCK113.Semaphore";

    public LOCK113ThreadAffineAcquireCodeFix()
        : base(LOCK113ThreadAffineAcquireAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site)
    {
        var catalog = site.Context.Catalog;
        if (Wait.Find(site.Model.GetOperation(site.Node, site.Cancellation), catalog) is { } wait && SemaphoreSwap.Find(site, wait, catalog) is { } swap)
            yield return new Edit("Make it a SemaphoreSlim, awaited", SwapKey, swap.Apply);
    }
}
