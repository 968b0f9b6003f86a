using LockAnalyzers.Framework;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.FlowAnalysis;
using Microsoft.CodeAnalysis.Operations;
using Microsoft.CodeAnalysis;

namespace LockAnalyzers.Loops;

/// <summary>The calls by which a function starts over: of itself, or handed on in a lambda to be called later.</summary>
internal sealed class SelfCalls
{
    private readonly IMethodSymbol? _self;
    private readonly SemanticModel? _model;

    private SelfCalls(IMethodSymbol? self, SemanticModel? model)
    {
        _self = self;
        _model = model;
    }

    public static SelfCalls Of(IOperation attempt, IOperation? function) => new(
        function switch
        {
            ILocalFunctionOperation local => local.Symbol,
            null => attempt.SemanticModel?.GetEnclosingSymbol(attempt.Syntax.SpanStart) as IMethodSymbol,
            _ => null,
        },
        attempt.SemanticModel);

    public IEnumerable<IInvocationOperation> In(BasicBlock block)
    {
        if (_self is null || _self.MethodKind is MethodKind.Constructor or MethodKind.StaticConstructor)
            yield break;
        foreach (var operation in block.AllOperations())
        {
            if (operation is IInvocationOperation call && Is(call.TargetMethod))
                yield return call;
            else if (operation is IFlowAnonymousFunctionOperation lambda && InLambda(lambda) is { } later)
                yield return later;
        }
    }

    private IInvocationOperation? InLambda(IFlowAnonymousFunctionOperation lambda)
    {
        foreach (var node in lambda.Syntax.DescendantNodes())
        {
            if (node is InvocationExpressionSyntax invocation && CallActions.NameOf(invocation) == _self!.Name
                && _model?.GetOperation(invocation) is IInvocationOperation call && Is(call.TargetMethod))
            {
                return call;
            }
        }

        return null;
    }

    private bool Is(IMethodSymbol method) => SymbolEqualityComparer.Default.Equals(method.OriginalDefinition, _self!.OriginalDefinition);
}
