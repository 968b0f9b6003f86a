using LockAnalyzers.Catalog;
using LockAnalyzers.Values;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Holding;

/// <summary>
/// Whether everybody else who takes a private lock of a type lets it go in no time: whoever waits for it waits for a moment, whatever is
/// done under it afterwards.
/// </summary>
internal static class BriefLock
{
    public static bool IsElsewhere(Wait wait, ResolvedCatalog catalog)
    {
        if (wait.Entry.Subject != WaitSubject.Lock || !Releases.IsByCall(wait)
            || wait.Target?.Unwrapped() is not IFieldReferenceOperation { Field: { DeclaredAccessibility: Accessibility.Private, ContainingType.DeclaringSyntaxReferences.Length: 1 } field }
            || wait.Operation.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || wait.Operation.SemanticModel is not { } model)
        {
            return false;
        }

        var isTakenElsewhere = false;
        foreach (var name in Mentions.OfIdentifier(field.Name, type))
        {
            if (wait.Operation.Syntax.Span.Contains(name.Span))
                continue;
            if (CallOn(name) is not { } invocation)
            {
                if (!IsGivenAnew(name))
                    return false; // Handed on: who takes it cannot be seen.
            }
            else if (model.GetOperation(invocation) is IInvocationOperation call && Wait.Find(call, catalog) is { } other && Variable.Is(other.Target, field))
            {
                if (!ShortSection.Follows(other, catalog))
                    return false;
                isTakenElsewhere = true;
            }
        }

        return isTakenElsewhere;
    }

    /// <summary><c>_turn.Wait()</c>, <c>this._turn?.Wait()</c>.</summary>
    private static InvocationExpressionSyntax? CallOn(IdentifierNameSyntax name)
    {
        var target = Whole(name);
        return target.Parent switch
        {
            MemberAccessExpressionSyntax access when access.Expression == target => access.Parent as InvocationExpressionSyntax,
            ConditionalAccessExpressionSyntax access when access.Expression == target => access.WhenNotNull as InvocationExpressionSyntax,
            _ => null,
        };
    }

    private static bool IsGivenAnew(IdentifierNameSyntax name) => Whole(name) is { Parent: AssignmentExpressionSyntax assignment } target && assignment.Left == target;

    private static SyntaxNode Whole(IdentifierNameSyntax name) => name.Parent is MemberAccessExpressionSyntax access && access.Name == name ? access : name;
}
