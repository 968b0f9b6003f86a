using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.CodeFixes.Processes;
using LockAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>
/// Has both streams read while the child runs, and waits within a limit; or only has them read, which needs nothing but the
/// framework and leaves the wait as it is. The texts that the code reads afterwards are the same.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK111UndrainedChildCodeFix))]
public sealed class LOCK111UndrainedChildCodeFix : LockCodeFix
{
    public const string BoundedKey = "LOCK111.Bounded";
    public const string DrainKey = "LOCK111.Drain";

    public LOCK111UndrainedChildCodeFix()
        : base(LOCK111UndrainedChildAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site)
    {
        if (ChildSite.Find(site) is not { } child)
            yield break;
        var bounded = BoundedReadEdit.Find(child, BoundedKey);
        if (bounded is not null)
            yield return bounded;
        if (DrainEdit.Find(child, DrainKey) is { } drain)
            yield return bounded is null ? drain.AsOnlyChoice() : drain;
    }
}
