using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Framework;

/// <summary>Shows a rule the plain assignments that have a name of interest on their left or right; those of attributes and initializers too.</summary>
internal static class AssignmentActions
{
    public static void RegisterAssignments(
        this CompilationStartAnalysisContext start, Func<string, bool> isOfInterest, Action<CodeContext<ISimpleAssignmentOperation>> action) =>
        start.RegisterSyntaxNodeAction(
            node =>
            {
                var (left, right) = node.Node switch
                {
                    AssignmentExpressionSyntax assignment => (CallActions.NameOf(assignment.Left), assignment.Right),
                    AttributeArgumentSyntax { NameEquals: { Name.Identifier.ValueText: var name } } argument => (name, argument.Expression),
                    _ => default,
                };
                if (((left is not null && isOfInterest(left)) || (right is not null && CallActions.NameOf(right) is { } value && isOfInterest(value)))
                    && node.SemanticModel.GetOperation(node.Node, node.CancellationToken) is ISimpleAssignmentOperation operation)
                {
                    action(new CodeContext<ISimpleAssignmentOperation>(operation, node));
                }
            },
            SyntaxKind.SimpleAssignmentExpression, SyntaxKind.AttributeArgument);
}
