namespace LockAnalyzers.Runtime;

/// <summary>Attempt, pause, attempt: the drivers of a <see cref="RetrySession"/>, alike but for how they wait.</summary>
/// <remarks>
/// <para>The token is read before an attempt and during a pause, never after an attempt: what has been acquired goes to the caller
/// even when the token was cancelled meanwhile, for otherwise nobody could release it.</para>
/// <para>They end the session, whatever happens. The Try forms return the last refusal when the budget is spent, the others throw.</para>
/// </remarks>
internal static class RetryLoop
{
    public static T Run<T>(RetrySession session, Func<Outcome<T>> attempt)
    {
        using (session)
        {
            Outcome<T> outcome = Retry(session, attempt);
            return outcome.IsFinal ? outcome.Value : throw session.TimedOut(outcome.Refusal.Reason);
        }
    }

    public static Outcome<T> TryRun<T>(RetrySession session, Func<Outcome<T>> attempt)
    {
        using (session)
        {
            return Retry(session, attempt);
        }
    }

    public static async Task<T> RunAsync<T>(RetrySession session, Func<CancellationToken, Task<Outcome<T>>> attempt)
    {
        using (session)
        {
            Outcome<T> outcome = await RetryAsync(session, attempt).ConfigureAwait(false);
            return outcome.IsFinal ? outcome.Value : throw session.TimedOut(outcome.Refusal.Reason);
        }
    }

    public static async Task<Outcome<T>> TryRunAsync<T>(RetrySession session, Func<CancellationToken, Task<Outcome<T>>> attempt)
    {
        using (session)
        {
            return await RetryAsync(session, attempt).ConfigureAwait(false);
        }
    }

    /// <summary>An attempt that does not wait, with asynchronous pauses.</summary>
    public static Task<T> RunAsync<T>(RetrySession session, Func<Outcome<T>> attempt)
        => RunAsync(session, _ => Task.FromResult(attempt()));

    private static Outcome<T> Retry<T>(RetrySession session, Func<Outcome<T>> attempt)
    {
        while (true)
        {
            session.CancellationToken.ThrowIfCancellationRequested();
            Outcome<T> outcome = attempt();
            if (session.IsOver(outcome, out TimeSpan pause))
            {
                return outcome;
            }

            if (pause > TimeSpan.Zero)
            {
                Pause.Wait(pause, session.TimeProvider, session.CancellationToken);
            }
        }
    }

    private static async Task<Outcome<T>> RetryAsync<T>(RetrySession session, Func<CancellationToken, Task<Outcome<T>>> attempt)
    {
        while (true)
        {
            session.CancellationToken.ThrowIfCancellationRequested();
            Outcome<T> outcome = await attempt(session.CancellationToken).ConfigureAwait(false);
            if (session.IsOver(outcome, out TimeSpan pause))
            {
                return outcome;
            }

            if (pause > TimeSpan.Zero)
            {
                await Pause.WaitAsync(pause, session.TimeProvider, session.CancellationToken).ConfigureAwait(false);
            }
        }
    }
}
