using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.WaitOptions;

/// <summary>
/// An option that was switched to "wait": where it is written, the call that takes it, and whether something beside it bounds
/// the wait.
/// </summary>
internal sealed class WaitOptionUse
{
    private WaitOptionUse(string option, IOperation place, IOperation? value, IOperation? consumer, bool isBounded)
    {
        Option = option;
        Place = place;
        Value = value;
        Consumer = consumer;
        IsBounded = isBounded;
    }

    /// <summary>The name of the parameter, property or method.</summary>
    public string Option { get; }

    /// <summary>What the user wrote: the argument, the assignment or the fluent call.</summary>
    public IOperation Place { get; }

    /// <summary>The value to switch; null when the option is on by default or by being called.</summary>
    public IOperation? Value { get; }

    /// <summary>The call or creation that will wait; null when it is not in this member.</summary>
    public IOperation? Consumer { get; }

    public bool IsBounded { get; }

    /// <summary>An argument of a call or creation.</summary>
    public static WaitOptionUse OfArgument(IArgumentOperation argument, IOperation call)
    {
        var consumer = call is IInvocationOperation invocation && FluentChain.IsFluent(invocation.TargetMethod) ? FluentChain.Top(invocation)
            : call is IObjectCreationOperation creation ? ConsumerOf.Creation(creation)
            : call;
        var isBounded = BoundOf.Call(call) || BoundOf.Call(consumer) || FluentChain.IsBounded(call)
            || (call is IObjectCreationOperation { Initializer: { } initializer } && BoundOf.Initializer(initializer));
        return new WaitOptionUse(
            argument.Parameter!.Name, argument.IsImplicit ? call : argument, argument.IsImplicit ? null : argument.Value, consumer, isBounded);
    }

    /// <summary>An assignment of a property or field: in an initializer, a <c>with</c>, a lambda that configures, or a statement.</summary>
    public static WaitOptionUse OfAssignment(ISimpleAssignmentOperation assignment, ISymbol member)
    {
        var consumer = ConsumerOf.Assignment(assignment);
        return new WaitOptionUse(member.Name, assignment, assignment.Value, consumer, BoundOf.Call(consumer) || BoundOf.Siblings(assignment));
    }

    /// <summary>A fluent call without an argument: <c>.WaitForever()</c>.</summary>
    public static WaitOptionUse OfFluentCall(IInvocationOperation call) =>
        new(call.TargetMethod.Name, call, value: null, FluentChain.Top(call), FluentChain.IsBounded(call));
}
