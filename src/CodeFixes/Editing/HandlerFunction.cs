using LockAnalyzers.Catalog;
using LockAnalyzers.Shutdown;
using LockAnalyzers.Shutdown.Roots;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.CodeFixes.Editing;

/// <summary>The function that a shutdown root runs, where it stands in the document of the report.</summary>
internal static class HandlerFunction
{
    /// <summary>For a report at the registration or at the name of a member that is a root; default when the handler stands elsewhere.</summary>
    public static (SyntaxNode? Function, ShutdownRoot Entry) Find(FixSite site, ShutdownFacts facts)
    {
        if (site.Node is MethodDeclarationSyntax method)
            return site.Model.GetDeclaredSymbol(method, site.Cancellation) is { } symbol && ShutdownRoots.Member(symbol, facts) is { } member ? (method, member.Entry) : default;

        var registration = site.Node.AncestorsAndSelf().FirstOrDefault(node => node is AssignmentExpressionSyntax or InvocationExpressionSyntax && node.SpanStart == site.Node.SpanStart && node != site.Node);
        if (registration is null || site.Model.GetOperation(registration, site.Cancellation) is not { } operation
            || ShutdownRoots.Registered(operation, site.Model.Compilation.Assembly, facts) is not { Handler: { } handler } root)
        {
            return default;
        }

        if (handler.Unwrapped() is ILocalReferenceOperation local && Definitions.SingleValue(local) is { } value)
            handler = value;
        return handler.Unwrapped() switch
        {
            IAnonymousFunctionOperation lambda => (lambda.Syntax, root.Entry),
            IMethodReferenceOperation { Method: var named } => (Declaration(named, site), root.Entry),
            _ => default,
        };
    }

    /// <summary>For a report that stands at the name of the handler, or at the registration of a lambda.</summary>
    public static SyntaxNode? FindNamed(FixSite site, ShutdownFacts facts) =>
        site.Node is MethodDeclarationSyntax or LocalFunctionStatementSyntax ? site.Node : Find(site, facts).Function;

    private static SyntaxNode? Declaration(IMethodSymbol method, FixSite site)
    {
        method = method.PartialImplementationPart ?? method;
        return method.DeclaringSyntaxReferences.FirstOrDefault(reference => reference.SyntaxTree == site.Model.SyntaxTree)?.GetSyntax(site.Cancellation);
    }
}
