using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>Opens the file within a deadline, by the Runtime.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK102ExclusiveFileLockCodeFix))]
public sealed class LOCK102ExclusiveFileLockCodeFix : LockCodeFix
{
    public const string OpenKey = "LOCK102.Open";
    public const string RetryKey = "LOCK102.Retry";

    public LOCK102ExclusiveFileLockCodeFix()
        : base(LOCK102ExclusiveFileLockAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site) => BoundedOpen.Find(site, OpenKey, RetryKey);
}
