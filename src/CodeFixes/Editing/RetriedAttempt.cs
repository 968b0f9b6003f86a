using LockAnalyzers.Attempts;
using LockAnalyzers.Catalog;
using LockAnalyzers.Contention;
using LockAnalyzers.Loops;
using LockAnalyzers.Values;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Editing;
using Microsoft.CodeAnalysis.Operations;
using static Microsoft.CodeAnalysis.CSharp.SyntaxFactory;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>
/// Puts the Runtime's retry around a try that says by its result whether it got the lock. A loop that only asks and pauses is
/// replaced; any other loop stays, and ends with the exception of the Runtime.
/// </summary>
internal static class RetriedAttempt
{
    /// <summary>For a site whose node is the attempt; null when it cannot be written as a retry.</summary>
    public static Action<SyntaxEditor>? Find(FixSite site, Attempt attempt, StatementSyntax? loop, ResolvedCatalog catalog)
    {
        if (!site.Runtime.IsReferenced || site.Node is not ExpressionSyntax call || attempt.Operation is not IInvocationOperation invocation
            || !LambdaSafety.CanMove(call, site.Model) || call.Parent is ConditionalAccessExpressionSyntax
            || RetryLoop.ComesBackAfter(invocation, Thrown.Timeout.IsCaughtBy))
        {
            return null;
        }

        // An await in place of what was none would hold no lock of a thread, and a task that is not awaited here is not ours.
        var awaited = Awaited(call);
        if (invocation.Type.IsTask() && awaited is null)
            return null;
        var whole = awaited ?? call;
        var isAsync = awaited is not null
            || (AwaitScope.Allows(call) && Wait.Find(invocation, catalog) is not { Entry.IsThreadAffine: true });
        var verdict = Verdict(attempt);
        if (verdict is null)
            return null;

        var isTrue = verdict == "answer";
        if (loop is WhileStatementSyntax { Condition: var condition } asking && OnlyPauses(asking.Statement, catalog)
            && (isTrue ? Stripped(condition) is PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.LogicalNotExpression } negation && Stripped(negation.Operand) == whole
                : attempt.Refusal == Refusal.True && Stripped(condition) == whole))
        {
            var question = attempt.Refusal == Refusal.True
                ? PrefixUnaryExpression(SyntaxKind.LogicalNotExpression, call.WithoutTrivia())
                : call;
            if (attempt.Refusal != Refusal.True || awaited is null)
                return editor => editor.ReplaceNode(asking, ExpressionStatement(Written(site, "Until", question, awaited is not null, isAsync, invocation, null)).WithTriviaFrom(asking));
        }

        var verb = attempt.Refusal == Refusal.Null ? "Acquire" : attempt.Refusal == Refusal.Number && attempt.Refused == -1 ? "Native" : "Until";
        if (verb == "Acquire" && isAsync && awaited is null)
            isAsync = false; // The Runtime has no asynchronous form around a synchronous try for a handle.
        var test = verb == "Until" ? RuntimeCall.StaticLambda("answer", verdict) : null;
        return editor => editor.ReplaceNode(whole, Written(site, verb, call, awaited is not null, isAsync, invocation, test).InPlaceOf(whole));
    }

    private static ExpressionSyntax Written(FixSite site, string verb, ExpressionSyntax call, bool isAwaited, bool isAsync, IInvocationOperation invocation, ArgumentSyntax? test)
    {
        var arguments = new List<ArgumentSyntax> { isAwaited ? AsyncLambda(call.WithoutTrivia(), invocation.Type!) : RuntimeCall.Lambda(call) };
        if (test is not null)
            arguments.Add(test);
        var written = RuntimeCall.WriteCall(site, "BoundedRetry", isAsync ? verb + "Async" : verb, arguments);
        return isAsync ? AwaitExpression(Token(SyntaxKind.AwaitKeyword).WithTrailingTrivia(Space), written) : written;
    }

    /// <summary>A task is handed on as it is; anything else that can be awaited is awaited inside.</summary>
    private static ArgumentSyntax AsyncLambda(ExpressionSyntax call, ITypeSymbol type) =>
        Argument(ParseExpression((type.Name == "Task" ? "_ => " : "async _ => await ") + call));

    /// <summary>What the answer must be, as an expression on <c>answer</c>.</summary>
    private static string? Verdict(Attempt attempt) => attempt.Refusal switch
    {
        Refusal.False when attempt.Operation.Type.WithoutTaskOrNull()?.SpecialType == SpecialType.System_Boolean => "answer",
        Refusal.True => "!answer",
        Refusal.Null => "answer is not null",
        Refusal.Number => "answer == 0",
        Refusal.Handle when attempt.Operation.Type.WithoutTaskOrNull()?.GetMembers("IsAcquired").IsEmpty == false => "answer.IsAcquired",
        _ => null,
    };

    private static ITypeSymbol? WithoutTaskOrNull(this ITypeSymbol? type) => type?.WithoutTask();

    private static AwaitExpressionSyntax? Awaited(ExpressionSyntax call) => call.Parent switch
    {
        AwaitExpressionSyntax awaited => awaited,
        MemberAccessExpressionSyntax { Name.Identifier.ValueText: "ConfigureAwait", Parent: InvocationExpressionSyntax { Parent: AwaitExpressionSyntax awaited } } => awaited,
        _ => null,
    };

    private static bool OnlyPauses(StatementSyntax body, ResolvedCatalog catalog) => body switch
    {
        EmptyStatementSyntax => true,
        BlockSyntax block => block.Statements.All(statement => OnlyPauses(statement, catalog)),
        ExpressionStatementSyntax statement => LoopDeadline.IsPause(statement, catalog) || statement.Expression is InvocationExpressionSyntax
        {
            ArgumentList.Arguments.Count: 0, Expression: MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Yield" or "SpinOnce" },
        },
        _ => false,
    };

    private static ExpressionSyntax Stripped(ExpressionSyntax expression)
    {
        while (expression is ParenthesizedExpressionSyntax parenthesized)
            expression = parenthesized.Expression;
        return expression;
    }
}
