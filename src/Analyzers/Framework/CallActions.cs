using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Framework;

/// <summary>
/// Shows a rule the calls whose name is of interest. The name is asked before anything is bound: a method body that calls nothing
/// of interest costs a look-up per call and is never bound for us.
/// </summary>
internal static class CallActions
{
    public static void RegisterCalls(this CompilationStartAnalysisContext start, Func<string, bool> isOfInterest, Action<CallContext> action) =>
        start.RegisterSyntaxNodeAction(
            node =>
            {
                var invocation = (InvocationExpressionSyntax)node.Node;
                if (NameOf(invocation) is { } name && isOfInterest(name)
                    && node.SemanticModel.GetOperation(invocation, node.CancellationToken) is IInvocationOperation call)
                {
                    action(new CallContext(call, node));
                }
            },
            SyntaxKind.InvocationExpression);

    /// <summary>The last part of the name of what is called, created, or assigned to; null for what has no name.</summary>
    public static string? NameOf(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax invocation => NameOf(invocation.Expression),
        AssignmentExpressionSyntax assignment => NameOf(assignment.Left),
        ObjectCreationExpressionSyntax creation => NameOf(creation.Type),
        AttributeSyntax attribute => NameOf(attribute.Name),
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax qualified => qualified.Name.Identifier.ValueText,
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };
}
