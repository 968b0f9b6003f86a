using LockAnalyzers.Framework;
using LockAnalyzers.Tokens;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Rules;

/// <summary>
/// LOCK109: a wait with nothing to end it, while a token is at hand that it could take. Not in cleanup code, where the caller's
/// token is the wrong one (docs/rules/LOCK109.md).
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class LOCK109TokenNotForwardedAnalyzer : LockRuleAnalyzer
{
    public const string Id = "LOCK109";

    private static readonly DiagnosticDescriptor TokenNotForwarded = Rule.Warning(
        Id,
        "A wait for a lock does not take the token that is in scope",
        "'{0}' waits with nothing to end it, although '{1}' is at hand: cancelling the caller does not end the wait. Pass the token on.",
        "A method that takes a token promises to end when it is cancelled. A wait inside that does not take the token breaks the promise for as long as somebody else holds the lock.");

    public LOCK109TokenNotForwardedAnalyzer()
        : base(TokenNotForwarded)
    {
    }

    private protected override void Register(CompilationStartAnalysisContext start, LockContext context) =>
        start.RegisterWaitCalls(context, (call, wait) =>
        {
            // The locks of libraries are LOCK106's, which looks at the token as well.
            if (wait.Entry.IsLibraryLock || ForgottenToken.Of(wait, context.Catalog) is not { } token)
                return;
            var location = wait.Operation.Syntax.GetLocation();
            var name = $"{wait.Member.ContainingType.Name}.{wait.Member.Name}";
            call.Report(ForgottenToken.IsSure(wait, token)
                ? Diagnostic.Create(TokenNotForwarded, location, name, token.Expression)
                : TokenNotForwarded.AtInfo(location, name, token.Expression));
        });
}
