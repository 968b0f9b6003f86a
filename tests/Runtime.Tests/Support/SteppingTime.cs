using Microsoft.Extensions.Time.Testing;

namespace LockAnalyzers.Runtime.Tests;

/// <summary>A clock on which every pause is over as soon as it has begun, and is written down.</summary>
internal sealed class SteppingTime : FakeTimeProvider
{
    private readonly long _start;

    public SteppingTime() => _start = GetTimestamp();

    public List<TimeSpan> Pauses { get; } = [];

    /// <summary>What happens in a pause instead of the passing of time.</summary>
    public Action? InsteadOfPassing { get; set; }

    /// <summary>The time that has passed since this clock was made.</summary>
    public TimeSpan Now => GetElapsedTime(_start);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        ITimer timer = base.CreateTimer(callback, state, dueTime, period);
        Pauses.Add(dueTime);
        if (InsteadOfPassing is null)
        {
            Advance(dueTime);
        }
        else
        {
            InsteadOfPassing();
        }

        return timer;
    }
}
