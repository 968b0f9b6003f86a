using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>timer_create(2), timer_settime(2), timer_delete(2) on 64-bit Linux.</summary>
internal static unsafe class PosixTimer
{
    /// <summary>CLOCK_MONOTONIC: stands still while the system is suspended, ignores changes of the wall clock.</summary>
    public const int MonotonicClock = 1;

    /// <summary>glibc before 2.34 keeps the timers in librt; a later glibc and musl in libc.</summary>
    private static volatile bool _inLibrt;

    /// <summary>Returns 0, or -1 if the system refuses.</summary>
    public static int Create(int clock, TimerEvent* notification, nint* timer)
    {
        try
        {
            return _inLibrt ? CreateInLibrt(clock, notification, timer) : CreateInLibc(clock, notification, timer);
        }
        catch (EntryPointNotFoundException) when (!_inLibrt)
        {
            _inLibrt = true;
            return CreateInLibrt(clock, notification, timer);
        }
    }

    /// <inheritdoc cref="Create"/>
    public static int Set(nint timer, TimerTimes* times)
        => _inLibrt ? SetInLibrt(timer, 0, times, null) : SetInLibc(timer, 0, times, null);

    /// <inheritdoc cref="Create"/>
    public static int Delete(nint timer) => _inLibrt ? DeleteInLibrt(timer) : DeleteInLibc(timer);

    [DllImport("libc", EntryPoint = "timer_create")]
    private static extern int CreateInLibc(int clock, TimerEvent* notification, nint* timer);

    [DllImport("librt.so.1", EntryPoint = "timer_create")]
    private static extern int CreateInLibrt(int clock, TimerEvent* notification, nint* timer);

    [DllImport("libc", EntryPoint = "timer_settime")]
    private static extern int SetInLibc(nint timer, int flags, TimerTimes* times, TimerTimes* previous);

    [DllImport("librt.so.1", EntryPoint = "timer_settime")]
    private static extern int SetInLibrt(nint timer, int flags, TimerTimes* times, TimerTimes* previous);

    [DllImport("libc", EntryPoint = "timer_delete")]
    private static extern int DeleteInLibc(nint timer);

    [DllImport("librt.so.1", EntryPoint = "timer_delete")]
    private static extern int DeleteInLibrt(nint timer);
}
