using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Contention;
using LockAnalyzers.Files;
using LockAnalyzers.Races;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Attempts;

/// <summary>
/// A retry policy of a library that never gives up, followed within the file to where it is carried out. It is reported where
/// a try to take a lock is carried out by it, without a token.
/// </summary>
internal static class ForeverPolicy
{
    /// <summary>From a policy through builders and a field to its use; longer ways are not followed.</summary>
    private const int MostSteps = 12;

    /// <summary>The attempts that the policy made here repeats for ever.</summary>
    public static IEnumerable<EndlessRetry> Find(IOperation made, ResolvedCatalog catalog)
    {
        var place = made switch
        {
            IInvocationOperation { Syntax: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } } => access.Name.GetLocation(),
            _ => made.Syntax.GetLocation(),
        };
        foreach (var execution in Executions(made, catalog, 0))
        {
            if (CallBound.Of(execution.Arguments) == Bound.None && Attempt(execution, catalog) is { } attempt)
            {
                yield return new EndlessRetry(place, HandlesTimeouts(made) ? null : attempt.Operation, attempt.Name);
                yield break;
            }
        }
    }

    /// <summary>True for an option that is set to no limit: the largest number there is.</summary>
    public static bool IsUnlimited(ISimpleAssignmentOperation assignment, ResolvedCatalog catalog) =>
        assignment.Target is IPropertyReferenceOperation { Property: var property }
        && catalog.RetryCounts.Find(property) is not null
        && ValueReader.ReadSingle(assignment.Value).Number == int.MaxValue;

    private static IEnumerable<IInvocationOperation> Executions(IOperation value, ResolvedCatalog catalog, int steps)
    {
        if (steps > MostSteps)
            yield break;
        var parent = value.Parent;
        while (parent is IConversionOperation or IParenthesizedOperation or IObjectOrCollectionInitializerOperation or IArgumentOperation or IAwaitOperation)
            parent = parent.Parent;
        switch (parent)
        {
            case IObjectCreationOperation creation:
                foreach (var execution in Executions(creation, catalog, steps + 1))
                    yield return execution;
                break;
            case IInvocationOperation call when call.TargetMethod.Name.StartsWith("Execute", StringComparison.Ordinal):
                yield return call;
                break;
            case IInvocationOperation call when !IsLimited(call):
                foreach (var execution in Executions(call, catalog, steps + 1))
                    yield return execution;
                break;
            default:
                foreach (var use in Kept(value, parent))
                {
                    foreach (var execution in Executions(use, catalog, steps + 1))
                        yield return execution;
                }

                break;
        }
    }

    /// <summary>A time-out around the retry: wrapped, or added to the pipeline before it.</summary>
    private static bool IsLimited(IInvocationOperation call) =>
        call.TargetMethod.Name.StartsWith("Wrap", StringComparison.Ordinal)
        || call.Descendants().Any(part => part is IInvocationOperation { TargetMethod.Name: "AddTimeout" });

    /// <summary>The uses of what the policy is kept in: a local, a field, a property.</summary>
    private static IEnumerable<IOperation> Kept(IOperation value, IOperation? parent)
    {
        ISymbol? symbol = parent switch
        {
            IVariableInitializerOperation { Parent: IVariableDeclaratorOperation declarator } => declarator.Symbol,
            IFieldInitializerOperation field => field.InitializedFields.FirstOrDefault(),
            IPropertyInitializerOperation property => property.InitializedProperties.FirstOrDefault(),
            ISimpleAssignmentOperation assignment when assignment.Value.Syntax.Span.Contains(value.Syntax.Span) => Loops.LoopState.Variable(assignment.Target),
            IReturnOperation => value.SemanticModel?.GetEnclosingSymbol(value.Syntax.SpanStart) is IMethodSymbol { AssociatedSymbol: IPropertySymbol property } ? property : null,
            _ => null,
        };
        if (symbol is null || value.SemanticModel is not { } model)
            yield break;
        foreach (var node in Mentions.OfIdentifier(symbol.Name, model.SyntaxTree.GetRoot()))
        {
            if (!value.Syntax.Span.Contains(node.Span)
                && model.GetOperation(node.Parent is MemberAccessExpressionSyntax { Name: var member } access && member == node ? access : node) is { } use
                && SymbolEqualityComparer.Default.Equals(Loops.LoopState.Variable(use), symbol))
            {
                yield return use;
            }
        }
    }

    private static (IOperation Operation, string Name)? Attempt(IInvocationOperation execution, ResolvedCatalog catalog)
    {
        foreach (var operation in execution.Arguments.SelectMany(argument => argument.Descendants()))
        {
            if (operation is not (IInvocationOperation or IObjectCreationOperation))
                continue;
            if (FileAttempt.Find(operation, catalog) is { IsExclusive: true } file)
                return (operation, file.Name);
            if (TryCall.Find(operation, catalog) is { } tried)
                return (operation, tried.Name);
            if (operation is IInvocationOperation call
                && (catalog.ManagedWaits.Find(call.TargetMethod, call.Instance?.Type) is { Subject: WaitSubject.Lock } || Acquisition.IsNamedSo(call.TargetMethod, catalog)))
            {
                return (operation, FileAttempt.NameOf(operation));
            }
        }

        return null;
    }

    /// <summary>The policy would repeat what gives up by a time-out as well: it handles every exception, or says nothing of them.</summary>
    private static bool HandlesTimeouts(IOperation made)
    {
        var handled = made.Syntax.DescendantNodes().OfType<GenericNameSyntax>()
            .Where(name => name.Identifier.ValueText is "Handle" or "Or")
            .Select(name => made.SemanticModel?.GetTypeInfo(name.TypeArgumentList.Arguments[0]).Type)
            .ToList();
        return handled.Count == 0 || handled.Exists(Thrown.Timeout.IsCaughtBy);
    }
}
