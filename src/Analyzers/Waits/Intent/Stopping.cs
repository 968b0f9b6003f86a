using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Waits.Intent;

/// <summary>
/// Whether a type has a way to end a wait of its own: a stop method that writes a flag, sets an event or completes a queue. Asked
/// of names within the type: it only ever silences, and needs no other body to be bound.
/// </summary>
internal static class Stopping
{
    /// <summary>True for a flag, token or handle that is named for stopping.</summary>
    public static bool IsNamedForIt(ISymbol variable, ResolvedCatalog catalog) =>
        Words.Of(variable.Name).Exists(word => catalog.Words.Of("stop-state").Contains(word) || catalog.Words.Of("stop-handle").Contains(word));

    /// <summary>True when a stop method of the type around the place writes the variable, or signals what it refers to.</summary>
    public static bool Reaches(ISymbol variable, SyntaxNode place, ResolvedCatalog catalog)
    {
        if (variable is not (IFieldSymbol or IPropertySymbol) || place.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type)
            return false;
        foreach (var member in type.Members)
        {
            if (member is MethodDeclarationSyntax method && IsStopMethod(method.Identifier.ValueText, catalog) && !method.Span.Contains(place.Span) && Touches(method, variable.Name, catalog))
                return true;
        }

        return false;
    }

    public static bool IsStopMethod(string name, ResolvedCatalog catalog) => Words.Of(name).Exists(catalog.Words.Of("stop-method").Contains);

    /// <summary>True when the code writes the variable or calls a member of it that lets somebody go on.</summary>
    public static bool Touches(SyntaxNode code, string variable, ResolvedCatalog catalog)
    {
        foreach (var name in code.DescendantNodes().OfType<IdentifierNameSyntax>())
        {
            if (name.Identifier.ValueText == variable && (IsWritten(name) || IsSignalled(name, catalog)))
                return true;
        }

        return false;
    }

    /// <summary><c>x = …</c>, <c>this.x = …</c>, <c>ref x</c>.</summary>
    private static bool IsWritten(IdentifierNameSyntax name)
    {
        SyntaxNode target = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        return target.Parent switch
        {
            AssignmentExpressionSyntax assignment => assignment.Left == target,
            ArgumentSyntax argument => argument.RefKindKeyword.IsKind(SyntaxKind.RefKeyword),
            _ => false,
        };
    }

    /// <summary><c>x.Set()</c>, <c>this.x?.CompleteAdding()</c>, <c>Monitor.PulseAll(x)</c>.</summary>
    private static bool IsSignalled(IdentifierNameSyntax name, ResolvedCatalog catalog)
    {
        SyntaxNode target = name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
        var called = target.Parent switch
        {
            MemberAccessExpressionSyntax member when member.Expression == target && member.Parent is InvocationExpressionSyntax => member.Name.Identifier.ValueText,
            ConditionalAccessExpressionSyntax { WhenNotNull: InvocationExpressionSyntax { Expression: MemberBindingExpressionSyntax binding } } => binding.Name.Identifier.ValueText,
            ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax callee } } => callee.Name.Identifier.ValueText,
            _ => null,
        };
        return called is not null && IsSignal(called, catalog);
    }

    /// <summary><c>Set</c>, <c>CompleteAdding</c>: lets somebody go on.</summary>
    public static bool IsSignal(string member, ResolvedCatalog catalog) => Words.Of(member) is { Count: > 0 } words && catalog.Words.Of("signal-verb").Contains(words[0]);
}
