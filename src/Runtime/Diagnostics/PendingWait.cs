namespace LockAnalyzers.Runtime;

/// <summary>A wait that has not ended, as it was when it was asked for.</summary>
/// <remarks>Instances are immutable and may be shared between threads.</remarks>
public sealed class PendingWait
{
    internal PendingWait(Acquisition acquisition)
        => (Resource, Elapsed, Attempts, Deadline) = (acquisition.Resource, acquisition.Elapsed, acquisition.Attempts, acquisition.Budget.Deadline);

    /// <summary>What is waited for, as in <see cref="LockTimeoutException.Resource"/>.</summary>
    public string? Resource { get; }

    /// <summary>The time since the first attempt.</summary>
    public TimeSpan Elapsed { get; }

    /// <summary>The number of attempts that were refused so far.</summary>
    public int Attempts { get; }

    /// <summary>When the wait gives up, counted from the first attempt.</summary>
    public TimeSpan Deadline { get; }

    /// <summary>One line, such as <c>'/run/a.lock' for 7.2 s of 10 s</c>.</summary>
    /// <returns>The line.</returns>
    public override string ToString()
        => FormattableString.Invariant($"{LockTimeoutException.Name(Resource)} for {Elapsed.TotalSeconds:0.###} s of {Deadline.TotalSeconds:0.###} s");
}
