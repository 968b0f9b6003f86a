using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Contention;

/// <summary>Where the exception of a failed attempt lands inside the function that makes it.</summary>
internal static class FailurePath
{
    /// <summary>The handler that does something about it; null when it leaves the function.</summary>
    public static ICatchClauseOperation? Handler(IOperation attempt, IOperation? function, Thrown thrown)
    {
        for (var (child, parent) = (attempt, attempt.Parent); parent is not null && child != function; (child, parent) = (parent, parent.Parent))
        {
            if (parent is not ITryOperation tried || tried.Body != child)
                continue;
            foreach (var handler in tried.Catches)
            {
                if (!thrown.IsCaughtBy(handler.ExceptionType))
                    continue;
                if (!OnlyRethrows(handler, thrown))
                    return handler;
                if (handler.Filter is null)
                    break;
            }
        }

        return null;
    }

    /// <summary>
    /// A handler for everything that cleans up, logs and throws on has no plan for a held lock; one written for this very
    /// exception has, if it does anything but throw.
    /// </summary>
    private static bool OnlyRethrows(ICatchClauseOperation handler, Thrown thrown)
    {
        var statements = handler.Handler.Operations;
        if (statements.IsEmpty || statements[statements.Length - 1] is not IThrowOperation { Exception: null })
            return false;
        if (statements.Length == 1)
            return true;
        return !thrown.IsExactly(handler.ExceptionType)
            && handler.Filter is null
            && !handler.Handler.Descendants().Any(operation => operation is IReturnOperation or IBranchOperation { IsImplicit: false });
    }
}
