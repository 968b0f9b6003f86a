namespace LockAnalyzers.Runtime;

/// <summary>How long and how often to try for something that somebody else may hold.</summary>
/// <remarks>
/// <para>The first attempt is made at once. Between two attempts there is a pause: <see cref="BaseDelay"/> before the second,
/// then doubled each time up to <see cref="MaxDelay"/>, and shortened at random to between one half and the whole of that
/// ("equal jitter"), so that two processes that collided once do not collide again in step. No pause reaches past
/// <see cref="Deadline"/>: the last one is cut short, and the last attempt is made at the deadline.</para>
/// <para>Time is taken from <see cref="TimeProvider"/> only, and only its monotonic part, so that a change of the wall clock has
/// no effect. Pauses are whole milliseconds, rounded up, because timers are no finer.</para>
/// <para>The defaults end after ten seconds, the total of the design that this library carries to .NET; the pauses are shorter
/// than there because a median hand-off takes half a pause (measured, docs/runtime.md).</para>
/// <para>Instances are immutable and may be shared between threads.</para>
/// </remarks>
public sealed record RetryBudget
{
    /// <summary>The budget used where none is given: ten seconds in all, pauses from 25 ms up to 250 ms.</summary>
    public static RetryBudget Default { get; } = new();

    /// <summary>The total time, counted from the first attempt. Default: 10 s.</summary>
    /// <value>More than zero and at most <see cref="int.MaxValue"/> milliseconds (about 24.8 days).</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan Deadline { get; init => field = WaitTime.InRange(value); } = TimeSpan.FromSeconds(10);

    /// <summary>The pause between the first attempt and the second, before jitter. Default: 25 ms.</summary>
    /// <value>More than zero and at most <see cref="int.MaxValue"/> milliseconds. A value above <see cref="MaxDelay"/> counts as <see cref="MaxDelay"/>.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan BaseDelay { get; init => field = WaitTime.InRange(value); } = TimeSpan.FromMilliseconds(25);

    /// <summary>The longest pause between two attempts, before jitter. Default: 250 ms.</summary>
    /// <value>More than zero and at most <see cref="int.MaxValue"/> milliseconds.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public TimeSpan MaxDelay { get; init => field = WaitTime.InRange(value); } = TimeSpan.FromMilliseconds(250);

    /// <summary>The most attempts that are made, the first included; <see langword="null"/>, the default, leaves the end to <see cref="Deadline"/>.</summary>
    /// <value><see langword="null"/> or at least 1.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is less than 1.</exception>
    public int? MaxAttempts
    {
        get;
        init => field = value is < 1
            ? throw new ArgumentOutOfRangeException(nameof(MaxAttempts), value, "At least one attempt must be allowed.")
            : value;
    }

    /// <summary>The clock and the timers of the pauses. Default: <see cref="TimeProvider.System"/>.</summary>
    /// <exception cref="ArgumentNullException">The value is <see langword="null"/>.</exception>
    public TimeProvider TimeProvider
    {
        get;
        init => field = value ?? throw new ArgumentNullException(nameof(TimeProvider));
    } = TimeProvider.System;

    /// <summary>The default budget with another total time.</summary>
    /// <param name="deadline">The total time: more than zero and at most <see cref="int.MaxValue"/> milliseconds.</param>
    /// <returns>A budget that ends after <paramref name="deadline"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="deadline"/> is out of range.</exception>
    public static RetryBudget Within(TimeSpan deadline) => new() { Deadline = deadline };
}
