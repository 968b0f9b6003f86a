namespace LockAnalyzers.Runtime;

/// <summary>Reads the answer of one attempt out of the ways in which try-locks give it: a value, an exception, an error code.</summary>
internal static class Attempt
{
    public static Outcome<T> ByValue<T>(Func<T> attempt, Func<T, bool> isAcquired) => Judge(attempt(), isAcquired);

    public static async Task<Outcome<T>> ByValueAsync<T>(Func<CancellationToken, Task<T>> attempt, Func<T, bool> isAcquired, CancellationToken token)
        => Judge(await attempt(token).ConfigureAwait(false), isAcquired);

    public static Outcome<T> ByException<T>(Func<T> attempt, Func<Exception, bool> isContention)
    {
        try
        {
            return Outcome<T>.Final(attempt());
        }
        catch (Exception refusal) when (isContention(refusal))
        {
            return Outcome<T>.Refused(refusal);
        }
    }

    public static async Task<Outcome<T>> ByExceptionAsync<T>(Func<CancellationToken, Task<T>> attempt, Func<Exception, bool> isContention, CancellationToken token)
    {
        try
        {
            return Outcome<T>.Final(await attempt(token).ConfigureAwait(false));
        }
        catch (Exception refusal) when (isContention(refusal))
        {
            return Outcome<T>.Refused(refusal);
        }
    }

    public static Outcome<int> ByErrno(Func<int> attempt)
    {
        LastError.Clear();
        int result = attempt();
        if (result != -1)
        {
            return Outcome<int>.Final(result);
        }

        int errno = LastError.Read();
        if (errno == Errno.Interrupted)
        {
            return Outcome<int>.Interrupted(Errno.ToException(errno));
        }

        return Errno.IsContention(errno) ? Outcome<int>.Refused(Errno.ToException(errno)) : Outcome<int>.Final(result);
    }

    private static Outcome<T> Judge<T>(T value, Func<T, bool> isAcquired)
        => isAcquired(value) ? Outcome<T>.Final(value) : Outcome<T>.Refused();
}
