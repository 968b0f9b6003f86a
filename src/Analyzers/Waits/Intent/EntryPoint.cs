using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace LockAnalyzers.Waits.Intent;

/// <summary>Whether a wait parks the program: its entry point, or a method of that purpose, waits until somebody asks it to end.</summary>
internal static class EntryPoint
{
    public static bool Parks(Wait wait, ISymbol member, ResolvedCatalog catalog)
    {
        if (wait.Entry.Subject is WaitSubject.Lock or WaitSubject.Peer or WaitSubject.Client)
            return false;
        return Is(member) && wait.Operation.EnclosingFunction() is null
            ? wait.Entry.Subject != WaitSubject.Process
            : wait.Entry.Subject == WaitSubject.Signal && IsParking(member.Name) && NamedHandle.Handles(wait).Any(handle =>
                Variable.Of(handle) is { } variable && (Stopping.Reaches(variable, wait.Operation.Syntax, catalog) || IsSetByHandler(variable, wait.Operation.Syntax, catalog)));
    }

    /// <summary>True for <c>Main</c> and for top-level statements.</summary>
    public static bool Is(ISymbol member) => member is IMethodSymbol { IsStatic: true, Name: "Main" or "<Main>$" };

    private static bool IsParking(string name) =>
        name.StartsWith("Run", StringComparison.Ordinal) || name.StartsWith("Wait", StringComparison.Ordinal) || name.EndsWith("Main", StringComparison.Ordinal);

    /// <summary>A handler that the type subscribes signals it: <c>Console.CancelKeyPress += … x.Set()</c>.</summary>
    private static bool IsSetByHandler(ISymbol variable, SyntaxNode place, ResolvedCatalog catalog) =>
        place.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
        && type.DescendantNodes().OfType<AnonymousFunctionExpressionSyntax>().Any(handler =>
            handler.Parent is AssignmentExpressionSyntax && Stopping.Touches(handler, variable.Name, catalog));
}
