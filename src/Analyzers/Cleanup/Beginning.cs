using LockAnalyzers.Catalog;
using LockAnalyzers.Loops;
using LockAnalyzers.Shutdown;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Cleanup;

/// <summary>Where a function is set going so that whoever does it goes on before the function has ended.</summary>
/// <param name="Place">The call that begins the work; the name of the member, where others call it.</param>
/// <param name="KeptIn">The variable that keeps the task or thread; null when nobody does.</param>
/// <param name="Way">The functions from the one that acquires to the one that is begun.</param>
internal sealed record Beginning(SyntaxNode Place, string? KeptIn, IReadOnlyList<SyntaxNode> Way)
{
    /// <summary>The host begins it, and <c>StopAsync</c> of the base waits for it.</summary>
    public bool IsByHost { get; init; }
}

/// <summary>Looks for the <see cref="Beginning"/> of a function within its type.</summary>
internal sealed class BeginningFinder
{
    /// <summary>A method that awaits a method that awaits … was not met deeper.</summary>
    private const int MostSteps = 4;

    private readonly SemanticModel _model;
    private readonly ShutdownFacts _facts;
    private readonly CancellationToken _cancellation;
    private readonly List<SyntaxNode> _way = new();

    public BeginningFinder(SemanticModel model, ShutdownFacts facts, CancellationToken cancellation)
    {
        _model = model;
        _facts = facts;
        _cancellation = cancellation;
    }

    /// <summary>How the function around a place is begun; null when whoever calls it waits for it, or nobody of this type does.</summary>
    /// <param name="function">The function.</param>
    /// <param name="isLate">True when the place comes behind an await, so that an asynchronous function has returned by then.</param>
    public Beginning? Find(SyntaxNode function, bool isLate)
    {
        if (_way.Count >= MostSteps || _way.Contains(function))
            return null;
        _way.Add(function);
        try
        {
            return function switch
            {
                AnonymousFunctionExpressionSyntax lambda => OfLambda(lambda),
                LocalFunctionStatementSyntax local => OfNamed(local, local.Identifier, local.Modifiers, local.ReturnType, isLate),
                MethodDeclarationSyntax method => OfNamed(method, method.Identifier, method.Modifiers, method.ReturnType, isLate),
                _ => null,
            };
        }
        finally
        {
            _way.RemoveAt(_way.Count - 1);
        }
    }

    private Beginning? OfLambda(AnonymousFunctionExpressionSyntax lambda)
    {
        SyntaxNode node = lambda;
        while (node.Parent is ParenthesizedExpressionSyntax or CastExpressionSyntax
            || (node.Parent is ArgumentSyntax { Parent.Parent: ObjectCreationExpressionSyntax made } && _model.GetTypeInfo(made, _cancellation).Type?.TypeKind == TypeKind.Delegate))
        {
            node = node.Parent is ArgumentSyntax argument ? argument.Parent!.Parent! : node.Parent!;
        }

        if (node.Parent is not ArgumentSyntax { Parent.Parent: ExpressionSyntax call })
            return null;
        if (IsHandedToAnotherThread(call))
            return Of(Fate.Of(call, _model, _facts.Catalog), call);

        // Any other call runs it before it returns, or before its task has ended: a policy that retries, a helper that measures.
        var fate = _model.GetTypeInfo(call, _cancellation).Type.IsTask() ? Fate.Of(call, _model, _facts.Catalog) : default;
        return fate.Kind != FateKind.Followed ? Of(fate, call)
            : call.EnclosingFunction() is { } outer ? Find(outer, isLate: true)
            : null;
    }

