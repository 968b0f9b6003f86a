using System.Collections.Immutable;
using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Framework;
using LockAnalyzers.Shutdown.Guards;
using LockAnalyzers.Shutdown.Roots;
using LockAnalyzers.Values;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Paths;

/// <summary>
/// Reads what one body does, in the order it does it. Whether anything leads to the body is not asked here. Lambdas and local
/// functions are bodies of their own: what they do counts where they are called.
/// </summary>
internal sealed class BodyReader
{
    private readonly ShutdownFacts _facts;
    private readonly Bodies _bodies;
    private readonly ImmutableArray<Step>.Builder _steps = ImmutableArray.CreateBuilder<Step>();
    private readonly IMethodSymbol _method;
    private readonly IOperation _body;

    private BodyReader(IMethodSymbol method, IOperation body, Bodies bodies, ShutdownFacts facts)
    {
        _method = method;
        _body = body;
        _bodies = bodies;
        _facts = facts;
    }

    public static ImmutableArray<Step> Read(DelegateTarget function, Bodies bodies, ShutdownFacts facts)
    {
        var reader = new BodyReader(function.Method, function.Body, bodies, facts);
        reader.Visit(function.Body);
        return reader._steps.ToImmutable();
    }

    private void Visit(IOperation operation)
    {
        if (operation is IAnonymousFunctionOperation or ILocalFunctionOperation or INameOfOperation)
            return;
        if (operation is ILockOperation entry && HeldAcrossWait.IsEntered(entry, _facts))
            _steps.Add(new Step(StepKind.Wait, entry, Display.Of(entry)));
        foreach (var child in operation.ChildOperations)
            Visit(child);

        switch (operation)
        {
            case IInvocationOperation call:
                VisitCall(call);
                break;
            case IEventAssignmentOperation { Adds: true }:
                VisitRegistration(operation);
                break;
            case IPropertyReferenceOperation property:
                VisitProperty(property);
                break;
            case IAwaitOperation await:
                Add(StepKind.Await, await, await.Operation);
                break;
            case IWhileLoopOperation { Condition: { } condition } loop when PollLoop.IsEndless(loop, _facts):
                _steps.Add(new Step(StepKind.Wait, condition, $"while ({condition.Syntax})") { IsPoll = true });
                break;
            case IForEachLoopOperation { IsAsynchronous: true } loop:
                Add(StepKind.Await, loop, loop.Collection);
                break;
            case ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property: var keep }, Value.ConstantValue: { HasValue: true, Value: false } } when _facts.Role(keep) == ShutdownRole.Keep:
                VisitWayOut(operation, keep);
                break;
            case IReturnOperation { ReturnedValue: { } value } when !_method.IsAsync && value.Type.IsTask():
                Add(StepKind.Await, operation, value);
                break;
            default:
                VisitHidden(operation);
                break;
        }
    }

    private void VisitCall(IInvocationOperation call)
    {
        var role = _facts.Role(call.TargetMethod);
        if (call.TargetMethod.IsStatic)
            VisitStaticConstructor(call, call.TargetMethod.ContainingType);
        if (GuardCall.IsGuard(call, role, _bodies, _facts))
            Add(StepKind.Guard, call, call.TargetMethod);
        else if (WaitCall.IsUnbounded(call, _facts, out var tasks))
            _steps.Add(new Step(StepKind.Wait, call, Display.Of(call.TargetMethod)) { Tasks = tasks });
        else if (!call.Type.IsTask() && _facts.Wrappers.Passed(call) is { } passed)
            _steps.Add(new Step(StepKind.Wait, call, passed.Name));
        else if (call.TargetMethod.MethodKind == MethodKind.DelegateInvoke)
            VisitDelegate(call, call.Instance);
        else if (VisitTargets(call))
            return;
        else if (!call.Type.IsTask() && _facts.WaitOptions.Find(call) is { IsBounded: false })
            _steps.Add(new Step(StepKind.Wait, call, Display.Of(call.TargetMethod)));
        else if (role is ShutdownRole.Exit or ShutdownRole.Kill)
            VisitExit(call);
        else if (role == ShutdownRole.Inline)
            VisitInlined(call);
        else if (VisitRegistration(call))
            return;
        else if (GuardHelper.SeemsToArm(call.TargetMethod, _facts))
            Add(StepKind.Guard, call, call.TargetMethod);
        else if (_facts.IsPlugIn(call.TargetMethod) && !IsBegun(call.Type) && CallBound.Of(call.Arguments, _facts.Catalog.LongestTimeout) == Bound.None)
            Add(StepKind.Foreign, call, call.TargetMethod);
    }

    /// <summary>The functions that the call may run; false when none of them can be read.</summary>
    private bool VisitTargets(IInvocationOperation call)
    {
        var isRead = false;
        foreach (var target in _bodies.Dispatch.Targets(call))
        {
            if (_bodies.Find(target) is not { } body)
                continue;
            isRead = true;
            if (!IsIterator(body) || IsConsumed(call))
                _steps.Add(new Step(StepKind.Call, call, target.Name) { Target = new(target, body), IsForgotten = IsForgotten(call) });
        }

        return isRead;
    }

    /// <summary>A function with <c>yield</c> does nothing before somebody asks for its items.</summary>
    private static bool IsIterator(IOperation body) =>
        body.Descendants().Any(operation => operation is IReturnOperation { Kind: OperationKind.YieldReturn or OperationKind.YieldBreak });

    private static bool IsConsumed(IInvocationOperation call)
    {
        IOperation current = call;
        while (current.Parent is IConversionOperation conversion)
            current = conversion;
        return current.Parent is IForEachLoopOperation or IArgumentOperation || (current.Parent is IInvocationOperation outer && outer.Instance == current);
    }

    private void VisitHidden(IOperation operation)
    {
        foreach (var hidden in HiddenCalls.Of(operation))
        {
            if (_bodies.Find(hidden) is { } body)
                AddCall(operation, hidden, body);
            else if (hidden.MethodKind == MethodKind.Constructor && GuardHelper.SeemsToArm(hidden, _facts))
                _steps.Add(new Step(StepKind.Guard, operation, Display.Of(hidden)));
        }

        if (operation is IObjectCreationOperation { Constructor: { } constructor })
        {
            VisitStaticConstructor(operation, constructor.ContainingType);
            foreach (var initializer in _bodies.Initializers(constructor.ContainingType))
                AddCall(operation, constructor, initializer);
        }
    }

    /// <summary>Whoever touches a type first runs its static constructor, and everybody else waits for that.</summary>
    private void VisitStaticConstructor(IOperation place, INamedTypeSymbol type)
    {
        foreach (var constructor in type.OriginalDefinition.StaticConstructors)
        {
            if (!constructor.IsImplicitlyDeclared && !SymbolEqualityComparer.Default.Equals(type.OriginalDefinition, _method.ContainingType?.OriginalDefinition) && _bodies.Find(constructor) is { } body)
                AddCall(place, constructor, body);
        }
    }

    private void AddCall(IOperation place, IMethodSymbol function, IOperation body) =>
        _steps.Add(new Step(StepKind.Call, place, function.Name) { Target = new(function, body) });

    private void VisitExit(IInvocationOperation call) => VisitWayOut(call, call.TargetMethod);

    /// <summary>Ends the process, or lets it end, under a condition.</summary>
    private void VisitWayOut(IOperation operation, ISymbol member)
    {
        for (IOperation? around = operation; around is not null && around != _body; around = around.Parent)
        {
            if (around is IConditionalOperation or ISwitchCaseOperation or ISwitchExpressionArmOperation)
            {
                _steps.Add(new Step(StepKind.WayOut, operation, Display.Of(member)));
                return;
            }
        }
    }

    private void VisitProperty(IPropertyReferenceOperation property)
    {
        if (_facts.Catalog.ManagedWaits.Find(property.Property) is not null)
        {
            if (!KnownDone.At(property, property.Instance, _facts.Catalog) && TaskBound.Unbounded(property.Instance, _facts.Catalog) is { IsEmpty: false } tasks)
                _steps.Add(new Step(StepKind.Wait, property, Display.Of(property.Property)) { Tasks = tasks });
            return;
        }

        var isWritten = property.Parent is IAssignmentOperation assignment && assignment.Target == property;
        if ((isWritten ? property.Property.SetMethod : property.Property.GetMethod) is { } accessor && _bodies.Find(accessor) is { } body)
            AddCall(property, accessor, body);
    }

    /// <summary>A delegate made here is run; one that came from outside may do anything. What it starts but hands back as a task is judged where it is awaited.</summary>
    private void VisitDelegate(IOperation call, IOperation? handler)
    {
        if (handler is IConditionalAccessInstanceOperation instance)
            handler = instance.Receiver();
        if (handler is null)
            return;
        if (_bodies.Target(handler) is { Body: not null } target)
            _steps.Add(new Step(StepKind.Call, call, target.Method.Name) { Target = target, IsForgotten = IsForgotten(call) });
        else if (handler.Unwrapped() is IParameterReferenceOperation { Parameter: var parameter })
            _steps.Add(new Step(StepKind.CallParameter, call, parameter.Name) { Parameter = parameter });
        else if (IsForeign(call) && !IsInCatch(call) && !TellingNames.Tells(handler, _facts.Catalog))
            _steps.Add(new Step(StepKind.Foreign, call, Display.Of(handler)) { IsEvent = handler.Unwrapped() is IEventReferenceOperation });
    }

    private void VisitInlined(IInvocationOperation call)
    {
        foreach (var part in TaskBound.Parts(call))
        {
            if (part.Type?.TypeKind == TypeKind.Delegate)
                VisitDelegate(call, part);
        }
    }

    private bool VisitRegistration(IOperation operation)
    {
        if (ShutdownRoots.Registered(operation, _method, _facts) is not { Handler: { } handler, Entry: var entry })
            return false;
        if (_bodies.Target(handler) is { Body: not null } target)
            _steps.Add(new Step(StepKind.Register, operation, target.Method.Name) { Target = target, Event = entry });
        return true;
    }

    private void Add(StepKind kind, IOperation operation, IOperation task)
    {
        var tasks = KnownDone.At(operation, task, _facts.Catalog) ? ImmutableArray<IOperation>.Empty : TaskBound.Unbounded(task, _facts.Catalog);
        _steps.Add(new Step(kind, operation, tasks.IsEmpty ? "" : Display.OfTask(tasks[0])) { Tasks = tasks });
    }

    private void Add(StepKind kind, IInvocationOperation call, ISymbol member) => _steps.Add(new Step(kind, call, Display.Of(member)));

    /// <summary>True when the call gives no bound and the caller cannot await what it began.</summary>
    public static bool IsForeign(IOperation call) =>
        !IsBegun(call.Type) && (call is not IInvocationOperation invocation || CallBound.Of(invocation.Arguments) == Bound.None);

    /// <summary>Who is told of an error is no part of the way.</summary>
    private static bool IsInCatch(IOperation operation)
    {
        for (var current = operation; current is not null and not IAnonymousFunctionOperation; current = current.Parent)
        {
            if (current is ICatchClauseOperation)
                return true;
        }

        return false;
    }

    /// <summary>Work that the call only begins: it is waited for where it is awaited.</summary>
    private static bool IsBegun(ITypeSymbol? type) => type.IsTask() || type.IsAsyncSequence();

    /// <summary>A task that nobody keeps: the caller goes on at the first await.</summary>
    private static bool IsForgotten(IOperation call) => call.Parent switch
    {
        IExpressionStatementOperation => true,
        ISimpleAssignmentOperation { Target: IDiscardOperation } => true,
        _ => false,
    };
}
