using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using LockAnalyzers.Waits.Intent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown;

/// <summary>
/// Whether what is waited for is a worker of the same type that was told to end just before, in a way that it asks about at each turn: its token was
/// cancelled, or the event that it waits for was set; or it was given a token that is cancelled when a time is up. Nothing bounds the wait, and mostly it
/// ends. A worker that is told by a flag is not meant: of six in public code five could hang between two looks at it. Nor is one whose queue is completed:
/// it goes through all that is left.
/// </summary>
internal static class CancelledWorker
{
    /// <summary>A worker's function calls functions that call functions; further down no loop that asks was met.</summary>
    private const int MostSteps = 2;

    /// <param name="target">What is waited for.</param>
    /// <param name="places">The wait, and the calls that lead to it.</param>
    /// <param name="facts">What the catalog knows.</param>
    public static bool IsAwaited(IOperation? target, IEnumerable<IOperation> places, ShutdownFacts facts)
    {
        if (Kept(target) is not { } kept || kept.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || kept.SemanticModel is not { } model)
            return false;

        var told = Told.Before(places, type, facts);
        if (told.Sources.Count == 0)
            return false;
        return Source(kept) is { } awaited && Workers(awaited, type, model, facts.Catalog).Any(worker => Asks(worker, told, type, model, facts));
    }

    /// <summary>A variable that only the type itself fills, one of its elements, or what one was copied to.</summary>
    private static IOperation? Kept(IOperation? target)
    {
        target = target?.Unwrapped();
        if (target is IConditionalAccessInstanceOperation instance)
            target = instance.Receiver()?.Unwrapped();
        if (target is ILocalReferenceOperation local)
            target = (Definitions.SingleValue(local) ?? Elements(local))?.Unwrapped();
        if (target is IArrayElementReferenceOperation { ArrayReference: { } array })
            target = array.Unwrapped();
        return target switch
        {
            IFieldReferenceOperation { Field: { IsReadOnly: true } or { DeclaredAccessibility: Accessibility.Private } } => target,
            IPropertyReferenceOperation { Instance: IInstanceReferenceOperation, Property: { IsVirtual: false, SetMethod: null or { DeclaredAccessibility: Accessibility.Private } } } => target,
            _ => null,
        };
    }

    /// <summary>What a <c>foreach</c> goes through with the local.</summary>
    private static IOperation? Elements(ILocalReferenceOperation local)
    {
        for (var current = local.Parent; current is not null; current = current.Parent)
        {
            if (current is IForEachLoopOperation { Collection: var elements, Locals: var locals } && locals.Contains(local.Local))
                return elements;
        }

        return null;
    }

