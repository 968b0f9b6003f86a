using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>Arms the watchdog as the first thing a press does, or lets each press but the first through.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK206TrappedCancelKeyCodeFix))]
public sealed class LOCK206TrappedCancelKeyCodeFix : LockCodeFix
{
    public const string ArmKey = "LOCK206.Arm";
    public const string SecondPressKey = "LOCK206.SecondPress";

    /// <summary>A host gives itself 30 s; the guard has to come after that.</summary>
    private const int HostGrace = 35;

    public LOCK206TrappedCancelKeyCodeFix()
        : base(LOCK206TrappedCancelKeyAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site)
    {
        var facts = site.Context.Shutdown;
        if (HandlerFunction.FindNamed(site, facts) is not { } function)
            yield break;

        if (site.Runtime.IsReferenced)
        {
            var arm = WatchdogStatement.Arm(site, site.Diagnostic.Severity == DiagnosticSeverity.Info ? HostGrace : null);
            yield return new Edit("Arm ShutdownWatchdog first (LockAnalyzers.Runtime)", ArmKey, editor => editor.ReplaceNode(function, (current, _) => FirstStatement.Insert(current, arm)));
        }

        if (PressCounter.Find(site, function, facts.Catalog.RegistrationNames.Contains) is { } counter)
        {
            yield return new Edit("Let the second press through", SecondPressKey, editor =>
            {
                counter.Declare(editor);
                editor.ReplaceNode(function, (current, _) => FirstStatement.Insert(current, counter.LetThrough));
            });
        }
    }
}
