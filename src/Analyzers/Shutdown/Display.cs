using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown;

/// <summary>How messages name things: short, and as the code does.</summary>
internal static class Display
{
    public static string Of(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.LocalFunction } || member.ContainingType is null ? member.Name : member.ContainingType.Name + "." + member.Name;

    public static string Of(IOperation operation) => operation.Unwrapped() switch
    {
        IInvocationOperation { TargetMethod: { MethodKind: MethodKind.DelegateInvoke } invoke } call => call.Instance is { } instance ? Of(instance) : invoke.Name,
        IInvocationOperation call => Of(call.TargetMethod),
        IConditionalAccessInstanceOperation instance when instance.Receiver() is { } receiver => Of(receiver),
        IMemberReferenceOperation member => member.Member.Name,
        ILocalReferenceOperation local => local.Local.Name,
        IParameterReferenceOperation parameter => parameter.Parameter.Name,
        IConditionalAccessOperation access => Of(access.WhenNotNull),
        var other => other.Syntax.ToString() is { Length: <= 40 } text ? text : "a task",
    };
}
