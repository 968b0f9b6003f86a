using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>Writes the call that arms the Runtime's guard.</summary>
internal static class WatchdogStatement
{
    /// <summary><c>ShutdownWatchdog.Arm();</c>, or with the seconds that it has to wait.</summary>
    public static StatementSyntax Arm(FixSite site, int? seconds = null) => ExpressionStatement(Call(site, seconds));

    public static ExpressionSyntax Call(FixSite site, int? seconds)
    {
        var arguments = seconds is { } grace
            ? ArgumentList(SingletonSeparatedList(Argument(ParseExpression($"{FrameworkName.TimeSpan(site)}.FromSeconds({grace})"))))
            : ArgumentList();
        return InvocationExpression(
            MemberAccessExpression(SyntaxKind.SimpleMemberAccessExpression, site.Runtime.Name("ShutdownWatchdog"), IdentifierName("Arm")), arguments);
    }
}
