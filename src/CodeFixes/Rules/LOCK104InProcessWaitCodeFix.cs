using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.CodeFixes.Waits;
using LockAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>Bounds the wait: by the Runtime, or by its own time-out.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK104InProcessWaitCodeFix))]
public sealed class LOCK104InProcessWaitCodeFix : LockCodeFix
{
    public const string RuntimeKey = "LOCK104.Runtime";
    public const string TimeoutKey = "LOCK104.Timeout";

    public LOCK104InProcessWaitCodeFix()
        : base(LOCK104InProcessWaitAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site) => WaitEdits.Find(site, RuntimeKey, TimeoutKey);
}
