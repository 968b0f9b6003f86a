using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.CodeFixes.Waits;
using LockAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>Bounds the wait: by the Runtime, or by its own time-out.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK103CrossProcessWaitCodeFix))]
public sealed class LOCK103CrossProcessWaitCodeFix : LockCodeFix
{
    public const string RuntimeKey = "LOCK103.Runtime";
    public const string TimeoutKey = "LOCK103.Timeout";

    public LOCK103CrossProcessWaitCodeFix()
        : base(LOCK103CrossProcessWaitAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site) => WaitEdits.Find(site, RuntimeKey, TimeoutKey);
}
