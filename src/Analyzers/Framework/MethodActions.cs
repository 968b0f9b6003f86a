using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Framework;

/// <summary>
/// Shows a rule the calls and creations whose method is of interest, for rules that cannot tell by the name alone. Three questions,
/// each dearer than the one before: the syntax, the method, the operation. The method comes from what the compiler has bound anyway;
/// the operations of a body are made for the analyzers alone and are what costs.
/// </summary>
internal static class MethodActions
{
    private static readonly SyntaxKind[] Creations =
    {
        SyntaxKind.ObjectCreationExpression, SyntaxKind.ImplicitObjectCreationExpression, SyntaxKind.Attribute,
        SyntaxKind.BaseConstructorInitializer, SyntaxKind.ThisConstructorInitializer, SyntaxKind.PrimaryConstructorBaseType,
    };

    /// <summary>Calls of methods that are named so.</summary>
    public static void RegisterCalls(
        this CompilationStartAnalysisContext start, Func<string, bool> named, Func<IMethodSymbol, bool> isOfInterest, Action<CodeContext<IOperation>> action) =>
        start.RegisterMethods(node => CallActions.NameOf(node) is not { } name || named(name), isOfInterest, action, SyntaxKind.InvocationExpression);

    /// <summary>Creations of types that are named so, or that have no name of their own there: <c>new()</c>, an alias, <c>: base(...)</c>.</summary>
    public static void RegisterCreations(
        this CompilationStartAnalysisContext start, Func<string, bool> named, Func<IMethodSymbol, bool> isOfInterest, Action<CodeContext<IOperation>> action) =>
        start.RegisterMethods(node => CallActions.NameOf(node) is not { } name || named(name) || IsAlias(name, node), isOfInterest, action, Creations);

    /// <summary>Calls and creations that are worth asking for by their syntax.</summary>
    public static void RegisterCallsAndCreations(
        this CompilationStartAnalysisContext start, Func<SyntaxNode, bool> isWorthAsking, Func<IMethodSymbol, bool> isOfInterest, Action<CodeContext<IOperation>> action) =>
        start.RegisterMethods(isWorthAsking, isOfInterest, action, [SyntaxKind.InvocationExpression, .. Creations]);

    private static void RegisterMethods(
        this CompilationStartAnalysisContext start,
        Func<SyntaxNode, bool> isWorthAsking,
        Func<IMethodSymbol, bool> isOfInterest,
        Action<CodeContext<IOperation>> action,
        params SyntaxKind[] kinds) =>
        start.RegisterSyntaxNodeAction(
            node =>
            {
                if (!isWorthAsking(node.Node)
                    || node.SemanticModel.GetSymbolInfo(node.Node, node.CancellationToken).Symbol is not IMethodSymbol method
                    || !isOfInterest(method))
                {
                    return;
                }

                var operation = node.SemanticModel.GetOperation(node.Node, node.CancellationToken);
                if (operation is IAttributeOperation attribute)
                    operation = attribute.Operation;
                if (operation is IInvocationOperation or IObjectCreationOperation)
                    action(new CodeContext<IOperation>(operation, node));
            },
            kinds);

    private static bool IsAlias(string name, SyntaxNode node)
    {
        foreach (var directive in ((CompilationUnitSyntax)node.SyntaxTree.GetRoot()).Usings)
        {
            if (directive.Alias is { Name.Identifier.ValueText: var alias } && alias == name)
                return true;
        }

        return false;
    }
}
