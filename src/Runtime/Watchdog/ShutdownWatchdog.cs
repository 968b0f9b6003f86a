using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace LockAnalyzers.Runtime;

/// <summary>Ends this process when its own shutdown does not end.</summary>
/// <remarks>
/// <para>Arm it at the start of the shutdown, before the first step of cleanup: in the signal handler, not in ProcessExit, which may
/// never be reached. It does not keep a healthy process alive, and it does nothing while the deadline has not come.</para>
/// <para>64-bit Linux: a kernel timer (<c>timer_create</c>, CLOCK_MONOTONIC) on whose expiry the C library calls <c>_exit</c>, and a
/// second one that sends SIGKILL 0.5 s later. No managed code runs then, so a blocked finalizer or ProcessExit handler, a full
/// thread pool and a runtime suspended for a collection do not hinder it; neither does being PID 1 (measured, docs/runtime.md).
/// Elsewhere, or where the timers are refused: a background thread of its own that calls <c>_exit</c>, on Windows
/// <c>TerminateProcess</c>.</para>
/// <para>Exit handlers, finalizers and <c>finally</c> blocks do not run when it strikes, and buffers are not written; the system releases
/// file locks. It cannot end a process whose thread is in uninterruptible sleep in the kernel, such as on a dead NFS server.</para>
/// <para>It is not armed while a managed debugger is attached, because a breakpoint in the shutdown would end the process.</para>
/// <para>Several may be armed; the earliest deadline wins. All members are thread safe.</para>
/// </remarks>
public sealed class ShutdownWatchdog : IDisposable
{
    /// <summary>The guard of the incident that this library answers to waited 3 s, docs/runtime.md.</summary>
    private static readonly TimeSpan DefaultGrace = TimeSpan.FromSeconds(3);

    /// <summary>128 + SIGKILL.</summary>
    internal const int KilledExitCode = 137;

    private IDisposable[]? _parts;

    private ShutdownWatchdog(IDisposable[] parts) => _parts = parts;

    /// <summary>Ends this process after <paramref name="grace"/> unless it has ended by then.</summary>
    /// <param name="grace">How long the shutdown may take: more than zero and at most <see cref="int.MaxValue"/> milliseconds (about 24.8 days); 3 s by default.</param>
    /// <param name="exitCode">What the parent sees if the watchdog strikes, 0 to 255. The default, 137, is what a shell shows after SIGKILL.</param>
    /// <returns>A handle that disarms when disposed of. It need not be kept: a collected handle does not disarm.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <exception cref="OutOfMemoryException">The system gives neither a timer nor a thread; nothing is armed.</exception>
    public static ShutdownWatchdog Arm(TimeSpan? grace = null, int exitCode = KilledExitCode)
    {
        (TimeSpan due, int code) = InRange(grace, exitCode);
        return new ShutdownWatchdog(Start(due, code));
    }

    /// <summary>Arms as soon as <paramref name="stopping"/> is cancelled: the one line for a host, given its <c>ApplicationStopping</c>.</summary>
    /// <remarks>
    /// <para>A thread of its own waits for the token, because callbacks of a token run one after the other, the youngest first: one that
    /// blocks would keep those before it from being called. A callback arms besides, so that the watchdog is armed by the time that
    /// <c>Cancel</c> returns.</para>
    /// <para>The thread is a background thread: it does not keep the process alive. It stays until the token is cancelled or the handle
    /// disposed of.</para>
    /// </remarks>
    /// <param name="stopping">Is cancelled when the shutdown begins. If it already is, the watchdog is armed at once.</param>
    /// <param name="grace">As for <see cref="Arm"/>, counted from the cancellation. A host gives its services 30 s by default; the watchdog should come after that.</param>
    /// <param name="exitCode">As for <see cref="Arm"/>.</param>
    /// <returns>A handle that, when disposed of, stops waiting for the token and disarms. It need not be kept.</returns>
    /// <exception cref="ArgumentException"><paramref name="stopping"/> can never be cancelled.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range.</exception>
    /// <exception cref="ObjectDisposedException">The source of <paramref name="stopping"/> has been disposed of.</exception>
    /// <exception cref="OutOfMemoryException">The system gives no thread.</exception>
    public static ShutdownWatchdog ArmOn(CancellationToken stopping, TimeSpan grace, int exitCode = KilledExitCode)
    {
        if (!stopping.CanBeCanceled)
        {
            throw new ArgumentException("The token can never be cancelled, so nothing would ever be armed.", nameof(stopping));
        }

        (TimeSpan due, int code) = InRange(grace, exitCode);
        Telling.Open();
        return new ShutdownWatchdog([TokenTrigger.Start(stopping, () => Start(due, code))]);
    }

