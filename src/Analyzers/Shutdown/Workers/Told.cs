using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;
using LockAnalyzers.Values;
using LockAnalyzers.Waits.Intent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Workers;

/// <summary>How a worker is told to end.</summary>
internal enum Signalled
{
    /// <summary>A token was cancelled.</summary>
    Token,

    /// <summary>A token will be cancelled when a time is up.</summary>
    Deadline,

    /// <summary>An event was set.</summary>
    Event,

    /// <summary>A queue was completed: what is left in it comes first.</summary>
    Queue,

    /// <summary>A flag was turned, or a state given.</summary>
    Flag,

    /// <summary>What the worker works on was stopped or closed.</summary>
    Stopped,
}

/// <summary>What was said on the way to a wait, and by which fields of the type.</summary>
internal sealed class Told
{
    private readonly HashSet<(Signalled How, string Source)> _sources = new();
    private readonly TypeDeclarationSyntax _type;
    private readonly ShutdownFacts _facts;

    private Told(TypeDeclarationSyntax type, ShutdownFacts facts)
    {
        _type = type;
        _facts = facts;
    }

    public IReadOnlyCollection<(Signalled How, string Source)> Sources => _sources;

    /// <param name="places">The wait, and the calls that lead to it.</param>
    /// <param name="type">Where the worker is kept.</param>
    /// <param name="facts">What the catalog knows.</param>
    public static Told Before(IEnumerable<IOperation> places, TypeDeclarationSyntax type, ShutdownFacts facts)
    {
        var told = new Told(type, facts);
        foreach (var place in places)
        {
            if (place.Syntax.SyntaxTree == type.SyntaxTree && type.Span.Contains(place.Syntax.Span))
                told.Add(place.Earlier(), isHelper: false);
        }

        return told;
    }

    /// <summary>The variable of the type that an expression begins with: <c>_channel</c> of <c>_channel.Writer</c>, <c>_rings</c> of <c>_rings[i]</c>.</summary>
    public static ISymbol? Source(IOperation? operation) => operation?.Unwrapped() switch
    {
        IFieldReferenceOperation { Field: var field } => field,
        IPropertyReferenceOperation { Instance: null or IInstanceReferenceOperation, Property: var property } => property,
        IPropertyReferenceOperation { Instance: { } instance } => Source(instance),
        IConditionalAccessInstanceOperation instance => Source(instance.Receiver()),
        IConditionalAccessOperation access => Source(access.Operation),
        IArrayElementReferenceOperation { ArrayReference: var array } => Source(array),
        _ => null,
    };

    private void Add(IEnumerable<IOperation> operations, bool isHelper)
    {
        foreach (var operation in operations)
        {
            if (operation is ISimpleAssignmentOperation { Target: { Type: { SpecialType: SpecialType.System_Boolean } or { TypeKind: TypeKind.Enum } } flag })
                Add(Signalled.Flag, Source(flag));
            else if (operation is IInvocationOperation call)
                Add(call, isHelper);
        }
    }

    private void Add(IInvocationOperation call, bool isHelper)
    {
        var source = Source(call.Instance);
        if (call.Instance?.Type.IsTokenSource() == true && Stopping.IsSignal(call.TargetMethod.Name, _facts.Catalog))
            Add(CallBound.Of(call.Arguments) == Bound.Finite ? Signalled.Deadline : Signalled.Token, source);
        else if (_facts.Role(call.TargetMethod) == ShutdownRole.Signal)
            AddSignal(call, source);
        else if (IsHelper(call.TargetMethod, out var body) && !isHelper && call.SemanticModel?.GetOperation(body) is { } helper)
            Add(helper.Descendants(), isHelper: true);
        else if (source is not null && Stops(call.TargetMethod))
            Add(Signalled.Stopped, source);
    }

    /// <summary><c>_wake.Set()</c>, <c>_queue.CompleteAdding()</c>, <c>Volatile.Write(ref _stopped, true)</c>, <c>Monitor.Pulse(_lock)</c></summary>
    private void AddSignal(IInvocationOperation call, ISymbol? source)
    {
        if (call is { Instance: null, Arguments: [{ Value: var variable, Parameter.RefKind: var kind }, ..] })
            Add(kind == RefKind.Ref ? Signalled.Flag : Signalled.Event, Source(variable));
        else
            Add(Completes(call.TargetMethod) ? Signalled.Queue : Signalled.Event, source);
    }

    private void Add(Signalled how, ISymbol? source)
    {
        if (source is not null)
            _sources.Add((how, source.Name));
    }

    private bool IsHelper(IMethodSymbol method, out SyntaxNode body)
    {
        body = _type;
        if (method.DeclaringSyntaxReferences is not [{ SyntaxTree: var tree, Span: var span } reference] || tree != _type.SyntaxTree || !_type.Span.Contains(span))
            return false;
        body = reference.GetSyntax();
        return true;
    }

    /// <summary><c>CompleteAdding</c>, <c>TryComplete</c></summary>
    private bool Completes(IMethodSymbol method) => Words.Of(method.Name).Exists(_facts.Catalog.Words.Of("queue-end").Contains);

    private bool Stops(IMethodSymbol method) => Words.Of(method.Name) is [var verb, ..] && _facts.Catalog.Words.Of("stop-method").Contains(verb);
}
