using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown;

/// <summary>How messages name things: short, and as the code does.</summary>
internal static class Display
{
    public static string Of(ISymbol member) =>
        member is IMethodSymbol { MethodKind: MethodKind.Destructor } ? "~" + member.ContainingType.Name
        : member is IMethodSymbol { MethodKind: MethodKind.LocalFunction } || member.ContainingType is null ? member.Name : member.ContainingType.Name + "." + member.Name;

    /// <summary>A function on the way: a type is named where it is another than the caller's.</summary>
    public static string Step(WaitGraph.Node node) =>
        node.Function.Method is { MethodKind: MethodKind.AnonymousFunction } ? "a lambda"
        : SymbolEqualityComparer.Default.Equals(node.Function.Method.ContainingType, node.Caller!.Function.Method.ContainingType) ? node.Function.Method.Name
        : Of(node.Function.Method);

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
