using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Operations;

namespace LockAnalyzers.Waits;

/// <summary>Which exceptions the code around an operation catches.</summary>
internal static class Handlers
{
    /// <summary>True when a catch clause around it names the exception, or one that it derives from.</summary>
    public static bool Catch(IOperation operation, string exception)
    {
        for (var current = operation; current.Parent is { } parent; current = parent)
        {
            if (parent is ITryOperation guarded && guarded.Body == current && guarded.Catches.Any(handler => IsOrIsBaseOf(handler.ExceptionType.Name, exception)))
                return true;
        }

        return false;
    }

    /// <summary>
    /// True when the code around, or the catch clause it stands in, is written for an owner that ended without releasing: whoever writes
    /// that thinks of another process, wherever the mutex was made.
    /// </summary>
    public static bool ExpectAbandonment(IOperation operation)
    {
        for (var current = operation; current.Parent is { } parent; current = parent)
        {
            if (parent is ITryOperation guarded && guarded.Catches.Any(handler => handler.ExceptionType.Name == nameof(AbandonedMutexException)))
                return true;
        }

        return false;
    }

    private static bool IsOrIsBaseOf(string caught, string exception) => caught == exception || caught is "SystemException" or "Exception" or "Object";
}
