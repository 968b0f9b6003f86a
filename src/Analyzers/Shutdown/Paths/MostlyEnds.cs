using System.Collections.Immutable;
using LockAnalyzers.Catalog;
using LockAnalyzers.Shutdown.Workers;
using LockAnalyzers.Values;
using LockAnalyzers.Waits;
using LockAnalyzers.Waits.Intent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Paths;

/// <summary>Why a wait that nothing bounds mostly ends all the same: what it waits for is on its way out, and nothing new begins.</summary>
internal static class MostlyEnds
{
    /// <param name="operation">What is to blame.</param>
    /// <param name="step">The step that waits.</param>
    /// <param name="calls">The calls that lead to it.</param>
    /// <param name="facts">What the catalog knows.</param>
    public static bool Holds(IOperation operation, Step step, IEnumerable<IOperation> calls, ShutdownFacts facts)
    {
        var wait = Wait.Find(operation, facts.Catalog) ?? (operation is IInvocationOperation call ? facts.Wrappers.Passed(call)?.Wait : null);
        var targets = step.Tasks.IsDefaultOrEmpty || wait is { Entry.Subject: not WaitSubject.Task } ? ImmutableArray.Create(wait?.Target) : step.Tasks.CastArray<IOperation?>();
        var places = calls.Prepend(operation).ToList();
        return targets.All(target => ToldWorker.IsAwaited(target, places, facts) || IsLastTick(target, operation, facts) || IsOwnEnd(target, operation, facts) || IsTwin(target, operation) || IsQueueOfTasks(target, operation, facts))
            || (wait is not null && ChildWait.IsKilledBefore(wait, facts.Catalog))
            || IsSwitchedOff(places);
    }

    /// <summary>The wait, or a call that leads to it, stands under a flag of the object that the code further up has turned off before.</summary>
    private static bool IsSwitchedOff(IReadOnlyList<IOperation> places)
    {
        var off = new HashSet<ISymbol>(SymbolEqualityComparer.Default);
        for (var i = places.Count - 1; i >= 0; i--)
        {
            if (Conditions(places[i]).SelectMany(Needed).Any(off.Contains))
                return true;
            off.UnionWith(places[i].Earlier().OfType<ISimpleAssignmentOperation>()
                .Where(static set => set is { Target: IFieldReferenceOperation, Value.ConstantValue: { HasValue: true, Value: false } }).Select(static set => ((IFieldReferenceOperation)set.Target).Field));
        }

        return false;
    }

    private static IEnumerable<IOperation> Conditions(IOperation place)
    {
        for (var current = place; current.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation); current = parent)
        {
            if (parent is IConditionalOperation { Condition: var asked } choice && current == choice.WhenTrue)
                yield return asked;
            else if (parent is IWhileLoopOperation { Condition: { } goesOn, ConditionIsTop: true } loop && current == loop.Body)
                yield return goesOn;
        }
    }

    /// <summary>The flags without which the condition does not hold.</summary>
    private static IEnumerable<ISymbol> Needed(IOperation condition) => condition.Unwrapped() switch
    {
        IFieldReferenceOperation { Field: var flag } => new[] { flag },
        IBinaryOperation { OperatorKind: BinaryOperatorKind.ConditionalAnd } both => Needed(both.LeftOperand).Concat(Needed(both.RightOperand)),
        _ => Enumerable.Empty<ISymbol>(),
    };

    /// <summary><c>if (_timer.Dispose(ended)) ended.WaitOne();</c>: no tick begins any more, and at most one is still running.</summary>
    private static bool IsLastTick(IOperation? target, IOperation operation, ShutdownFacts facts) =>
        Variable.Of(target) is { } ended && operation.Earlier().OfType<IInvocationOperation>().Any(call =>
            facts.Role(call.TargetMethod) == ShutdownRole.Retire && call.Arguments.Any(argument => Variable.Is(argument.Value, ended)));

    /// <summary>Who comes second waits for who came first, and that one tells in a <c>finally</c> of this very function that it is done.</summary>
    private static bool IsOwnEnd(IOperation? target, IOperation operation, ShutdownFacts facts)
    {
        if (Source(target) is not IFieldSymbol { DeclaredAccessibility: Accessibility.Private, Name: var name }
            || operation.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || operation.Syntax.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member)
        {
            return false;
        }

        var isSet = false;
        foreach (var mention in Mentions.OfIdentifier(name, type))
        {
            SyntaxNode variable = mention.Parent is MemberAccessExpressionSyntax access && access.Name == mention ? access : mention;
            if (variable.Parent is not MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax, Name.Identifier.ValueText: var called } || !(Stopping.IsSignal(called, facts.Catalog) || facts.Catalog.Words.Of("settle-task").Contains(called)))
                continue;
            if (mention.FirstAncestorOrSelf<FinallyClauseSyntax>() is not { } last || !member.Span.Contains(last.Span))
                return false;
            isSet = true;
        }

        return isSet;
    }

    private static ISymbol? Source(IOperation? target) => target?.Unwrapped() switch
    {
        IPropertyReferenceOperation { Instance: IFieldReferenceOperation { Field: var field } } => field,
        IFieldReferenceOperation { Field: var field } => field,
        _ => null,
    };

    /// <summary><c>if (async) await _sent; else _sent.GetAwaiter().GetResult();</c>: the caller chose to block, and awaiting it is not reported either.</summary>
    private static bool IsTwin(IOperation? target, IOperation operation)
    {
        if (Variable.Of(target) is not { } awaited)
            return false;
        for (var current = operation; current.Parent is { } parent and not (IAnonymousFunctionOperation or ILocalFunctionOperation); current = parent)
        {
            if (parent is IConditionalOperation { WhenFalse: { } otherwise } choice && current != choice.Condition
                && (current == otherwise ? choice.WhenTrue : otherwise).DescendantsAndSelf().OfType<IAwaitOperation>().Any(other => other.Descendants().Any(part => Variable.Is(part, awaited))))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>_last = _last.ContinueWith(…)</c>: who closes is to wait for all that was handed in before.</summary>
    private static bool IsQueueOfTasks(IOperation? target, IOperation operation, ShutdownFacts facts) =>
        target?.Unwrapped() is IFieldReferenceOperation { Field: { DeclaredAccessibility: Accessibility.Private, Name: var name } }
        && operation.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
        && Mentions.OfIdentifier(name, type).Any(mention => mention.Parent is AssignmentExpressionSyntax { Left: var left, Right: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Expression: IdentifierNameSyntax before, Name.Identifier.ValueText: var continues } } }
            && left == mention && facts.Catalog.Words.Of("chain-task").Contains(continues) && before.Identifier.ValueText == name);
}
