using LockAnalyzers.Framework;
using LockAnalyzers.Wrappers;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;

namespace LockAnalyzers.Waits;

/// <summary>How a rule asks to see the waits of a compilation.</summary>
internal static class WaitActions
{
    /// <summary>Runs the action for each call of a member that the catalog calls a wait, bounded or not.</summary>
    public static void RegisterWaitCalls(this CompilationStartAnalysisContext start, LockContext context, Action<CallContext, Wait> action)
    {
        var waits = context.Catalog.ManagedWaits;
        start.RegisterCalls(waits.HasName, call =>
        {
            if (Wait.Find(call.Operation, context.Catalog) is { } wait)
                action(call, wait);
        });
    }

    /// <summary>
    /// Runs the action for each call of a function of the compilation that passes on to a wait and gives it no end, and for the default of a
    /// parameter that does so for the calls that leave it out.
    /// </summary>
    public static void RegisterWrappers(this CompilationStartAnalysisContext start, LockContext context, Action<CodeContext<IOperation>, Wait> action)
    {
        start.RegisterWrapperCalls(context, call =>
        {
            if (context.Wrappers.Find(call.Operation) is { } wait)
                action(call, wait);
        });
        start.RegisterSyntaxNodeAction(
            node =>
            {
                if (node.Node is ParameterSyntax { Default: not null, Parent.Parent: { } function } parameter && NoEnd.MayBe(parameter.Default.Value)
                    && context.Wrappers.Names.HasName(NameOf(function))
                    && context.Wrappers.FindDefault(parameter, node.SemanticModel) is { } wait)
                {
                    action(new CodeContext<IOperation>(wait.Operation, node), wait);
                }
            },
            SyntaxKind.Parameter);
    }

    private static string NameOf(SyntaxNode function) => function switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText,
        LocalFunctionStatementSyntax local => local.Identifier.ValueText,
        _ => "",
    };

    /// <summary>Shows the calls of functions that may be wrappers.</summary>
    public static void RegisterWrapperCalls(this CompilationStartAnalysisContext start, LockContext context, Action<CodeContext<IOperation>> action) =>
        start.RegisterCallsAndCreations(context.Wrappers.Names.MayBeCall, context.Wrappers.MayBe, action);

    /// <summary>A report at a wait; of a wrapper, with the wait behind it as the other place.</summary>
    public static Diagnostic At(this DiagnosticDescriptor rule, Wait wait, DiagnosticSeverity severity, params object[] words) => Diagnostic.Create(
        rule,
        wait.Operation.Syntax.GetLocation(),
        severity,
        wait.Behind is { } behind ? new[] { behind.Operation.Syntax.GetLocation() } : null,
        properties: null,
        words);
}
