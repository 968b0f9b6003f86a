using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LockAnalyzers.CodeFixes.Rules;

[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK202BlockingShutdownPathCodeFix))]
public sealed class LOCK202BlockingShutdownPathCodeFix : LockCodeFix
{
    public LOCK202BlockingShutdownPathCodeFix()
        : base(LOCK202BlockingShutdownPathAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site) => [];
}
