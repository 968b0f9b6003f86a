using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using LockAnalyzers.Waits.Intent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Workers;

/// <summary>What a thread or task does that a type keeps.</summary>
internal sealed class Worker
{
    /// <summary>A worker's function calls functions that call functions; further down no loop that asks was met.</summary>
    private const int MostSteps = 2;

    private readonly List<SyntaxNode> _bodies;
    private readonly SyntaxNode _begun;
    private readonly SemanticModel _model;

    /// <param name="bodies">What it does.</param>
    /// <param name="begun">Where it is begun: what makes it, or somewhere in the type.</param>
    /// <param name="model">Tells what names mean.</param>
    private Worker(List<SyntaxNode> bodies, SyntaxNode begun, SemanticModel model)
    {
        _bodies = bodies;
        _begun = begun;
        _model = model;
    }

    /// <summary>The functions that the variable's thread or task is made of, or that set its event, or put something into its list.</summary>
    public static IEnumerable<Worker> Of(ISymbol awaited, TypeDeclarationSyntax type, SemanticModel model, ResolvedCatalog catalog)
    {
        foreach (var name in Mentions.OfIdentifier(awaited.Name, type))
        {
            var target = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : (SyntaxNode)name;
            if (target.Parent is ElementAccessExpressionSyntax element && element.Expression == target)
                target = element;
            if (target.Parent is AssignmentExpressionSyntax { Right: var made } assignment && assignment.Left == target)
            {
                if (Values(made).SelectMany(value => Functions(value, type, model)).ToList() is { Count: > 0 } bodies)
                    yield return new Worker(Reached(bodies, type, model), made, model);
            }
            else if (target.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } call && call.Expression == target && Stopping.IsSignal(call.Name.Identifier.ValueText, catalog)
                && name.FirstAncestorOrSelf<SyntaxNode>(node => node is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax) is { } setter)
            {
                yield return new Worker(Reached(new() { setter }, type, model), type, model);
            }
        }
    }

    /// <summary>Its loops.</summary>
    public IEnumerable<IOperation> Loops => _bodies
        .SelectMany(static body => body.DescendantNodes().Where(static node => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax))
        .Select(loop => _model.GetOperation(loop)).OfType<IOperation>();

    /// <summary>All that it does itself.</summary>
    public IEnumerable<IOperation> Operations => _bodies.Select(body => _model.GetOperation(body)).OfType<IOperation>().SelectMany(static body => body.Descendants());

    /// <summary>True where it names the variable.</summary>
    public bool Names(string variable) => _bodies.Exists(body => Mentions.OfIdentifier(variable, body).Any());

    /// <summary>True where the variable is given to it when it is begun; where it is not seen to be begun, also where the variable is given to something in the type.</summary>
    public bool IsGiven(string variable, bool isSeen) =>
        !(isSeen && _begun is TypeDeclarationSyntax) && _begun.DescendantNodes().OfType<ArgumentSyntax>().Any(argument => Mentions.OfIdentifier(variable, argument).Any());

    /// <summary>The expression; of a local, what that was made of before it was put where it is kept.</summary>
    private static IEnumerable<SyntaxNode> Values(ExpressionSyntax made)
    {
        yield return made;
        if (made is not IdentifierNameSyntax { Identifier.ValueText: var local } || made.FirstAncestorOrSelf<MemberDeclarationSyntax>() is not { } member)
            yield break;
        foreach (var node in member.DescendantNodes())
        {
            if (node is VariableDeclaratorSyntax { Initializer.Value: var first } declared && declared.Identifier.ValueText == local)
                yield return first;
            else if (node is AssignmentExpressionSyntax { Left: IdentifierNameSyntax { Identifier.ValueText: var name }, Right: var next } && name == local)
                yield return next;
        }
    }

    /// <summary>The lambdas, methods and local functions that are named in some code.</summary>
    private static IEnumerable<SyntaxNode> Functions(SyntaxNode code, TypeDeclarationSyntax type, SemanticModel model)
    {
        foreach (var node in code.DescendantNodesAndSelf())
        {
            if (node is AnonymousFunctionExpressionSyntax lambda && node != code)
                yield return lambda;
            else if (node is IdentifierNameSyntax name && Method(name, model) is { DeclaringSyntaxReferences: [{ SyntaxTree: var tree, Span: var span } reference] } && tree == type.SyntaxTree && type.Span.Contains(span))
                yield return reference.GetSyntax();
        }
    }

    /// <summary>Also where it is given to a call that cannot be bound.</summary>
    private static IMethodSymbol? Method(IdentifierNameSyntax name, SemanticModel model) =>
        model.GetSymbolInfo(name) is var info && info.Symbol is { } symbol ? symbol as IMethodSymbol : info.CandidateSymbols is [IMethodSymbol candidate, ..] ? candidate : null;

    private static List<SyntaxNode> Reached(List<SyntaxNode> bodies, TypeDeclarationSyntax type, SemanticModel model)
    {
        var reached = bodies.ToList();
        for (int step = 0, from = 0; step < MostSteps; step++)
        {
            var until = reached.Count;
            for (; from < until; from++)
                reached.AddRange(Functions(reached[from], type, model).Where(function => !reached.Contains(function)).ToList());
        }

        return reached;
    }
}
