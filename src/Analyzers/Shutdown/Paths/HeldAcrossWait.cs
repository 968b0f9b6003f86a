using LockAnalyzers.Framework;
using LockAnalyzers.Values;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Shutdown.Paths;

/// <summary>
/// A <c>lock</c> whose object is held elsewhere in the type by code that waits with nothing to end it: whoever enters it waits for as
/// long. Every other lock is held for a moment, as far as anybody can tell.
/// </summary>
internal static class HeldAcrossWait
{
    public static bool IsEntered(ILockOperation entry, ShutdownFacts facts)
    {
        if (entry.LockedValue.Unwrapped() is not IFieldReferenceOperation { Field: var field }
            || entry.Syntax.FirstAncestorOrSelf<TypeDeclarationSyntax>() is not { } type || entry.SemanticModel is not { } model)
        {
            return false;
        }

        foreach (var name in Mentions.Of(field.Name, type))
        {
            if (name.FirstAncestorOrSelf<LockStatementSyntax>() is { } other && other != entry.Syntax && other.Expression.Span.Contains(name.Span) && CallActions.NameOf(other.Expression) == field.Name
                && model.GetOperation(other) is ILockOperation { LockedValue: var held, Body: var body } && Variable.Is(held, field)
                && body.Descendants().OfType<IInvocationOperation>().Any(call => WaitCall.IsUnbounded(call, facts, out _) && !LetsGo(call, field) && !IsWokenBefore(entry, call)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary><c>Monitor.Wait(sync)</c> gives the lock back while it waits.</summary>
    private static bool LetsGo(IInvocationOperation wait, IFieldSymbol field) => wait.Arguments.Any(argument => Variable.Is(argument.Value, field));

    /// <summary>What is waited for is touched on the way to the lock: set, completed, disposed of.</summary>
    private static bool IsWokenBefore(ILockOperation entry, IInvocationOperation wait) =>
        Variable.Of(wait.Instance) is { } awaited
        && entry.Earlier().Any(operation => Variable.Is(operation, awaited));
}
