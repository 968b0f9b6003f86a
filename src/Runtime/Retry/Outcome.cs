namespace LockAnalyzers.Runtime;

/// <summary>What one attempt came to: a result that ends the retries, or a refusal that allows another attempt.</summary>
internal readonly struct Outcome<T>
{
    private Outcome(bool isFinal, T value, Refusal refusal) => (IsFinal, Value, Refusal) = (isFinal, value, refusal);

    /// <summary>Whether <see cref="Value"/> goes to the caller; otherwise <see cref="Refusal"/> counts.</summary>
    public bool IsFinal { get; }

    public T Value { get; }

    public Refusal Refusal { get; }

    public static Outcome<T> Final(T value) => new(true, value, default);

    public static Outcome<T> Refused(Exception? reason = null) => new(false, default!, new Refusal(reason, IsInterruption: false));

    /// <summary>The call was broken off before it could say whether the lock is free.</summary>
    public static Outcome<T> Interrupted(Exception reason) => new(false, default!, new Refusal(reason, IsInterruption: true));
}

/// <summary>Why an attempt did not end the retries.</summary>
/// <param name="Reason">The error that said so, if there was one.</param>
/// <param name="IsInterruption">A signal broke the call off: nothing was learned, so neither a pause nor an attempt is charged.</param>
internal readonly record struct Refusal(Exception? Reason, bool IsInterruption);