    private Beginning? OfNamed(SyntaxNode function, SyntaxToken name, SyntaxTokenList modifiers, TypeSyntax type, bool isLate)
    {
        var isAsync = modifiers.Any(SyntaxKind.AsyncKeyword);
        var isVoid = type is PredefinedTypeSyntax { Keyword.RawKind: (int)SyntaxKind.VoidKeyword };
        if (isAsync && !isLate)
            isAsync = false; // What stands before the first await has run when the call returns.
        if (isAsync && modifiers.Any(SyntaxKind.OverrideKeyword) && _facts.Catalog.Words.Of("host-runs").Contains(name.ValueText))
            return Begun(function) with { IsByHost = true };
        if (_model.GetDeclaredSymbol(function, _cancellation) is not { } symbol)
            return null;

        foreach (var use in Mentions.OfIdentifier(name.ValueText, function.Scope()))
        {
            ExpressionSyntax reference = use.Parent is MemberAccessExpressionSyntax access && access.Name == use ? access : use;
            if (reference.Parent is InvocationExpressionSyntax or ArgumentSyntax
                && SymbolEqualityComparer.Default.Equals((_model.GetSymbolInfo(use, _cancellation).Symbol as IMethodSymbol)?.OriginalDefinition, symbol)
                && OfUse(reference, isAsync, isVoid) is { } found)
            {
                return found;
            }
        }

        return isAsync && isVoid ? Begun(function) : null;
    }

    private Beginning? OfUse(ExpressionSyntax reference, bool isAsync, bool isVoid)
    {
        switch (reference.Parent)
        {
            case InvocationExpressionSyntax call when call.Expression == reference && isAsync && isVoid:
                return Begun(call);
            case InvocationExpressionSyntax call when call.Expression == reference:
                if (isAsync || _model.GetTypeInfo(call, _cancellation).Type.IsTask())
                {
                    var fate = Fate.Of(call, _model, _facts.Catalog);
                    if (fate.Kind is not (FateKind.Followed or FateKind.Returned))
                        return isAsync ? Of(fate, call) : null;
                }

                return call.EnclosingFunction() is { } outer ? Find(outer, isLate: isAsync || IsBehindAwait(call)) : null;
            case ArgumentSyntax { Parent.Parent: ExpressionSyntax call }:
                while (_model.GetTypeInfo(call, _cancellation).Type?.TypeKind == TypeKind.Delegate && call.Parent is ArgumentSyntax { Parent.Parent: ExpressionSyntax receiver })
                    call = receiver;
                return IsHandedToAnotherThread(call) ? Of(Fate.Of(call, _model, _facts.Catalog), call) : null;
            default:
                return null;
        }
    }

    private Beginning? Of(Fate fate, SyntaxNode place) => fate.Kind switch
    {
        FateKind.Forgotten or FateKind.Raced => Begun(place),
        FateKind.Kept => Begun(place) with { KeptIn = fate.KeptIn },
        FateKind.Returned when place.EnclosingFunction() is { } outer => Find(outer, isLate: true),
        _ => null,
    };

    private Beginning Begun(SyntaxNode place) => new(place, null, _way.ToList());

    private bool IsHandedToAnotherThread(ExpressionSyntax call) =>
        _model.GetSymbolInfo(call, _cancellation).Symbol is IMethodSymbol method
        && (_facts.Catalog.Spawns.Find(method) is not null || _facts.Role(method) is ShutdownRole.Pool or ShutdownRole.Late or ShutdownRole.Thread);

    private static bool IsAsync(SyntaxNode function) => function switch
    {
        BaseMethodDeclarationSyntax method => method.Modifiers.Any(SyntaxKind.AsyncKeyword),
        LocalFunctionStatementSyntax local => local.Modifiers.Any(SyntaxKind.AsyncKeyword),
        AnonymousFunctionExpressionSyntax lambda => lambda.Modifiers.Any(SyntaxKind.AsyncKeyword),
        _ => false,
    };

    /// <summary>True when an await stands in the same function before, or around, the place, or in a loop with it.</summary>
    public static bool IsBehindAwait(SyntaxNode place) =>
        place.EnclosingFunction() is { } function && IsAsync(function)
        && function.OwnNodes().Any(node => (node.SpanStart < place.Span.End || RepeatedCode.Loops(place).Any(loop => loop.Span.Contains(node.Span))) && node is AwaitExpressionSyntax or UsingStatementSyntax { AwaitKeyword.RawKind: not 0 } or CommonForEachStatementSyntax { AwaitKeyword.RawKind: not 0 });
}
