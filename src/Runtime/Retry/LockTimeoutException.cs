namespace LockAnalyzers.Runtime;

/// <summary>A <see cref="RetryBudget"/> is spent, and somebody else still holds what was asked for.</summary>
public sealed class LockTimeoutException : TimeoutException
{
    /// <summary>Says what was waited for, how long, how often, and under which budget.</summary>
    /// <param name="resource">What was asked for, such as a path; <see langword="null"/> when unknown.</param>
    /// <param name="waited">The time from the first attempt to the end of the last.</param>
    /// <param name="attempts">The number of refused attempts.</param>
    /// <param name="budget">The budget that is spent.</param>
    /// <param name="innerException">The last refusal, when it was an exception or an error code.</param>
    /// <param name="holders">Who holds it, as far as that is known.</param>
    /// <exception cref="ArgumentNullException"><paramref name="budget"/> is <see langword="null"/>.</exception>
    public LockTimeoutException(
        string? resource,
        TimeSpan waited,
        int attempts,
        RetryBudget budget,
        Exception? innerException = null,
        IReadOnlyList<LockHolder>? holders = null)
        : base(Describe(resource, waited, attempts, budget ?? throw new ArgumentNullException(nameof(budget))) + Describe(holders ?? []), innerException)
    {
        Resource = resource;
        Waited = waited;
        Attempts = attempts;
        Budget = budget;
        Holders = holders ?? [];
    }

    /// <summary>What was asked for, such as the path given to <see cref="BoundedFile"/>; <see langword="null"/> when only the caller's delegate knows it.</summary>
    public string? Resource { get; }

    /// <summary>The time from the first attempt to the end of the last.</summary>
    public TimeSpan Waited { get; }

    /// <summary>The number of refused attempts. Calls broken off by a signal (EINTR) are not counted.</summary>
    public int Attempts { get; }

    /// <summary>The budget that is spent.</summary>
    public RetryBudget Budget { get; }

    /// <summary>
    /// Who held the file, or had it open, right after the last attempt: asked of the system, for 100 ms at most. Empty when what was waited for is no
    /// file, and when the system does not tell: of processes in other containers or, on Linux, of those whose descriptors another user may not see.
    /// </summary>
    public IReadOnlyList<LockHolder> Holders { get; }

    /// <summary>The resource in a sentence.</summary>
    internal static string Name(string? resource) => resource is null ? "The lock" : $"'{OneLine.Of(resource)}'";

    private static string Describe(IReadOnlyList<LockHolder> holders)
    {
        const int Most = 3;
        if (holders.Count == 0)
        {
            return "";
        }

        string verb = holders.All(static holder => holder.Evidence == HolderEvidence.Lock) ? "Held by" : "Open in";
        string others = holders.Count > Most ? FormattableString.Invariant($" and {holders.Count - Most} more") : "";
        return $" {verb} {string.Join(", ", holders.Take(Most))}{others}.";
    }

    private static string Describe(string? resource, TimeSpan waited, int attempts, RetryBudget budget)
    {
        string what = Name(resource);
        string limit = budget.MaxAttempts is { } max ? $" or {max} attempts" : "";
        if (attempts == 1)
        {
            return FormattableString.Invariant($"{what} could not be had in {waited.TotalSeconds:0.###} s (budget: {budget.Deadline.TotalSeconds:0.###} s{limit}).");
        }

        return FormattableString.Invariant(
            $"{what} was held by somebody else at each of {attempts} attempts in {waited.TotalSeconds:0.###} s (budget: {budget.Deadline.TotalSeconds:0.###} s{limit}).");
    }
}
