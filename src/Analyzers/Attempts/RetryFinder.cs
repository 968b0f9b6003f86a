using LockAnalyzers.Catalog;
using LockAnalyzers.Contention;
using LockAnalyzers.Files;
using LockAnalyzers.Framework;
using LockAnalyzers.Loops;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Attempts;

/// <summary>An attempt that is repeated for ever, and where that is seen.</summary>
/// <param name="Place">The head of the loop, or what makes one.</param>
/// <param name="Attempt">What is repeated; null where bounding it would not end the repetition.</param>
/// <param name="Name">How a message names the attempt.</param>
internal readonly record struct EndlessRetry(Location Place, IOperation? Attempt, string Name)
{
    /// <summary>True for a loop that only yields between two tries of a lock of this process.</summary>
    public bool IsSpin { get; init; }
}

/// <summary>
/// Finds the attempts to take a lock that are repeated for ever. Several attempts may stand in one loop, which is one
/// place.
/// </summary>
internal sealed class RetryFinder
{
    private readonly SemanticModel _model;
    private readonly ResolvedCatalog _catalog;
    private readonly RetryPlaces _places;
    private readonly CancellationToken _cancellation;

    public RetryFinder(SemanticModel model, RetryPlaces places, ResolvedCatalog catalog, CancellationToken cancellation)
    {
        _model = model;
        _places = places;
        _catalog = catalog;
        _cancellation = cancellation;
    }

    /// <summary>The endless retries of the file.</summary>
    public IEnumerable<EndlessRetry> All() => _places.Attempts.SelectMany(Find);

    /// <summary>The endless retries that a call, creation or assignment is the attempt of.</summary>
    private IEnumerable<EndlessRetry> Find(SyntaxNode node)
    {
        var isPaused = false;
        switch (node)
        {
            case InvocationExpressionSyntax:
                var hint = _places.HintOf(node);
                if ((hint & NameHint.Policy) != 0)
                {
                    return _model.GetOperation(node, _cancellation) is IInvocationOperation made && _catalog.ForeverRetries.Find(made.TargetMethod) is not null
                        ? ForeverPolicy.Find(made, _catalog)
                        : Enumerable.Empty<EndlessRetry>();
                }

                if (!((hint & NameHint.Throws) != 0 || ((hint & NameHint.Answers) != 0 && RepeatedCode.MayRepeat(node)) || (isPaused = _places.IsPaused(node))))
                    return Enumerable.Empty<EndlessRetry>();
                break;
            case AssignmentExpressionSyntax:
                return _model.GetOperation(node, _cancellation) is ISimpleAssignmentOperation assignment && ForeverPolicy.IsUnlimited(assignment, _catalog)
                    ? ForeverPolicy.Find(assignment, _catalog)
                    : Enumerable.Empty<EndlessRetry>();
            case BaseObjectCreationExpressionSyntax:
                // The constructor comes from what the compiler has bound anyway; the operations of a body are made for the analyzers alone.
                if (_model.GetSymbolInfo(node, _cancellation).Symbol is not IMethodSymbol constructor
                    || (_catalog.FileOpens.Find(constructor) is null && _catalog.Claims.Find(constructor) is null))
                {
                    return Enumerable.Empty<EndlessRetry>();
                }

                break;
        }

        return _model.GetOperation(node, _cancellation) is { } operation and (IInvocationOperation or IObjectCreationOperation) ? Judge(operation, isPaused || _places.IsPaused(node)) : Enumerable.Empty<EndlessRetry>();
    }

    private IEnumerable<EndlessRetry> Judge(IOperation operation, bool isPaused)
    {
        if (FileAttempt.Find(operation, _catalog) is { } file)
        {
            if (!file.IsExclusive && !isPaused)
                yield break;
            IEnumerable<Location> loops = file.IsExclusive
                ? ContentionPlan.EndlessLoops(operation, ContentionPlan.Member(operation, _model)!, Thrown.HeldFile, _catalog)
                : Places(RetryLoop.AfterException(operation, Thrown.HeldFile.IsCaughtBy, _catalog));
            foreach (var place in loops)
                yield return new EndlessRetry(place, operation, file.Name);
            yield break;
        }

        if (TryCall.Find(operation, _catalog) is { } attempt)
        {
            foreach (var place in Places(RetryLoop.AfterAnswer(attempt, _catalog)))
                yield return new EndlessRetry(place, operation, attempt.Name) { IsSpin = Spin.Is(operation, _catalog) };
        }
        else if (isPaused && operation is IInvocationOperation call)
        {
            foreach (var retry in LockEvidenceInLoop.Judge(call, _catalog))
                yield return retry;
        }
    }

    internal static IEnumerable<Location> Places(RetryLoop retry)
    {
        if (retry.Place is { } place)
            yield return place;
    }
}
