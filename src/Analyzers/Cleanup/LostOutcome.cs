using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Shutdown;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Cleanup;

/// <summary>Cleanup that waits for work no longer than a limit, or asks whether it has ended, and goes on in the same way whatever the answer is.</summary>
/// <param name="Place">The wait or the question.</param>
/// <param name="Variable">What keeps the work.</param>
/// <param name="Acquisition">The acquisition in the work; null when it is other work, and the cleanup says in so many words that it is done.</param>
internal sealed record LostOutcome(ExpressionSyntax Place, string Variable, ExpressionSyntax? Acquisition)
{
    /// <summary>True when nothing was done to end the acquisition before.</summary>
    public bool IsSure { get; init; }

    public static IEnumerable<LostOutcome> In(SyntaxNode function, SemanticModel model, ShutdownFacts facts, CancellationToken cancellation)
    {
        foreach (var node in function.OwnNodes())
        {
            var found = node switch
            {
                InvocationExpressionSyntax call when CallActions.NameOf(call) is { } name && facts.Catalog.Races.HasName(name) => OfWait(call, function, model, facts, cancellation),
                MemberAccessExpressionSyntax { Name.Identifier.ValueText: var name } question when facts.Catalog.ShutdownMembers.HasName(name) => OfQuestion(question, function, model, facts, cancellation),
                _ => null,
            };
            if (found is not null)
                yield return found;
        }
    }

    /// <summary><c>await Task.WhenAny(_pending, Task.Delay(1000));</c>, <c>_worker.Join(1000);</c></summary>
    private static LostOutcome? OfWait(InvocationExpressionSyntax call, SyntaxNode function, SemanticModel model, ShutdownFacts facts, CancellationToken cancellation)
    {
        if (Statement(call, out var swallows) is not { } statement || model.GetOperation(call, cancellation) is not IInvocationOperation { TargetMethod: var method } race
            || facts.Catalog.Races.Find(method) is null || !(CallBound.Of(race.Arguments) is Bound.Finite or Bound.Zero || IsAnyWithDelay(race, facts)) || (method.Name == "WaitAsync" && !swallows))
        {
            return null;
        }

        foreach (var name in call.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (model.GetSymbolInfo(name, cancellation).Symbol is IFieldSymbol { Type: var type } && IsWork(type) && !IsLookedAt(name, statement, function, facts.Catalog))
                return Of(call, name, statement, function, model, facts, cancellation);
        }

        return null;
    }

    /// <summary><c>if (_pending.IsCompletedSuccessfully) _pending.Result.Dispose();</c>, with nothing for the other case.</summary>
    private static LostOutcome? OfQuestion(MemberAccessExpressionSyntax question, SyntaxNode function, SemanticModel model, ShutdownFacts facts, CancellationToken cancellation)
    {
        if (question.Expression.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().LastOrDefault() is not { Identifier.ValueText: var name } variable || question.FirstAncestorOrSelf<StatementSyntax>() is not IfStatementSyntax branch || !branch.Condition.Span.Contains(question.Span)
            || model.GetSymbolInfo(question, cancellation).Symbol is not { } asked || facts.Role(asked) != ShutdownRole.Done
            || function.DescendantNodes().Any(node => node is IdentifierNameSyntax { Identifier.ValueText: var text } use && text == name && IsFollowed(use))
            || EmptyAnswer.IsHonest(new Look(question, question, question.Parent is PrefixUnaryExpressionSyntax), facts.Catalog))
        {
            return null;
        }

        return model.GetSymbolInfo(variable, cancellation).Symbol is IFieldSymbol { Type: var type } && IsWork(type)
            && Of(question, variable, branch, function, model, facts, cancellation) is { Acquisition: not null } found ? found : null;
    }

