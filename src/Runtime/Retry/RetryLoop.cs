namespace LockAnalyzers.Runtime;

/// <summary>Attempt, pause, attempt: the two drivers of a <see cref="RetrySession"/>, alike but for how they wait.</summary>
/// <remarks>
/// <para>The token is read before an attempt and during a pause, never after an attempt: what has been acquired goes to the caller
/// even when the token was cancelled meanwhile, for otherwise nobody could release it.</para>
/// <para>They end the session, whatever happens.</para>
/// </remarks>
internal static class RetryLoop
{
    public static T Run<T>(RetrySession session, Func<Outcome<T>> attempt)
    {
        using (session)
        {
            while (true)
            {
                session.CancellationToken.ThrowIfCancellationRequested();
                Outcome<T> outcome = attempt();
                if (outcome.IsFinal)
                {
                    session.Succeeded();
                    return outcome.Value;
                }

                if (!session.TryGetPause(outcome.Refusal, out TimeSpan pause))
                {
                    throw session.TimedOut(outcome.Refusal.Reason);
                }

                if (pause > TimeSpan.Zero)
                {
                    Pause.Wait(pause, session.TimeProvider, session.CancellationToken);
                }
            }
        }
    }

    public static async Task<T> RunAsync<T>(RetrySession session, Func<CancellationToken, Task<Outcome<T>>> attempt)
    {
        using (session)
        {
            while (true)
            {
                session.CancellationToken.ThrowIfCancellationRequested();
                Outcome<T> outcome = await attempt(session.CancellationToken).ConfigureAwait(false);
                if (outcome.IsFinal)
                {
                    session.Succeeded();
                    return outcome.Value;
                }

                if (!session.TryGetPause(outcome.Refusal, out TimeSpan pause))
                {
                    throw session.TimedOut(outcome.Refusal.Reason);
                }

                if (pause > TimeSpan.Zero)
                {
                    await Pause.WaitAsync(pause, session.TimeProvider, session.CancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    /// <summary>An attempt that does not wait, with asynchronous pauses.</summary>
    public static Task<T> RunAsync<T>(RetrySession session, Func<Outcome<T>> attempt)
        => RunAsync(session, _ => Task.FromResult(attempt()));
}
