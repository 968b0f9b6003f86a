using LockAnalyzers.Framework;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Shutdown;

/// <summary>What one file holds that matters to a shutdown: found in one walk by names, for all rules; only what bears such a name is bound.</summary>
internal sealed class ShutdownFile
{
    private readonly ShutdownFacts _facts;
    private readonly List<SyntaxNode> _candidates = new();
    private readonly List<InvocationExpressionSyntax> _ends = new();

    public ShutdownFile(SemanticModel model, ShutdownFacts facts, CancellationToken cancellation)
    {
        _facts = facts;
        foreach (var node in model.SyntaxTree.GetRoot(cancellation).DescendantNodes())
            Look(node);
        Roots = _candidates.Select(node => Find(node, model, cancellation)).OfType<Root>().ToList();
    }

    /// <summary>Where shutdown paths begin, in the order they stand.</summary>
    public IReadOnlyList<Root> Roots { get; }

    /// <summary>Calls of what seems to end a process.</summary>
    public IReadOnlyList<InvocationExpressionSyntax> Ends => _ends;

    /// <summary>True when something bears the name of a wait, or a native function is declared here.</summary>
    public bool MayWait { get; private set; }

    private void Look(SyntaxNode node)
    {
        var catalog = _facts.Catalog;
        switch (node)
        {
            case MethodDeclarationSyntax method:
                MayWait |= method is { Body: null, ExpressionBody: null, AttributeLists.Count: > 0 };
                if (catalog.StopNames.Contains(method.Identifier.ValueText) || StopNames.MayBeStop(method.Identifier.ValueText, catalog))
                    _candidates.Add(node);
                break;
            case DestructorDeclarationSyntax:
                _candidates.Add(node);
                break;
            case InvocationExpressionSyntax call when CallActions.NameOf(call) is { } name:
                MayWait |= catalog.ManagedWaits.HasName(name) || catalog.NativeWaits.ContainsKey(name);
                if (catalog.RegistrationNames.Contains(name))
                    _candidates.Add(node);
                if (catalog.ExitWords.Contains(name) || catalog.KillWords.Contains(name))
                    _ends.Add(call);
                break;
            case MemberAccessExpressionSyntax { Parent: not InvocationExpressionSyntax } access:
                MayWait |= catalog.ManagedWaits.HasName(access.Name.Identifier.ValueText);
                break;
            case AssignmentExpressionSyntax { RawKind: (int)SyntaxKind.AddAssignmentExpression } registration
                when CallActions.NameOf(registration) is { } name && catalog.RegistrationNames.Contains(name):
                _candidates.Add(node);
                break;
        }
    }

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