    /// <summary>The variable of the type that an expression begins with: <c>_channel</c> of <c>_channel.Writer</c>.</summary>
    private static ISymbol? Source(IOperation? operation) => operation?.Unwrapped() switch
    {
        IFieldReferenceOperation { Field: var field } => field,
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Property: var property } => property,
        IPropertyReferenceOperation { Instance: { } instance } => Source(instance),
        IConditionalAccessInstanceOperation instance => Source(instance.Receiver()),
        IConditionalAccessOperation access => Source(access.Operation),
        _ => null,
    };

    /// <summary>The functions that a thread or task is made of, or that set an event.</summary>
    private static IEnumerable<Worker> Workers(ISymbol awaited, TypeDeclarationSyntax type, SemanticModel model, ResolvedCatalog catalog)
    {
        foreach (var name in Mentions.OfIdentifier(awaited.Name, type))
        {
            var target = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : (SyntaxNode)name;
            if (target.Parent is ElementAccessExpressionSyntax element && element.Expression == target)
                target = element;
            if (target.Parent is AssignmentExpressionSyntax { Right: var made } assignment && assignment.Left == target)
            {
                if (Functions(Value(made), type, model).ToList() is { Count: > 0 } bodies)
                    yield return new Worker(bodies, made);
            }
            else if (target.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax } call && call.Expression == target && Stopping.IsSignal(call.Name.Identifier.ValueText, catalog)
                && name.FirstAncestorOrSelf<SyntaxNode>(node => node is MethodDeclarationSyntax or LocalFunctionStatementSyntax or AnonymousFunctionExpressionSyntax) is { } setter)
            {
                yield return new Worker(new[] { setter }, type);
            }
        }
    }

    /// <summary>What a local was made of, before it was put where it is kept.</summary>
    private static SyntaxNode Value(ExpressionSyntax made) =>
        made is IdentifierNameSyntax { Identifier.ValueText: var name } && made.FirstAncestorOrSelf<MemberDeclarationSyntax>() is { } member
        && member.DescendantNodes().OfType<VariableDeclaratorSyntax>().FirstOrDefault(local => local.Identifier.ValueText == name) is { Initializer.Value: var value } ? value : made;

    /// <summary>The lambdas, methods and local functions that are named in some code.</summary>
    private static IEnumerable<SyntaxNode> Functions(SyntaxNode code, TypeDeclarationSyntax type, SemanticModel model)
    {
        foreach (var node in code.DescendantNodesAndSelf())
        {
            if (node is AnonymousFunctionExpressionSyntax lambda && node != code)
                yield return lambda;
            else if (node is IdentifierNameSyntax name && model.GetSymbolInfo(name).Symbol is IMethodSymbol { DeclaringSyntaxReferences: [{ SyntaxTree: var tree, Span: var span } reference] } && tree == type.SyntaxTree && type.Span.Contains(span))
                yield return reference.GetSyntax();
        }
    }

    /// <summary>A loop of the worker asks what it was told by; and that is named in the worker, or where it is begun.</summary>
    private static bool Asks(Worker worker, Told told, TypeDeclarationSyntax type, SemanticModel model, ShutdownFacts facts)
    {
        var bodies = Reached(worker, type, model);
        foreach (var (kind, source) in told.Sources)
        {
            if ((bodies.Exists(body => Names(body, source)) || worker.Begun.DescendantNodes().OfType<ArgumentSyntax>().Any(argument => Names(argument, source)))
                && (kind != Signalled.Event || !told.Flags.Any(flag => bodies.Exists(body => Names(body, flag))))
                && (kind == Signalled.Deadline || bodies.Exists(body => Loops(body, model).Any(loop => Looks(loop, kind, facts)))))
            {
                return true;
            }
        }

        return false;
    }

    private static List<SyntaxNode> Reached(Worker worker, TypeDeclarationSyntax type, SemanticModel model)
    {
        var reached = worker.Bodies.ToList();
        for (int step = 0, from = 0; step < MostSteps; step++)
        {
            var until = reached.Count;
            for (; from < until; from++)
                reached.AddRange(Functions(reached[from], type, model).Where(function => !reached.Contains(function)).ToList());
        }

        return reached;
    }

    private static IEnumerable<IOperation> Loops(SyntaxNode body, SemanticModel model) =>
        body.DescendantNodes().Where(static node => node is WhileStatementSyntax or DoStatementSyntax or ForStatementSyntax or CommonForEachStatementSyntax)
            .Select(loop => model.GetOperation(loop)).OfType<IOperation>();

    private static bool Looks(IOperation loop, Signalled kind, ShutdownFacts facts) => kind switch
    {
        Signalled.Token => loop.Descendants().Any(part => LooksAtToken(part, facts)),
        _ => loop.Descendants().Any(part => part is IInvocationOperation { Parent: not IExpressionStatementOperation } call && facts.Catalog.ManagedWaits.Find(call.TargetMethod) is { Subject: WaitSubject.Signal }),
    };

    private static bool LooksAtToken(IOperation operation, ShutdownFacts facts) => operation switch
    {
        IPropertyReferenceOperation { Instance.Type: var owner, Type: var asked } => owner.IsToken() || (owner.IsTokenSource() && asked?.SpecialType == SpecialType.System_Boolean),
        IInvocationOperation { Instance.Type: var owner, Type.SpecialType: SpecialType.System_Void } => owner.IsToken(),
        IInvocationOperation call when facts.Catalog.ManagedWaits.Find(call.TargetMethod) is not null || facts.Role(call.TargetMethod) == ShutdownRole.Enumerate => call.Arguments.Any(IsToken),
        IAwaitOperation { Operation: var awaited } => awaited.Descendants().Any(IsToken),
        _ => false,
    };

    private static bool IsToken(IOperation operation) => operation is IArgumentOperation { Value: { Type: var type } token } && type.IsToken() && CallBound.OfToken(token) != Bound.None;

    private static bool Names(SyntaxNode code, string source) => Mentions.OfIdentifier(source, code).Any();

    /// <param name="Bodies">What it does.</param>
    /// <param name="Begun">Where it is begun: what makes it, or somewhere in the type.</param>
    private sealed record Worker(IReadOnlyList<SyntaxNode> Bodies, SyntaxNode Begun);

    /// <summary>What a worker is told by.</summary>
    private enum Signalled
    {
        Token,
        Deadline,
        Event,
    }

    /// <summary>What was said on the way to the wait: by which fields of the type, and which flags were turned besides.</summary>
    private sealed record Told(HashSet<(Signalled Kind, string Name)> Sources, HashSet<string> Flags)
    {
        public static Told Before(IEnumerable<IOperation> places, TypeDeclarationSyntax type, ShutdownFacts facts)
        {
            var told = new Told(new(), new(StringComparer.Ordinal));
            foreach (var place in places)
            {
                if (place.Syntax.SyntaxTree == type.SyntaxTree && type.Span.Contains(place.Syntax.Span))
                    told.Add(place.Earlier(), type, facts, isHelper: false);
            }

            return told;
        }

        private void Add(IEnumerable<IOperation> operations, TypeDeclarationSyntax type, ShutdownFacts facts, bool isHelper)
        {
            foreach (var operation in operations)
            {
                if (operation is ISimpleAssignmentOperation { Target: IFieldReferenceOperation { Field: { Type.SpecialType: SpecialType.System_Boolean } flag } })
                    Flags.Add(flag.Name);
                else if (operation is IInvocationOperation call)
                    Add(call, type, facts, isHelper);
            }
        }

        private void Add(IInvocationOperation call, TypeDeclarationSyntax type, ShutdownFacts facts, bool isHelper)
        {
            if (call.Instance?.Type.IsTokenSource() == true && Stopping.IsSignal(call.TargetMethod.Name, facts.Catalog))
            {
                if (Source(call.Instance) is { } source)
                    Sources.Add((CallBound.Of(call.Arguments) == Bound.Finite ? Signalled.Deadline : Signalled.Token, source.Name));
            }
            else if (facts.Role(call.TargetMethod) == ShutdownRole.Signal)
            {
                if (Source(call.Instance) is { } source)
                    Sources.Add((Signalled.Event, source.Name));
                else if (call.Arguments is [{ Value: IFieldReferenceOperation { Field: var flag } }, ..])
                    Flags.Add(flag.Name); // Volatile.Write(ref _stopped, true)
            }
            else if (!isHelper && call.TargetMethod.DeclaringSyntaxReferences is [{ SyntaxTree: var tree, Span: var span } reference] && tree == type.SyntaxTree && type.Span.Contains(span)
                && call.SemanticModel?.GetOperation(reference.GetSyntax()) is { } helper)
            {
                Add(helper.Descendants(), type, facts, isHelper: true);
            }
        }
    }
}
