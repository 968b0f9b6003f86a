using LockAnalyzers.Framework;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Cleanup;

/// <summary>A function that gives back, with those of its type that it calls and, where nobody else can call it, those that call it.</summary>
internal sealed class CleanupRegion
{
    /// <summary>Deeper chains of cleanup were not met.</summary>
    private const int MostSteps = 3;

    private readonly HashSet<SyntaxNode> _functions = new();

    public CleanupRegion(SyntaxNode function)
    {
        Function = function;
        Callees(function, 0);
        if (function is MethodDeclarationSyntax method && IsPrivate(method))
            Callers(method, 0);
    }

    public SyntaxNode Function { get; }

    public bool Contains(SyntaxNode function) => _functions.Contains(function);

    public IEnumerable<SyntaxNode> Nodes() => _functions.SelectMany(static function => function.DescendantNodes());

    private void Callees(SyntaxNode function, int steps)
    {
        if (!_functions.Add(function) || steps >= MostSteps)
            return;
        foreach (var call in function.DescendantNodes().OfType<InvocationExpressionSyntax>())
        {
            if (call.Expression is SimpleNameSyntax or MemberAccessExpressionSyntax { Expression: ThisExpressionSyntax } && CallActions.NameOf(call) is { } name)
            {
                foreach (var own in Methods(function, name))
                    Callees(own, steps + 1);
            }
        }
    }

    private void Callers(MethodDeclarationSyntax method, int steps)
    {
        if (steps >= MostSteps)
            return;
        foreach (var use in Mentions.OfIdentifier(method.Identifier.ValueText, method.Scope()))
        {
            if (use.FirstAncestorOrSelf<MethodDeclarationSyntax>() is { } caller && caller != method && !_functions.Contains(caller))
            {
                Callees(caller, MostSteps - 1);
                if (IsPrivate(caller))
                    Callers(caller, steps + 1);
            }
        }
    }

    private static IEnumerable<SyntaxNode> Methods(SyntaxNode function, string name) =>
        (function.FirstAncestorOrSelf<TypeDeclarationSyntax>()?.Members.OfType<MethodDeclarationSyntax>() ?? Enumerable.Empty<MethodDeclarationSyntax>())
            .Where(method => method.Identifier.ValueText == name);

    private static bool IsPrivate(MethodDeclarationSyntax method) =>
        method.ExplicitInterfaceSpecifier is null
        && !method.Modifiers.Any(modifier => modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword or SyntaxKind.ProtectedKeyword);
}
