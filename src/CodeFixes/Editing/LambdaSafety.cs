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
        if (expression.DescendantNodesAndSelf().Any(node => node is AwaitExpressionSyntax or DeclarationExpressionSyntax or StackAllocArrayCreationExpressionSyntax))
            return false;
        if (expression.FirstAncestorOrSelf<AttributeSyntax>() is not null || expression.FirstAncestorOrSelf<ConstructorInitializerSyntax>() is not null)
            return false;
        if (model.AnalyzeDataFlow(expression) is not { Succeeded: true } flow)
            return false;
        return flow.VariablesDeclared.IsEmpty
            && !flow.AlwaysAssigned.Any(symbol => flow.DataFlowsOut.Contains(symbol))
            && flow.ReadInside.Concat(flow.WrittenInside).All(symbol => CanCapture(symbol))
            && !(UsesThis(expression, model));
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
