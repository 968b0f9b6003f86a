using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>A running kernel timer that ends this process; no managed code is involved when it expires.</summary>
/// <remarks>No finalizer, and no SafeHandle for it would have one: a collected watchdog must stay armed.</remarks>
internal sealed unsafe class LinuxTimer : IDisposable
{
    private readonly nint _timer;

    private LinuxTimer(nint timer) => _timer = timer;

    /// <summary>The layouts in <see cref="TimerEvent"/> and <see cref="TimerTimes"/> are those of 64-bit Linux.</summary>
    public static bool IsSupported { get; } = RuntimeInformation.IsOSPlatform(OSPlatform.Linux) && IntPtr.Size == 8;

    /// <summary>Calls <c>_exit</c> after <paramref name="due"/>; <see langword="null"/> if the system refuses.</summary>
    public static LinuxTimer? TryExit(TimeSpan due, int exitCode)
        => Libc.ExitAddress == 0 ? null : TryStart(due, TimerEvent.Call(Libc.ExitAddress, exitCode));

    /// <summary>Kills the process after <paramref name="due"/>; <see langword="null"/> if the system refuses.</summary>
    public static LinuxTimer? TryKill(TimeSpan due) => TryStart(due, TimerEvent.Kill());

    public void Dispose() => PosixTimer.Delete(_timer);

    private static LinuxTimer? TryStart(TimeSpan due, TimerEvent notification)
    {
        nint timer;
        if (PosixTimer.Create(PosixTimer.MonotonicClock, &notification, &timer) != 0)
        {
            return null;
        }

        TimerTimes times = TimerTimes.Once(due);
        if (PosixTimer.Set(timer, &times) != 0)
        {
            PosixTimer.Delete(timer);
            return null;
        }

        return new LinuxTimer(timer);
    }
}
