using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Contention;

/// <summary>
/// Who calls a method, as far as its own type in the file at hand shows it. The name is asked first; only names that match
/// cost a semantic question.
/// </summary>
internal static class Callers
{
    /// <summary>The calls, and the places where the method is handed on as a delegate.</summary>
    public static IEnumerable<IOperation> Of(IMethodSymbol method, SemanticModel model)
    {
        foreach (var declaration in Scope(method))
        {
            if (declaration.SyntaxTree != model.SyntaxTree)
                continue;
            var code = declaration.GetSyntax();
            foreach (var node in method.MethodKind == MethodKind.Constructor ? Creations(method.ContainingType, code) : Mentions.Of(method.Name, code))
            {
                if (Find(model.GetOperation(Called(node)), method) is { } reference)
                    yield return reference;
            }
        }
    }

    /// <summary>The calls of a delegate parameter inside its method.</summary>
    public static IEnumerable<IOperation> OfDelegate(IParameterSymbol parameter, SemanticModel model)
    {
        foreach (var declaration in parameter.ContainingSymbol.DeclaringSyntaxReferences)
        {
            if (declaration.SyntaxTree != model.SyntaxTree)
                continue;
            foreach (var invocation in declaration.GetSyntax().DescendantNodes().OfType<InvocationExpressionSyntax>())
            {
                if (invocation.Expression is IdentifierNameSyntax or MemberAccessExpressionSyntax
                    && model.GetOperation(invocation) is IInvocationOperation { TargetMethod.MethodKind: MethodKind.DelegateInvoke, Instance: IParameterReferenceOperation instance } call
                    && SymbolEqualityComparer.Default.Equals(instance.Parameter, parameter))
                {
                    yield return call;
                }
            }
        }
    }

    private static IEnumerable<SyntaxReference> Scope(IMethodSymbol method) =>
        (method.MethodKind == MethodKind.LocalFunction ? method.ContainingSymbol : method.ContainingType).DeclaringSyntaxReferences;

    private static IEnumerable<SyntaxNode> Creations(INamedTypeSymbol type, SyntaxNode code) => Mentions.OfNamelessCreations(code)
        .Concat(Mentions.Of(type.Name, code).Where(name => name.Parent is ObjectCreationExpressionSyntax).Select(name => name.Parent!));

    /// <summary>The call that a name is called by; the name itself where it is only mentioned.</summary>
    private static SyntaxNode Called(SyntaxNode name)
    {
        var callee = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return callee.Parent is InvocationExpressionSyntax call && call.Expression == callee ? call : callee;
    }

    private static IOperation? Find(IOperation? operation, IMethodSymbol method) => operation switch
    {
        IObjectCreationOperation creation when Is(creation.Constructor, method) => creation,
        IInvocationOperation call when Is(call.TargetMethod, method) => call,
        IMethodReferenceOperation reference when Is(reference.Method, method) => reference,
        _ => null,
    };

    private static bool Is(IMethodSymbol? candidate, IMethodSymbol method) =>
        SymbolEqualityComparer.Default.Equals(candidate?.OriginalDefinition, method.OriginalDefinition);
}
