using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using LockAnalyzers.Waits;
using LockAnalyzers.Waits.Intent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown;

/// <summary>
/// Whether a wait is for a worker of the same type that looks at a token at each turn, and whose token was cancelled just before: nothing bounds
/// it, and mostly it ends. A worker that is told by a flag is not meant: of six in public code five could hang between two looks at it.
/// </summary>
internal static class CancelledWorker
{
    public static bool IsAwaited(Wait wait, ShutdownFacts facts)
    {
        if (Variable.Of(wait.Target) is not IFieldSymbol { DeclaredAccessibility: Accessibility.Private } awaited
            || wait.Operation.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || wait.Operation.SemanticModel is not { } model)
        {
            return false;
        }

        var sources = CancelledBefore(wait, facts).ToList();
        return sources.Count > 0 && Workers(awaited, type, model, facts.Catalog).Any(worker => sources.Exists(source => Asks(worker, source, model)));
    }

    /// <summary>The token sources of the type that the same function cancels on its way to the wait.</summary>
    private static IEnumerable<string> CancelledBefore(Wait wait, ShutdownFacts facts) =>
        from operation in (wait.Operation.EnclosingFunction() ?? wait.Operation.Root()).Descendants()
        where operation.Syntax.SpanStart < wait.Operation.Syntax.SpanStart
        let call = operation as IInvocationOperation
        where call?.Instance?.Type.IsTokenSource() == true && facts.Role(call.TargetMethod) == ShutdownRole.Signal
        let source = Variable.Of(call.Instance) as IFieldSymbol
        where source is not null
        select source.Name;

    /// <summary>The functions that a thread or task is made of, or that set an event.</summary>
    private static IEnumerable<Worker> Workers(IFieldSymbol awaited, TypeDeclarationSyntax type, SemanticModel model, ResolvedCatalog catalog)
    {
        foreach (var name in Mentions.OfIdentifier(awaited.Name, type))
        {
            var target = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : (SyntaxNode)name;
            if (target.Parent is AssignmentExpressionSyntax { Right: var made } assignment && assignment.Left == target)
            {
                foreach (var body in Bodies(made, type, model))
                    yield return new Worker(body, made);
            }
            else if (target.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } call && call.Expression == target && Stopping.IsSignal(call.Name.Identifier.ValueText, catalog)
                && name.FirstAncestorOrSelf<SyntaxNode>(node => node is MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax) is { } setter)
            {
                yield return new Worker(setter, type);
            }
        }
    }

    /// <summary>The lambdas, methods and local functions that are named in what makes a thread or task.</summary>
    private static IEnumerable<SyntaxNode> Bodies(SyntaxNode made, TypeDeclarationSyntax type, SemanticModel model)
    {
        foreach (var node in made.DescendantNodesAndSelf())
        {
            if (node is AnonymousFunctionExpressionSyntax lambda)
                yield return lambda;
            else if (node is IdentifierNameSyntax name && model.GetSymbolInfo(name).Symbol is IMethodSymbol { DeclaringSyntaxReferences: [{ SyntaxTree: var tree, Span: var span } reference] } && tree == type.SyntaxTree && type.Span.Contains(span))
                yield return reference.GetSyntax();
        }
    }

    /// <summary>A loop of the worker looks at a token, or awaits what does; and the source is named in the worker, or where it is begun.</summary>
    private static bool Asks(Worker worker, string source, SemanticModel model) =>
        (Names(worker.Body, source) || worker.Begun.DescendantNodes().OfType<ArgumentSyntax>().Any(argument => Names(argument, source)))
        && worker.Body.DescendantNodes().Any(node => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax && model.GetOperation(node) is { } loop && loop.Descendants().Any(LooksAtToken));

    private static bool LooksAtToken(IOperation operation) => operation switch
    {
        IPropertyReferenceOperation { Instance.Type: var owner, Type: var asked } => owner.IsToken() || (owner.IsTokenSource() && asked?.SpecialType == SpecialType.System_Boolean),
        IInvocationOperation { Instance.Type: var owner, Type.SpecialType: SpecialType.System_Void } => owner.IsToken(),
        IAwaitOperation { Operation: var awaited } => awaited.Descendants().Any(part => part is IArgumentOperation { Value: { Type: var type } token } && type.IsToken() && CallBound.OfToken(token) != Bound.None),
        _ => false,
    };

    private static bool Names(SyntaxNode code, string source) =>
        code.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>().Any(name => name.Identifier.ValueText == source);

    /// <param name="Body">What it does.</param>
    /// <param name="Begun">Where it is begun: what makes it, or somewhere in the type.</param>
    private readonly record struct Worker(SyntaxNode Body, SyntaxNode Begun);
}
