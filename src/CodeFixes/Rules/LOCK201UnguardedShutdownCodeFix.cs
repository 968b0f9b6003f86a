using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>
/// Arms the watchdog as the first statement of the handler; where the process may live on, only until the handler returns. Or guards the
/// whole of a program that has a host, where its services are added.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK201UnguardedShutdownCodeFix))]
public sealed class LOCK201UnguardedShutdownCodeFix : LockCodeFix
{
    public const string ArmKey = "LOCK201.Arm";
    public const string HostKey = "LOCK201.Host";

    public LOCK201UnguardedShutdownCodeFix()
        : base(LOCK201UnguardedShutdownAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site)
    {
        if (ArmEdit.Find(site, ArmKey, awaits: false) is { } arm)
            yield return arm;
        if (HostGuard.Find(site, HostKey) is { } host)
            yield return host;
    }
}
