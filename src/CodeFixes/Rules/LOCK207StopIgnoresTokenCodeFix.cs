using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>Passes the token where the awaited call takes one; else stops waiting when the token is cancelled. Or arms the watchdog.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK207StopIgnoresTokenCodeFix))]
public sealed class LOCK207StopIgnoresTokenCodeFix : LockCodeFix
{
    public const string TokenKey = "LOCK207.Token";
    public const string ArmKey = "LOCK207.Arm";

    public LOCK207StopIgnoresTokenCodeFix()
        : base(LOCK207StopIgnoresTokenAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site)
    {
        if (site.Node is MethodDeclarationSyntax stop)
        {
            if (TokenArgument.Find(site, stop) is { } token)
                yield return new Edit($"Pass '{token.Name}' on", TokenKey, editor => editor.ReplaceNode(token.Call, token.Fixed));
            else if (TokenWait.Find(site, stop) is { } wait)
                yield return new Edit($"Stop waiting when '{wait.Name}' is cancelled", TokenKey, editor => editor.ReplaceNode(wait.Task, wait.Fixed));
        }

        if (ArmEdit.Find(site, ArmKey, awaits: true) is { } arm)
            yield return arm;
    }
}
