using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>Whether an expression means the same inside a lambda.</summary>
internal static class LambdaSafety
{
    /// <summary>
    /// False when it awaits, declares or must assign a variable, or uses what a lambda cannot capture: reference parameters and
    /// locals, ref structs, <c>this</c> of a struct.
    /// </summary>
    public static bool CanMove(ExpressionSyntax expression, SemanticModel model)
    {
        if (expression.DescendantNodesAndSelf(node => node is not AnonymousFunctionExpressionSyntax)
            .Any(node => node is AwaitExpressionSyntax or VariableDesignationSyntax or StackAllocArrayCreationExpressionSyntax))
        {
            return false;
        }

        if (expression.FirstAncestorOrSelf<AttributeSyntax>() is not null || expression.FirstAncestorOrSelf<ConstructorInitializerSyntax>() is not null)
            return false;
        if (Flow(expression, model) is not { } flow)
            return false;
        return !flow.AlwaysAssigned.Any(symbol => flow.DataFlowsOut.Contains(symbol))
            && flow.ReadInside.Concat(flow.WrittenInside).All(CanCapture)
            && !UsesThis(expression, model);
    }

    /// <summary>The compiler refuses the receiver of a call; the call around it tells as much or more.</summary>
    private static DataFlowAnalysis? Flow(ExpressionSyntax expression, SemanticModel model)
    {
        for (SyntaxNode? node = expression; node is ExpressionSyntax region; node = node.Parent)
        {
            if (model.AnalyzeDataFlow(region) is { Succeeded: true } flow)
                return flow;
        }

        return null;
    }

    private static bool CanCapture(ISymbol symbol) => symbol switch
    {
        IParameterSymbol parameter => parameter.RefKind == RefKind.None && !parameter.Type.IsRefLikeType && !(parameter.IsThis && parameter.Type.IsValueType),
        ILocalSymbol local => local.RefKind == RefKind.None && !local.Type.IsRefLikeType,
        _ => true,
    };

    private static bool UsesThis(ExpressionSyntax expression, SemanticModel model)
    {
        if (model.GetEnclosingSymbol(expression.SpanStart)?.ContainingType is not { IsValueType: true } type)
            return false;
        return expression.DescendantNodesAndSelf().Any(node =>
            node is ThisExpressionSyntax
            || (node is IdentifierNameSyntax name && model.GetSymbolInfo(name).Symbol is { IsStatic: false } member
                && member.Kind is SymbolKind.Field or SymbolKind.Property or SymbolKind.Method or SymbolKind.Event
                && SymbolEqualityComparer.Default.Equals(member.ContainingType, type)
                && !(name.Parent is MemberAccessExpressionSyntax access && access.Name == name && access.Expression is not ThisExpressionSyntax)));
    }
}
