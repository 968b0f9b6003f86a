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

    /// <summary>The last part of the name of what is called, or assigned to; null for what has no name.</summary>
    public static string? NameOf(SyntaxNode node) => node switch
    {
        InvocationExpressionSyntax invocation => NameOf(invocation.Expression),
        AssignmentExpressionSyntax assignment => NameOf(assignment.Left),
        MemberAccessExpressionSyntax access => access.Name.Identifier.ValueText,
        MemberBindingExpressionSyntax binding => binding.Name.Identifier.ValueText,
        SimpleNameSyntax name => name.Identifier.ValueText,
        _ => null,
    };
}

/// <summary>A call that a rule looks at, and where it reports.</summary>
internal readonly struct CallContext
{
    private readonly SyntaxNodeAnalysisContext _context;

    public CallContext(IInvocationOperation operation, SyntaxNodeAnalysisContext context)
    {
        Operation = operation;
        _context = context;
    }

    public IInvocationOperation Operation { get; }

    /// <summary>The member around the call; of a lambda, the member that it stands in.</summary>
    public ISymbol ContainingSymbol => _context.ContainingSymbol!;

    public Compilation Compilation => _context.Compilation;

    public AnalyzerOptions Options => _context.Options;

    public CancellationToken Cancellation => _context.CancellationToken;

    public void Report(Diagnostic diagnostic) => _context.ReportDiagnostic(diagnostic);
}