    private static LostOutcome? Of(ExpressionSyntax place, IdentifierNameSyntax variable, StatementSyntax statement, SyntaxNode function, SemanticModel model, ShutdownFacts facts, CancellationToken cancellation)
    {
        var name = variable.Identifier.ValueText;
        var cancels = function.OwnNodes().Any(node => node is InvocationExpressionSyntax call && CallActions.NameOf(call) is "Cancel" or "CancelAsync" or "CancelAfter");
        foreach (var write in PendingWrite.Of(name, function.Scope()))
        {
            if (SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(write.Target, cancellation).Symbol, model.GetSymbolInfo(variable, cancellation).Symbol)
                && new Taking(model, facts, cancellation).Behind(write.Value, write.Function) is { } acquisition)
            {
                return new LostOutcome(place, name, acquisition) { IsSure = !cancels };
            }
        }

        return Claim.Follows(statement, facts.Catalog) ? new LostOutcome(place, name, null) : null;
    }

    /// <summary>The statement that a wait is all of; null when somebody reads its answer.</summary>
    private static StatementSyntax? Statement(ExpressionSyntax wait, out bool swallows)
    {
        swallows = false;
        SyntaxNode node = wait;
        while (node.Parent is AwaitExpressionSyntax or MemberAccessExpressionSyntax or ConditionalAccessExpressionSyntax or ParenthesizedExpressionSyntax
            || node.Parent is InvocationExpressionSyntax || node.Parent is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: "_" } })
        {
            node = node.Parent;
        }

        if (node.Parent is not ExpressionStatementSyntax statement)
            return null;
        swallows = statement.FirstAncestorOrSelf<TryStatementSyntax>()?.Catches.Any(static caught => caught.Block.Statements.Count == 0 || !caught.Block.DescendantNodes().Any(static inner => inner is ThrowStatementSyntax or ReturnStatementSyntax)) == true;
        return statement;
    }

    private static bool IsAnyWithDelay(IInvocationOperation race, ShutdownFacts facts) =>
        facts.Role(race.TargetMethod) == ShutdownRole.Any
        && TaskBound.Parts(race).Any(part => part is IInvocationOperation delay && facts.Role(delay.TargetMethod) == ShutdownRole.Delay);

    private static bool IsWork(ITypeSymbol type) => type.IsTask() || type is { Name: "Thread", ContainingNamespace: { Name: "Threading", ContainingNamespace.Name: "System" } };

    /// <summary>True when the work is mentioned again behind the wait, or something there does not sound like "done".</summary>
    private static bool IsLookedAt(IdentifierNameSyntax work, StatementSyntax statement, SyntaxNode function, ResolvedCatalog catalog)
    {
        foreach (var node in function.DescendantNodes())
        {
            if (node.SpanStart > statement.Span.End && node is IdentifierNameSyntax { Identifier.ValueText: var text } use && text == work.Identifier.ValueText && !IsDropped(use))
                return true;
        }

        return statement.FirstAncestorOrSelf<TryStatementSyntax>() is { } attempt && function.Span.Contains(attempt.Span) && attempt.Catches.Any(caught => EmptyAnswer.IsHonest(caught.Block, catalog))
            || Claim.Rest(statement).Any(next => EmptyAnswer.IsHonest(next, catalog));
    }

    /// <summary><c>_worker = null;</c>, <c>_pending.Dispose();</c></summary>
    private static bool IsDropped(IdentifierNameSyntax use) =>
        use.Parent is AssignmentExpressionSyntax { Right: var right } assignment && assignment.Left == use && Look.IsNothing(right)
        || use.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Dispose" } or ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax { Name.Identifier.ValueText: "Dispose" } } };

    /// <summary>Awaited, waited for, continued or handed on: anything but a look at its state or its result.</summary>
    private static bool IsFollowed(IdentifierNameSyntax use)
    {
        SyntaxNode node = use;
        while (node.Parent is MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } or ConditionalAccessExpressionSyntax or ParenthesizedExpressionSyntax or PostfixUnaryExpressionSyntax)
            node = node.Parent;
        return node.Parent is AwaitExpressionSyntax or ArgumentSyntax or ReturnStatementSyntax
            || node.Parent is MemberAccessExpressionSyntax { Name.Identifier.ValueText: "Wait" or "WaitAsync" or "ContinueWith" or "GetAwaiter" or "ConfigureAwait" or "Join" };
    }
}
