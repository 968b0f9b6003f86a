using LockAnalyzers.CodeFixes.Editing;
using LockAnalyzers.Shutdown.Roots;
using LockAnalyzers.Values;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Waits;

/// <summary>
/// The ways to bound a wait: by the Runtime, with a deadline and the token in scope; by the framework's own time-out, its answer
/// tested. Nothing inside a try whose finally gives back what is waited for: a wait that gave up would be followed by that (LOCK112).
/// </summary>
internal static class WaitEdits
{
    public static IEnumerable<Edit> Find(FixSite site, string runtimeKey, string timeoutKey)
    {
        if (site.Node is not InvocationExpressionSyntax call || site.Model.GetOperation(call, site.Cancellation) is not { } operation
            || (Wait.Find(operation, site.Context.Catalog) ?? site.Context.Wrappers.Find(operation)) is not { } wait
            || FinallyRelease.Contains(call, wait))
        {
            yield break;
        }

        // What a wrapper does beside its wait may not be repeated in slices: only its own time-out is changed.
        var form = new WaitForm(site, wait, call);
        var runtime = site.Runtime.IsReferenced && wait.Behind is null ? ByRuntime(site, wait, call, form) : null;
        if (runtime is not null)
            yield return new Edit("Wait within a deadline (LockAnalyzers.Runtime)", runtimeKey, Placed(site, call, runtime));
        if (ByTimeout(site, wait, call, form) is { } timed)
        {
            var edit = new Edit("Give the wait a time-out of 10 s", timeoutKey, timed);
            yield return runtime is null ? edit.AsOnlyChoice() : edit;
        }
    }

    /// <summary>In a finalizer the answer is tested: an exception there would end the process, and not when that is wanted.</summary>
    private static Action<SyntaxEditor> Placed(FixSite site, InvocationExpressionSyntax call, ExpressionSyntax runtime) =>
        RunsInFinalizer(site) && call.Parent is ExpressionStatementSyntax { Parent: BlockSyntax } statement && statement.StartsLine() && RefusalTest.Leaving(site) is { } leave
            ? editor => RefusalTest.Of(statement, runtime, "!{0}").Apply(editor, leave)
            : editor => editor.ReplaceNode(Whole(site, call), runtime.InPlaceOf(Whole(site, call)));

    /// <summary>The call, or with it the discard of its answer: what takes its place may have none. A task that nobody awaits stays discarded.</summary>
    private static ExpressionSyntax Whole(FixSite site, InvocationExpressionSyntax call) =>
        IsDiscarded(call) && !site.Model.GetTypeInfo(call, site.Cancellation).Type.IsTask() ? (ExpressionSyntax)call.Parent! : call;

    private static bool IsDiscarded(InvocationExpressionSyntax call) =>
        call.Parent is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" }, Parent: ExpressionStatementSyntax or ArrowExpressionClauseSyntax };

    /// <summary>What also runs while nothing ends is what the collector's own thread runs.</summary>
    private static bool RunsInFinalizer(FixSite site) =>
        site.Model.GetEnclosingSymbol(site.Node.SpanStart, site.Cancellation) is IMethodSymbol method
        && ShutdownRoots.Member(method, site.Context.Shutdown) is { Entry.MayBeGuarded: false };

    private static ExpressionSyntax? ByRuntime(FixSite site, Wait wait, InvocationExpressionSyntax call, WaitForm form)
    {
        var isRead = IsRead(call, site);
        var isBool = wait.Operation.Type?.WithoutTask().SpecialType == SpecialType.System_Boolean;
        if (wait.Operation.Type.IsTask())
            return form.AsyncDelegate() is { } task ? Call(isBool ? "TryForAsync" : "ForAsync", task) : null;
        if (isRead && !isBool)
            return null; // An index, an item: the Runtime has no form for it.
        var method = isRead || RunsInFinalizer(site) ? "TryFor" : "For";
        if (!wait.Entry.IsThreadAffine && AwaitScope.Allows(call) && form.AsyncDelegate() is { } twin)
            return AwaitExpression(Token(Microsoft.CodeAnalysis.CSharp.SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space), Call(method + "Async", twin));
        return form.Delegate() is { } wrapped && !(wait.Entry.IsOneGo && CallerToken.Find(site, call) is not null) ? Call(method, wrapped) : null;

        ExpressionSyntax Call(string name, ExpressionSyntax argument) => RuntimeCall.WriteCall(site, "BoundedWait", name, new[] { Argument(argument) });
    }

    private static Action<SyntaxEditor>? ByTimeout(FixSite site, Wait wait, InvocationExpressionSyntax call, WaitForm form)
    {
        if (form.Timed($"{FrameworkName.TimeSpan(site)}.FromSeconds(10)", "10_000") is not { } timed)
            return null;
        if (!timed.Answers || wait.Operation.Type?.WithoutTask().SpecialType == SpecialType.System_Boolean && IsRead(call, site))
            return editor => editor.ReplaceNode(call, timed.Call); // It throws, or the answer is read already.

        // What stands alone as a statement: the call, behind an await or a '?.' perhaps.
        ExpressionSyntax whole = call;
        while (whole.Parent is AwaitExpressionSyntax or ConditionalAccessExpressionSyntax
            || whole.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } && whole.Parent.Parent.Parent is AwaitExpressionSyntax)
        {
            whole = (ExpressionSyntax)(whole.Parent is MemberAccessExpressionSyntax ? whole.Parent.Parent! : whole.Parent);
        }

        return whole.Parent is ExpressionStatementSyntax statement && statement.StartsLine() && statement.Parent is BlockSyntax or GlobalStatementSyntax
            && (!wait.Operation.Type.IsTask() || whole is AwaitExpressionSyntax)
            ? editor => RefusalTest.Of(statement, whole.ReplaceNode(call, timed.Call), whole is ConditionalAccessExpressionSyntax ? "{0} == false" : "!{0}")
                .Apply(editor, (RunsInFinalizer(site) ? RefusalTest.Leaving(site) : null) ?? RefusalTest.Throwing(site))
            : null;
    }

    /// <summary>True when somebody reads what the call returns.</summary>
    private static bool IsRead(InvocationExpressionSyntax call, FixSite site) => call.Parent switch
    {
        ExpressionStatementSyntax or AwaitExpressionSyntax { Parent: ExpressionStatementSyntax } => false,
        ArrowExpressionClauseSyntax or LambdaExpressionSyntax => site.Model.GetEnclosingSymbol(call.SpanStart, site.Cancellation) is not IMethodSymbol { ReturnsVoid: true },
        ConditionalAccessExpressionSyntax { Parent: ExpressionStatementSyntax } => false,
        _ => !IsDiscarded(call),
    };
}
