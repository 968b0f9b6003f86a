using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.CodeFixes.Waits;
using LockAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>Bounds the wait itself, with a deadline of its own: whoever stops things has no time to be told of another.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK202BlockingShutdownPathCodeFix))]
public sealed class LOCK202BlockingShutdownPathCodeFix : LockCodeFix
{
    public const string RuntimeKey = "LOCK202.Runtime";
    public const string TimeoutKey = "LOCK202.Timeout";

    public LOCK202BlockingShutdownPathCodeFix()
        : base(LOCK202BlockingShutdownPathAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site) => WaitEdits.Find(site, RuntimeKey, TimeoutKey);
}
