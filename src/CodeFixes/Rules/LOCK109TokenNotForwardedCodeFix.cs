using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Rules;
using LockAnalyzers.Tokens;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>
/// Passes the token on. Not inside a try whose finally gives back what is waited for: there a cancelled wait would give back what it
/// never took (LOCK112).
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK109TokenNotForwardedCodeFix))]
public sealed class LOCK109TokenNotForwardedCodeFix : LockCodeFix
{
    public const string TokenKey = "LOCK109.Token";

    public LOCK109TokenNotForwardedCodeFix()
        : base(LOCK109TokenNotForwardedAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site)
    {
        var catalog = site.Context.Catalog;
        if (site.Node is not InvocationExpressionSyntax call
            || Wait.Find(site.Model.GetOperation(call, site.Cancellation), catalog) is not { } wait
            || ForgottenToken.Of(wait, catalog) is not { } token
            || FinallyRelease.Contains(call, wait)
            || TokenArgument.Find(site, call, token.Expression) is not { } forwarded)
        {
            yield break;
        }

        yield return new Edit($"Pass '{token.Expression}' on", TokenKey, editor => editor.ReplaceNode(call, forwarded.Fixed));
    }
}
