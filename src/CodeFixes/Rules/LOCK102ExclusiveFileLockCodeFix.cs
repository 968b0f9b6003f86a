using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Contention;
using LockAnalyzers.Rules;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.CodeFixes.Rules;

/// <summary>
/// Opens the file within a deadline, by the Runtime. An endless loop around it ends too, because what the Runtime throws is no
/// IOException; where the loop would catch that as well, nothing is offered.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(LOCK102ExclusiveFileLockCodeFix))]
public sealed class LOCK102ExclusiveFileLockCodeFix : LockCodeFix
{
    public const string OpenKey = "LOCK102.Open";
    public const string RetryKey = "LOCK102.Retry";

    public LOCK102ExclusiveFileLockCodeFix()
        : base(LOCK102ExclusiveFileLockAnalyzer.Id)
    {
    }

    private protected override IEnumerable<Edit> FindEdits(FixSite site)
    {
        var catalog = site.Context.Catalog;
        if (!site.Runtime.IsReferenced
            || site.Node is not ExpressionSyntax expression
            || site.Model.GetOperation(expression, site.Cancellation) is not { } call
            || site.Model.GetEnclosingSymbol(expression.SpanStart, site.Cancellation) is not { } member
            || ContentionPlan.Of(call, MemberOf(member), Thrown.Timeout, catalog) == Plan.Endless)
        {
            yield break;
        }

        if (Method(call) is { } method && catalog.FileOpens.Find(method) is { } open && OpenArguments.Translate(site, call, open) is { } arguments)
        {
            yield return new Edit(
                "Open within a deadline (LockAnalyzers.Runtime)",
                OpenKey,
                editor => editor.ReplaceNode(expression, RuntimeCall.Write(site, "BoundedFile", "Open", arguments).InPlaceOf(expression)));
        }
        else if (CanRetry(site, expression))
        {
            yield return new Edit(
                "Retry within a deadline (LockAnalyzers.Runtime)",
                RetryKey,
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

    private static ISymbol MemberOf(ISymbol symbol)
    {
        while (symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
            symbol = symbol.ContainingSymbol;
        return symbol;
    }
}
