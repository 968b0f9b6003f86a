using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>struct itimerspec of 64-bit Linux: when a timer expires, relative to now.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct TimerTimes
{
    private const int NanosecondsPerTick = 100;

    private long _intervalSeconds;
    private long _intervalNanoseconds;
    private long _seconds;
    private long _nanoseconds;

    /// <summary>Expires once. <paramref name="due"/> must be more than zero, which would disarm.</summary>
    public static TimerTimes Once(TimeSpan due) => new()
    {
        _seconds = due.Ticks / TimeSpan.TicksPerSecond,
        _nanoseconds = due.Ticks % TimeSpan.TicksPerSecond * NanosecondsPerTick,
    };
}
