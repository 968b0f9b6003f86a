using LockAnalyzers.Contention;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>
/// Opens a file within a deadline, by the Runtime. An endless loop around it ends too, because what the Runtime throws is no
/// IOException; where the loop would catch that as well, nothing is offered.
/// </summary>
internal static class BoundedOpen
{
    /// <summary>For a site whose node is the call that opens.</summary>
    public static IEnumerable<Edit> Find(FixSite site, string openKey, string retryKey)
    {
        var catalog = site.Context.Catalog;
        if (!site.Runtime.IsReferenced
            || site.Node is not ExpressionSyntax expression
            || site.Model.GetOperation(expression, site.Cancellation) is not { } call
            || ContentionPlan.Member(call, site.Model) is not { } member
            || ContentionPlan.Of(call, member, Thrown.Timeout, catalog) == Plan.Endless)
        {
            yield break;
        }

        if (Method(call) is { } method && catalog.FileOpens.Find(method) is { } open && OpenArguments.Translate(site, call, open) is { } arguments)
        {
            yield return new Edit(
                "Open within a deadline (LockAnalyzers.Runtime)",
                openKey,
                editor => editor.ReplaceNode(expression, RuntimeCall.Write(site, "BoundedFile", "Open", arguments).InPlaceOf(expression)));
        }
        else if (CanRetry(site, expression))
        {
            yield return new Edit(
                "Retry within a deadline (LockAnalyzers.Runtime)",
                retryKey,
                editor => editor.ReplaceNode(expression, RuntimeCall.Write(site, "BoundedRetry", "Invoke", RuntimeCall.Lambda(expression)).InPlaceOf(expression)));
        }
    }

    /// <summary>
    /// The attempt is synchronous; where an await may be written its pauses should not block, and the Runtime has no form for
    /// that. A target-typed <c>new</c> would leave the type of the result open.
    /// </summary>
    private static bool CanRetry(FixSite site, ExpressionSyntax expression) =>
        expression is not ImplicitObjectCreationExpressionSyntax && expression.Parent is not ConditionalAccessExpressionSyntax
        && !AwaitScope.Allows(site.Node) && LambdaSafety.CanMove(expression, site.Model);

    private static IMethodSymbol? Method(IOperation call) => call switch
    {
        IInvocationOperation invocation => invocation.TargetMethod,
        IObjectCreationOperation creation => creation.Constructor,
        _ => null,
    };
}
