using System.Collections.Immutable;
using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Paths;

/// <summary><c>while (_busy) Thread.Sleep(50);</c>: a wait made by hand, which lasts for as long as nobody turns the one thing that it looks at.</summary>
internal static class PollLoop
{
    /// <summary>By its text, before anything is bound: the loop does nothing but to call one or two things.</summary>
    public static bool MayBe(SyntaxNode loop) => loop switch
    {
        WhileStatementSyntax { Statement: var body } => IsPlain(body),
        DoStatementSyntax { Statement: var body } => IsPlain(body),
        _ => false,
    };

    private static bool IsPlain(StatementSyntax body)
    {
        const int MostStatements = 2; // The pause, and a word to the log.
        return body switch
        {
            BlockSyntax { Statements: { Count: > 0 and <= MostStatements } statements } => statements.All(static statement => statement is ExpressionStatementSyntax),
            _ => body is ExpressionStatementSyntax,
        };
    }

    /// <summary>True when the loop only pauses and asks, and neither a count, a clock nor a token may answer.</summary>
    public static bool IsEndless(IWhileLoopOperation loop, ShutdownFacts facts)
    {
        if (!MayBe(loop.Syntax) || loop.Condition is not { } condition || !LooksAtOneThing(condition, facts.Catalog))
            return false;

        var pauses = false;
        foreach (var statement in loop.Body is IBlockOperation block ? block.Operations : ImmutableArray.Create(loop.Body))
        {
            if (statement is not IExpressionStatementOperation { Operation: var expression } || Called(expression) is not { } call)
                return false;
            if (facts.Role(call.TargetMethod) is ShutdownRole.Pause or ShutdownRole.Delay)
                pauses |= CallBound.Of(call.Arguments.RemoveAll(static argument => !argument.Parameter!.Type.IsToken())) == Bound.None;
            else if (!TellingNames.Tells(call.TargetMethod, facts.Catalog))
                return false;
        }

        return pauses;
    }

    private static IInvocationOperation? Called(IOperation expression) => expression.Unwrapped() switch
    {
        IAwaitOperation { Operation: var task } => Called(task),
        IInvocationOperation { Instance: IInvocationOperation inner, TargetMethod.Name: "ConfigureAwait" } => inner,
        var other => other as IInvocationOperation,
    };

    /// <summary>A field or property, compared or not, of something that other code changes.</summary>
    private static bool LooksAtOneThing(IOperation condition, ResolvedCatalog catalog)
    {
        var members = 0;
        foreach (var part in condition.DescendantsAndSelf())
        {
            switch (part)
            {
                case IPropertyReferenceOperation { Property: var property } when catalog.Clocks.Find(property) is not null:
                    return false;
                case IFieldReferenceOperation { Field: { IsConst: false, IsReadOnly: false } } or IPropertyReferenceOperation { Property.IsIndexer: false } when !part.Type.IsDuration() && !part.Type.IsInstant():
                    members++;
                    break;
                case IFieldReferenceOperation or ILocalReferenceOperation or IParameterReferenceOperation or IInstanceReferenceOperation or ILiteralOperation or IConversionOperation or IArgumentOperation:
                case IUnaryOperation { OperatorKind: UnaryOperatorKind.Not }:
                case IBinaryOperation { OperatorKind: not (BinaryOperatorKind.ConditionalAnd or BinaryOperatorKind.ConditionalOr or BinaryOperatorKind.And or BinaryOperatorKind.Or) }:
                case IInvocationOperation { Instance: null } call when call.Arguments.Any(static argument => argument.Parameter?.RefKind is not (null or RefKind.None)): // Volatile.Read(ref _busy)
                    break;
                default:
                    return false;
            }
        }

        return members > 0;
    }
}