    /// <summary>Arms a watchdog, then exits in the ordinary way: handlers run, but not for longer than <paramref name="grace"/>.</summary>
    /// <param name="exitCode">What the parent sees, 0 to 255. A forced exit shows it too, unless it is 0: the handlers were cut off, which nobody
    /// should take for success, so the parent sees 137.</param>
    /// <param name="grace">As for <see cref="Arm"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range; the process does not exit.</exception>
    [DoesNotReturn]
    public static void Exit(int exitCode = 0, TimeSpan? grace = null)
    {
        _ = Arm(grace, exitCode == 0 ? KilledExitCode : exitCode);
        Environment.Exit(exitCode);
        throw new InvalidOperationException("Environment.Exit has returned.");
    }

    /// <summary>Has a watchdog that is armed from now on tell, shortly before it strikes, what the shutdown was doing. Opt-in, for the whole process.</summary>
    /// <remarks>
    /// <para>The time for it is taken from the grace: a thread of its own, started when the watchdog is armed, calls <paramref name="tell"/> when
    /// <paramref name="reserve"/> is left. The watchdog does not wait for it: what <paramref name="tell"/> does in time is done, and it neither delays nor
    /// prevents the end by blocking or throwing, which goes unseen. A full thread pool does not keep it from being called. The process may still end
    /// by itself afterwards.</para>
    /// <para>It is not called when the runtime is suspended for a collection that never ends, when the system gives no thread, at a second signal,
    /// which ends the process at once, and while a managed debugger is attached. Of several watchdogs that are armed one tells.</para>
    /// </remarks>
    /// <param name="tell">Is called on a background thread; by default the report is written to standard error. Replaces what was given before.</param>
    /// <param name="reserve">How long before the end, more than zero and at most <see cref="int.MaxValue"/> milliseconds; 0.5 s by default, and never more than half of the grace.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="reserve"/> is out of range.</exception>
    public static void BeforeStrike(Action<ShutdownReport>? tell = null, TimeSpan? reserve = null)
    {
        PostMortem.Listen(tell ?? Console.Error.WriteLine, WaitTime.InRange(reserve ?? PostMortem.DefaultReserve, nameof(reserve)));
        Telling.Open();
    }

    /// <summary>Says which step of the shutdown begins, for <see cref="ShutdownReport.Step"/>. Costs an allocation; may be called by any thread, the last call counts.</summary>
    /// <param name="name">Such as <c>"closing the store"</c>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is <see langword="null"/>.</exception>
    public static void Step(string name) => ShutdownStep.Enter(name ?? throw new ArgumentNullException(nameof(name)));

    /// <summary>Disarms. May be called again, and by any thread. Too late once the deadline has passed.</summary>
    public void Dispose()
    {
        foreach (IDisposable part in Interlocked.Exchange(ref _parts, null) ?? [])
        {
            part.Dispose();
        }
    }

    /// <exception cref="ArgumentOutOfRangeException">One of them is out of range.</exception>
    internal static (TimeSpan Due, int ExitCode) InRange(TimeSpan? grace, int exitCode)
    {
        TimeSpan due = WaitTime.InRange(grace ?? DefaultGrace, nameof(grace));
        return exitCode is >= byte.MinValue and <= byte.MaxValue
            ? (due, exitCode)
            : throw new ArgumentOutOfRangeException(nameof(exitCode), exitCode, "A parent on Unix sees eight bits only: 0 to 255.");
    }

    private static IDisposable[] Start(TimeSpan due, int exitCode)
    {
        if (Debugger.IsAttached)
        {
            return [];
        }

        IDisposable[] timers = ExitTimer.Start(due, exitCode);
        return Telling.IsOpen ? StartTelling(timers, due, exitCode) : timers;
    }

    /// <summary>After the timers, so that what tells cannot delay what strikes, and apart, so that nothing of it is compiled where nobody listens.</summary>
    private static IDisposable[] StartTelling(IDisposable[] timers, TimeSpan due, int exitCode)
    {
        PostMortem? postMortem = PostMortem.TryStart(due, exitCode);
        Telling.WatchdogArmed(due, exitCode);
        return postMortem is null ? [.. timers, new Disarming()] : [.. timers, postMortem, new Disarming()];
    }

    /// <summary>The last part of one that was armed.</summary>
    private sealed class Disarming : IDisposable
    {
        public void Dispose() => Telling.WatchdogDisarmed();
    }
}
