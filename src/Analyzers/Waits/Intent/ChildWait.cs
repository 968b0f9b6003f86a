using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Waits.Intent;

/// <summary>Why a wait for a child process may have no bound: it was killed just before, it is over, or it is what the program is for.</summary>
internal static class ChildWait
{
    /// <summary><c>child.Kill(); child.WaitForExit();</c>: the wait only reaps.</summary>
    public static bool IsKilledBefore(Wait wait, ResolvedCatalog catalog) =>
        Variable.Of(wait.Target) is { } child
        && (wait.Operation.EnclosingFunction() ?? wait.Operation.Root()).Descendants().OfType<IInvocationOperation>().Any(call =>
            call.Syntax.SpanStart < wait.Operation.Syntax.SpanStart && Kills(call, catalog)
            && (Variable.Is(call.Instance, child) || call.Arguments.Any(argument => Variable.Is(argument.Value, child))));

    /// <summary>The program runs the child in the foreground, on its own console, and ends with its exit code.</summary>
    public static bool IsForeground(Wait wait, ISymbol member, ResolvedCatalog catalog) =>
        wait.Operation.Root() is var body
        && (EntryPoint.Is(member) || body.Descendants().Any(operation =>
            operation is IInvocationOperation call && catalog.Role(call.TargetMethod) == ShutdownRole.Exit && call.Syntax.SpanStart > wait.Operation.Syntax.SpanStart))
        && !body.Descendants().Any(operation => operation is ISimpleAssignmentOperation { Target: IPropertyReferenceOperation { Property.Name: var property } } set
            && property.StartsWith("Redirect", StringComparison.Ordinal) && ValueReader.ReadSingle(set.Value).Boolean != false);

    /// <summary>The wait stands in the handler that runs once the child has ended.</summary>
    public static bool IsInExitHandler(Wait wait, ISymbol member, ResolvedCatalog catalog)
    {
        for (var function = wait.Operation.EnclosingFunction(); function is not null; function = function.EnclosingFunction())
        {
            for (var outer = function.Parent; outer is not null and not IBlockOperation; outer = outer.Parent)
            {
                if (outer is IEventAssignmentOperation { EventReference: IEventReferenceOperation { Event: var raised } } && IsExit(raised, catalog))
                    return true;
            }
        }

        return wait.Operation.SemanticModel is { } model
            && wait.Operation.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is { } type
            && type.DescendantNodes().OfType<AssignmentExpressionSyntax>().Any(subscription =>
                subscription.Right is IdentifierNameSyntax { Identifier.ValueText: var handler } && handler == member.Name
                && model.GetOperation(subscription) is IEventAssignmentOperation { EventReference: IEventReferenceOperation { Event: var raised } } && IsExit(raised, catalog));
    }

    private static bool IsExit(IEventSymbol raised, ResolvedCatalog catalog) => catalog.Role(raised) == ShutdownRole.Done;

    private static bool Kills(IInvocationOperation call, ResolvedCatalog catalog) =>
        catalog.Role(call.TargetMethod) == ShutdownRole.Kill
        || (Words.Of(call.TargetMethod.Name) is { Count: > 0 } words && catalog.Words.Of("kill-verb").Contains(words[0]));
}
