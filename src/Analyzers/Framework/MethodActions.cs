using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Framework;

/// <summary>
/// Shows a rule the calls and creations whose method is of interest, for rules that cannot tell by the name that stands in the
/// source: imports under other names, aliases, <c>new()</c>, parameters. The method is asked for before the operation: it comes
/// from what the compiler has bound anyway, while the operations of a body are made for the analyzers alone and are what costs.
/// </summary>
internal static class MethodActions
{
    /// <summary>Calls, and <c>: base(...)</c> and <c>: this(...)</c>. A name that is not <paramref name="named"/> is not asked any further.</summary>
    public static void RegisterCalls(
        this CompilationStartAnalysisContext start, Func<string, bool> named, Func<IMethodSymbol, bool> isOfInterest, Action<CodeContext<IOperation>> action) =>
        start.RegisterSyntaxNodeAction(
            node =>
            {
                if (node.Node is not InvocationExpressionSyntax || CallActions.NameOf(node.Node) is not { } name || named(name))
                    Ask(node, isOfInterest, action);
            },
            SyntaxKind.InvocationExpression, SyntaxKind.BaseConstructorInitializer, SyntaxKind.ThisConstructorInitializer, SyntaxKind.PrimaryConstructorBaseType);

    /// <summary>Objects that are created, attributes among them.</summary>
    public static void RegisterCreations(this CompilationStartAnalysisContext start, Func<IMethodSymbol, bool> isOfInterest, Action<CodeContext<IOperation>> action) =>
        start.RegisterSyntaxNodeAction(
            node => Ask(node, isOfInterest, action),
            SyntaxKind.ObjectCreationExpression, SyntaxKind.ImplicitObjectCreationExpression, SyntaxKind.Attribute);

    private static void Ask(SyntaxNodeAnalysisContext node, Func<IMethodSymbol, bool> isOfInterest, Action<CodeContext<IOperation>> action)
    {
        if (node.SemanticModel.GetSymbolInfo(node.Node, node.CancellationToken).Symbol is not IMethodSymbol method || !isOfInterest(method))
            return;
        var operation = node.SemanticModel.GetOperation(node.Node, node.CancellationToken);
        if (operation is IAttributeOperation attribute)
            operation = attribute.Operation;
        if (operation is IInvocationOperation or IObjectCreationOperation)
            action(new CodeContext<IOperation>(operation, node));
    }
}
