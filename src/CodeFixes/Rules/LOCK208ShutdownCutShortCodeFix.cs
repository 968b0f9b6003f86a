using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>
/// Keeps the process alive, so that what the handler asks for can be done. A key of the terminal needs a way out besides, or the
/// handler would swallow every press (LOCK206). A handler of another event waits for its work itself.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK208ShutdownCutShortCodeFix))]
public sealed class LOCK208ShutdownCutShortCodeFix : LockCodeFix
{
    public const string CancelKey = "LOCK208.Cancel";
    public const string WaitKey = "LOCK208.Wait";
    public const string ArmKey = "LOCK208.CancelAndArm";

    public LOCK208ShutdownCutShortCodeFix()
        : base(LOCK208ShutdownCutShortAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site)
    {
        var facts = site.Context.Shutdown;
        if (HandlerFunction.FindNamed(site, facts) is not { } function)
            yield break;
        if (SignalArgument.Find(site, function, facts.Catalog) is not { } argument)
        {
            if (AwaitedHandler.Of(site, function) is { } waits)
                yield return new Edit("Wait for the work within 10 s", WaitKey, editor => editor.ReplaceNode(function, waits));
            yield break;
        }

        if (!site.Diagnostic.Properties.ContainsKey(LOCK208ShutdownCutShortAnalyzer.PressProperty))
        {
            yield return new Edit("Set Cancel to true", CancelKey, editor => editor.ReplaceNode(function, (current, _) => argument.SetFirst(current, "true")));
        }
        else if (!site.Runtime.IsReferenced && PressCounter.Find(site, function, facts.Catalog.RegistrationNames.Contains) is { } counter)
        {
            yield return new Edit("Set Cancel to true at the first press", CancelKey, editor =>
            {
                counter.Declare(editor);
                editor.ReplaceNode(function, (current, _) => argument.SetFirst(current, counter.IsFirst.ToString()));
            });
        }

        if (site.Runtime.IsReferenced)
        {
            var arm = WatchdogStatement.Arm(site);
            yield return new Edit("Set Cancel to true and arm ShutdownWatchdog (LockAnalyzers.Runtime)", ArmKey, editor =>
                editor.ReplaceNode(function, (current, _) => FirstStatement.Insert(argument.SetFirst(current, "true"), arm)));
        }
    }
}
