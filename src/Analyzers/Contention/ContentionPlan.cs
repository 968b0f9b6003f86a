using LockAnalyzers.Catalog;
using LockAnalyzers.Loops;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Contention;

/// <summary>What the code does when somebody else holds the lock.</summary>
internal enum Plan
{
    /// <summary>It has an answer: a handler, a bounded retry, or somebody else's helper around it.</summary>
    Handled,

    /// <summary>None: the attempt fails into code that does not expect it.</summary>
    Bare,

    /// <summary>It tries again until it succeeds, however long that takes.</summary>
    Endless,
}

/// <summary>
/// Follows the failure of an attempt outwards: through the function that makes it, then through those of its type that call
/// it, until something answers it.
/// </summary>
internal sealed class ContentionPlan
{
    /// <summary>Helpers of helpers of helpers. Deeper ones are rare, and each step asks the whole type.</summary>
    private const int MostCalls = 4;

    private readonly Thrown _thrown;
    private readonly ResolvedCatalog _catalog;
    private readonly List<Location> _loops = new();
    private readonly HashSet<ISymbol> _onTheWay = new(SymbolEqualityComparer.Default);

    private ContentionPlan(Thrown thrown, ResolvedCatalog catalog)
    {
        _thrown = thrown;
        _catalog = catalog;
    }

    public static Plan Of(IOperation attempt, ISymbol member, Thrown thrown, ResolvedCatalog catalog) =>
        new ContentionPlan(thrown, catalog).Judge(attempt, member);

    /// <summary>The endless loops that an attempt ends up in; empty where there are none.</summary>
    public static IReadOnlyList<Location> EndlessLoops(IOperation attempt, ISymbol member, Thrown thrown, ResolvedCatalog catalog)
    {
        var plan = new ContentionPlan(thrown, catalog);
        plan.Judge(attempt, member);
        return plan._loops;
    }

    private Plan Judge(IOperation attempt, ISymbol? member)
    {
        var retry = RetryLoop.AfterException(attempt, _thrown.IsCaughtBy, _catalog);
        switch (retry.Repetition)
        {
            case Repetition.Endless:
                _loops.Add(retry.Place!);
                return Plan.Endless;
            case Repetition.Bounded:
                return Plan.Handled;
        }

        var function = attempt.EnclosingFunction();
        var method = function is ILocalFunctionOperation local ? local.Symbol : member as IMethodSymbol;
        if (FailurePath.Handler(attempt, function, _thrown) is not null)
            return Plan.Handled;
        if (function is IAnonymousFunctionOperation lambda)
            return JudgeDelegate(lambda, member);
        return method is null ? Plan.Bare : JudgeCallers(method, attempt);
    }

    private Plan JudgeCallers(IMethodSymbol method, IOperation attempt)
    {
        if (IsQuestion(method))
            return Plan.Handled;
        if (_onTheWay.Count >= MostCalls || attempt.SemanticModel is not { } model || !_onTheWay.Add(method))
            return Plan.Bare;

        var plans = Callers.Of(method, model)
            .Select(call => call is IMethodReferenceOperation ? JudgeDelegate(call, Member(call, model)) : Judge(call, Member(call, model)))
            .Distinct().ToList();
        _onTheWay.Remove(method);
        return plans.Contains(Plan.Endless) ? Plan.Endless
            : plans.Contains(Plan.Bare) || plans.Count == 0 ? Plan.Bare
            : Plan.Handled;
    }

    /// <summary>
    /// An attempt inside a delegate belongs to whom it is given to. A method of the same type can be read; the framework has
    /// no helper that retries, so its callers see the failure; anybody else's helper is trusted.
    /// </summary>
    private Plan JudgeDelegate(IOperation target, ISymbol? member)
    {
        var value = target.Parent is IDelegateCreationOperation created ? created : target;
        while (value.Parent is IConversionOperation or IParenthesizedOperation)
            value = value.Parent;
        if (value.Parent is not IArgumentOperation { Parent: { } receiver, Parameter: { } parameter })
            return Plan.Handled;

        var calls = receiver.SemanticModel is { } model && _onTheWay.Count < MostCalls && _onTheWay.Add(parameter)
            ? Callers.OfDelegate(parameter.OriginalDefinition, model).Select(call => Judge(call, Member(call, model))).ToList()
            : new List<Plan>();
        _onTheWay.Remove(parameter);
        if (calls.Contains(Plan.Endless))
            return Plan.Endless;
        if (calls.Contains(Plan.Handled) || !parameter.ContainingType.IsFromFramework())
            return Plan.Handled;
        return Judge(receiver, member);
    }

    /// <summary>A method that asks rather than takes: its callers expect a refusal.</summary>
    private static bool IsQuestion(IMethodSymbol method) =>
        method.Name.StartsWith("Try", StringComparison.Ordinal)
        || (method.ReturnType.SpecialType == SpecialType.System_Boolean
            && (method.Name.StartsWith("Is", StringComparison.Ordinal) || method.Name.StartsWith("Can", StringComparison.Ordinal)));

    /// <summary>The member around an operation; of a lambda or local function, the one that it stands in.</summary>
    public static ISymbol? Member(IOperation operation, SemanticModel model)
    {
        var symbol = model.GetEnclosingSymbol(operation.Syntax.SpanStart);
        while (symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
            symbol = symbol.ContainingSymbol;
        return symbol;
    }
}
