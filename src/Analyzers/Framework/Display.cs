using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Framework;

/// <summary>How messages name things: short, and as the code does.</summary>
internal static class Display
{
    public static string Of(ISymbol member) => member switch
    {
        IMethodSymbol { MethodKind: MethodKind.Constructor } => $"new {member.ContainingType.Name}",
        IMethodSymbol { MethodKind: MethodKind.Destructor } => $"~{member.ContainingType.Name}",
        IMethodSymbol { MethodKind: MethodKind.StaticConstructor } => $"static {member.ContainingType.Name}",
        IMethodSymbol { MethodKind: MethodKind.LocalFunction } => member.Name,
        { ContainingType: { } type } => $"{type.Name}.{Name(member)}",
        _ => member.Name,
    };

    /// <summary>Without its type; an accessor by its property.</summary>
    public static string Name(ISymbol member) => member is IMethodSymbol { AssociatedSymbol: { } owner } ? owner.Name : member.Name;

    /// <summary>What a call calls, or what a creation makes.</summary>
    public static string OfCall(IOperation call) => call is IObjectCreationOperation { Type: { } type } ? "new " + type.Name : Of(call);

    /// <summary>A task that is awaited; of those that a query makes, what is handed them: <c>Task.WhenAll</c>, not <c>Enumerable.ToArray</c>.</summary>
    public static string OfTask(IOperation task)
    {
        for (var current = task; task is IInvocationOperation && current is IInvocationOperation or IArgumentOperation or IConversionOperation; current = current.Parent)
        {
            if (current is IInvocationOperation && current.Type.IsTask())
                return Of(current);
        }

        return Of(task);
    }

    public static string Of(IOperation operation) => operation.Unwrapped() switch
    {
        IInvocationOperation { TargetMethod: { MethodKind: MethodKind.DelegateInvoke } invoke } call => call.Instance is { } instance ? Of(instance) : invoke.Name,
        IInvocationOperation call => Of(call.TargetMethod),
        IConditionalAccessInstanceOperation instance when instance.Receiver() is { } receiver => Of(receiver),
        ILockOperation entry => $"lock ({entry.LockedValue.Syntax})",
        IMemberReferenceOperation member => member.Member.Name,
        ILocalReferenceOperation local => local.Local.Name,
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        IConditionalAccessOperation access => Of(access.WhenNotNull),
        var other => other.Syntax.ToString() is { Length: <= 40 } text ? text : "a task",
    };
}
