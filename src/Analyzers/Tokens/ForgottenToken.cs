using LockAnalyzers.Bounds;
using LockAnalyzers.Catalog;
using LockAnalyzers.Naming;
using LockAnalyzers.Values;
using LockAnalyzers.Waits;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Tokens;

/// <summary>The token that a wait could take and does not.</summary>
internal static class ForgottenToken
{
    /// <summary>Null for a wait that something bounds, that takes no token, in cleanup code, and where no token is at hand.</summary>
    public static TokenInScope? Of(Wait wait, ResolvedCatalog catalog) =>
        wait is { Bound: Bound.None, Member: IMethodSymbol method }
        && TokenOverload.Exists(method)
        && TokenInScope.Find(wait.Operation) is { } token
        && !IsEndedOtherwise(wait.Operation)
        && !Wakes(token, wait.Operation, catalog)
        && !CleanupCode.Contains(wait.Operation.Syntax, catalog.Words.Of("cleanup"))
            ? token
            : null;

    /// <summary>A lock, and a token that the function was given to end by: nothing speaks against passing it on.</summary>
    public static bool IsSure(Wait wait, TokenInScope token) => token.IsOwn && wait.Entry.Subject == WaitSubject.Lock;

    /// <summary>A callback of the token, registered in the same member, may be what ends the wait.</summary>
    private static bool Wakes(TokenInScope token, IOperation wait, ResolvedCatalog catalog)
    {
        foreach (var call in wait.Root().Descendants().OfType<IInvocationOperation>())
        {
            if (call.Instance?.Syntax.ToString() == token.Expression && catalog.ShutdownMembers.Find(call.TargetMethod)?.Role == ShutdownRole.Register)
                return true;
        }

        return false;
    }

    /// <summary>The task is handed to a call that takes the token (<c>.WaitAsync(token)</c>): another question, LOCK108's.</summary>
    private static bool IsEndedOtherwise(IOperation wait)
    {
        var parent = wait.Parent;
        while (parent is IConversionOperation or IArgumentOperation)
            parent = parent.Parent;
        return parent is IInvocationOperation call && CallBound.Of(call.Arguments) != Bound.None;
    }
}
