using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Shutdown;
using LockAnalyzers.Shutdown.Paths;
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
                SimpleNameSyntax { Identifier.ValueText: var name } property when facts.Catalog.ShutdownMembers.HasName(name) => OfQuestion(property, function, model, facts, cancellation),
                _ => null,
            };
            if (found is not null)
                yield return found;
        }
    }

    /// <summary><c>await Task.WhenAny(_pending, Task.Delay(1000));</c>, <c>_worker.Join(1000);</c></summary>
    private static LostOutcome? OfWait(InvocationExpressionSyntax call, SyntaxNode function, SemanticModel model, ShutdownFacts facts, CancellationToken cancellation)
    {
        var isAlone = Statement(call, out var swallows) is not null;
        if (call.FirstAncestorOrSelf<StatementSyntax>() is not { } statement || !(isAlone || IsTested(call, statement, facts.Catalog))
            || model.GetOperation(call, cancellation) is not IInvocationOperation { TargetMethod: var method } race
            || facts.Catalog.Races.Find(method) is null || !(CallBound.Of(race.Arguments) is Bound.Finite or Bound.Zero || IsAnyWithDelay(race, facts)) || (method.Name == "WaitAsync" && !swallows))
        {
            return null;
        }

        foreach (var name in call.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (model.GetSymbolInfo(name, cancellation).Symbol is IFieldSymbol { Type: var type } && IsWork(type) && !IsLookedAt(name, statement, function, facts.Catalog))
                return Of(call, name, statement, function, model, facts, cancellation) is { } found && (isAlone || found.Acquisition is not null) ? found with { IsSure = found.IsSure && isAlone } : null;
        }

        return null;
    }

    /// <summary><c>if (_pending.Wait(1000)) …</c>, where both ways lead to the claim that all is done.</summary>
    private static bool IsTested(InvocationExpressionSyntax call, StatementSyntax statement, ResolvedCatalog catalog)
    {
        if (statement is not IfStatementSyntax branch || !branch.Condition.Span.Contains(call.Span))
            return false;
        ExpressionSyntax test = call;
        while (test.Parent is AwaitExpressionSyntax or ParenthesizedExpressionSyntax or MemberAccessExpressionSyntax or InvocationExpressionSyntax)
            test = (ExpressionSyntax)test.Parent;
        // Task.WaitAny answers -1 when none has ended.
        var isNumber = test.Parent is BinaryExpressionSyntax { Right: PrefixUnaryExpressionSyntax { RawKind: (int)SyntaxKind.UnaryMinusExpression } };
        var whenPending = test.Parent?.Kind() is SyntaxKind.LogicalNotExpression or SyntaxKind.LessThanExpression
            || (test.Parent?.Kind() is SyntaxKind.NotEqualsExpression or SyntaxKind.EqualsExpression && test.Parent.IsKind(SyntaxKind.EqualsExpression) == isNumber);
        return !EmptyAnswer.IsHonest(new Look(call, test, whenPending), catalog)
            && (whenPending ? Claim.In(branch.Statement is BlockSyntax block ? block.Statements : new[] { branch.Statement }, catalog) : branch.Else is null && Claim.Follows(branch, catalog));
    }

    /// <summary><c>if (_pending.IsCompletedSuccessfully) _pending.Result.Dispose();</c>, with nothing for the other case.</summary>
    private static LostOutcome? OfQuestion(SimpleNameSyntax property, SyntaxNode function, SemanticModel model, ShutdownFacts facts, CancellationToken cancellation)
    {
        var (place, subject) = property.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Name == property => (access, access.Expression),
            MemberBindingExpressionSyntax { Parent: ConditionalAccessExpressionSyntax access } => (access, access.Expression),
            NameColonSyntax { Parent: SubpatternSyntax pattern } when pattern.FirstAncestorOrSelf<IsPatternExpressionSyntax>() is { } test => ((ExpressionSyntax)test, test.Expression),
            _ => default,
        };
        if (place is null || !IsCondition(place)
            || subject!.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().LastOrDefault() is not { Identifier.ValueText: var name } variable
            || model.GetSymbolInfo(property, cancellation).Symbol is not { } asked || facts.Role(asked) != ShutdownRole.Done
            || function.DescendantNodes().Any(node => node is IdentifierNameSyntax { Identifier.ValueText: var text } use && text == name && IsFollowed(use))
            || EmptyAnswer.IsHonest(new Look(place, place, place.Parent is PrefixUnaryExpressionSyntax || place is IsPatternExpressionSyntax { Pattern: UnaryPatternSyntax }), facts.Catalog))
        {
            return null;
        }

        return model.GetSymbolInfo(variable, cancellation).Symbol is IFieldSymbol { Type: var type } && IsWork(type)
            && Of(place, variable, null, function, model, facts, cancellation) is { Acquisition: not null } found ? found : null;
    }

    /// <summary>What an <c>if</c> or a <c>?:</c> goes by.</summary>
    private static bool IsCondition(ExpressionSyntax place)
    {
        for (SyntaxNode node = place; node.Parent is { } parent; node = parent)
        {
            switch (parent)
            {
                case ConditionalExpressionSyntax choice:
                    return choice.Condition == node;
                case IfStatementSyntax branch:
                    return branch.Condition == node;
                case BinaryExpressionSyntax or PrefixUnaryExpressionSyntax or ParenthesizedExpressionSyntax:
                    continue;
                default:
                    return false;
            }
        }

        return false;
    }

    private static LostOutcome? Of(ExpressionSyntax place, IdentifierNameSyntax variable, StatementSyntax? statement, SyntaxNode function, SemanticModel model, ShutdownFacts facts, CancellationToken cancellation)
    {
        var name = variable.Identifier.ValueText;
        var cancels = function.OwnNodes().Any(node => node is InvocationExpressionSyntax call && CallActions.NameOf(call) is "Cancel" or "CancelAsync" or "CancelAfter");
        var symbol = model.GetSymbolInfo(variable, cancellation).Symbol;
        var taking = new Taking(model, facts, cancellation);
        var acquisition = PendingWrite.Of(name, function.Scope())
            .Where(write => SymbolEqualityComparer.Default.Equals(model.GetSymbolInfo(write.Target, cancellation).Symbol, symbol))
            .Select(write => taking.Behind(write.Value, write.Function))
            .Append(Initializer(symbol, model) is { } initial ? taking.Behind(initial, initial) : null)
            .FirstOrDefault(found => found is not null);
        if (acquisition is not null)
            return new LostOutcome(place, name, acquisition) { IsSure = !cancels };
        return statement is not null && Claim.Follows(statement, facts.Catalog) ? new LostOutcome(place, name, null) : null;
    }

    private static ExpressionSyntax? Initializer(ISymbol? field, SemanticModel model) =>
        field?.DeclaringSyntaxReferences.FirstOrDefault() is { } declaration && declaration.SyntaxTree == model.SyntaxTree && declaration.GetSyntax() is VariableDeclaratorSyntax { Initializer.Value: var value } ? value : null;

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
