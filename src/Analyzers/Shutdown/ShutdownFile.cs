using LockAnalyzers.Shutdown.Roots;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Shutdown;

/// <summary>What one file holds that matters to a shutdown; only what bears a name of interest is bound.</summary>
internal sealed class ShutdownFile
{
    private readonly ShutdownPlaces _places;
    private readonly ShutdownFacts _facts;

    public ShutdownFile(SemanticModel model, ShutdownPlaces places, ShutdownFacts facts, CancellationToken cancellation)
    {
        _places = places;
        _facts = facts;
        Roots = places.Candidates.Select(node => Find(node, model, cancellation)).OfType<Root>().ToList();
    }

    /// <summary>Where shutdown paths begin, in the order they stand.</summary>
    public IReadOnlyList<Root> Roots { get; }

    /// <summary>Calls of what seems to end a process.</summary>
    public IReadOnlyList<InvocationExpressionSyntax> Ends => _places.Ends;

    /// <summary>True when something bears the name of a wait or looks like one, or a native function is declared here.</summary>
    public bool MayWait => _places.MayWait;

    private Root? Find(SyntaxNode candidate, SemanticModel model, CancellationToken cancellation) => candidate switch
    {
        MethodDeclarationSyntax method => model.GetDeclaredSymbol(method, cancellation) is { } stop ? ShutdownRoots.Stopping(stop, _facts) : null,
        DestructorDeclarationSyntax finalizer => model.GetDeclaredSymbol(finalizer, cancellation) is { } symbol ? ShutdownRoots.Member(symbol, _facts) : null,
        _ => model.GetOperation(candidate, cancellation) is { } operation && Owner(model, candidate, cancellation) is { } owner
            ? ShutdownRoots.Registered(operation, owner, _facts)
            : null,
    };

    /// <summary>The member around the node, whatever lambdas and local functions stand between.</summary>
    private static ISymbol? Owner(SemanticModel model, SyntaxNode node, CancellationToken cancellation)
    {
        var symbol = model.GetEnclosingSymbol(node.SpanStart, cancellation);
        while (symbol is IMethodSymbol { MethodKind: MethodKind.AnonymousFunction or MethodKind.LocalFunction })
            symbol = symbol.ContainingSymbol;
        return symbol;
    }
}
