#if NET
using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>
/// The way out of a program that is told to stop: the first termination signal cancels <see cref="Token"/> and arms a
/// <see cref="ShutdownWatchdog"/>, the second one ends the process at once. Not in the netstandard2.0 build.
/// </summary>
/// <remarks>
/// <para>The first signal does not end the process by itself (<see cref="PosixSignalContext.Cancel"/> is set): the program ends when it
/// has cleaned up, with its own exit code, or the watchdog ends it.</para>
/// <para>Handlers of one signal run one after the other, the youngest first. One that is registered later and blocks keeps this one from being
/// called; so may one that sets <c>Cancel</c>, and this one sets it. So listen last, and let other code use <see cref="Token"/>.</para>
/// <para>SIGTERM and SIGINT are handled on a thread of their own, SIGHUP on the thread pool, where a full pool keeps it waiting
/// (both: <c>PosixSignalRegistration.Unix.cs</c> of dotnet/runtime). A signal that was inherited as ignored (<c>nohup</c>, a job of a non-interactive shell) is not seen,
/// SIGTERM excepted. Windows raises SIGINT for Ctrl+C, SIGHUP when the console is closed, SIGTERM when the system shuts down.</para>
/// <para>A launcher that passes on a Ctrl+C which the terminal has given to the program already makes two signals of one.</para>
/// <para>All members are thread safe.</para>
/// </remarks>
public sealed class ShutdownSignals : IDisposable
{
    private static readonly PosixSignal[] Usual = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP];

    /// <summary>A collected registration is one that has ended, so whoever listens is kept until told otherwise.</summary>
    private static readonly ConcurrentDictionary<ShutdownSignals, PosixSignalRegistration[]> Listening = new();

    private readonly CancellationTokenSource _stopping = new();
    private readonly TimeSpan _grace;
    private readonly int? _exitCode;
    private int _received;

    private ShutdownSignals(TimeSpan grace, int? exitCode) => (_grace, _exitCode) = (grace, exitCode);

    /// <summary>Is cancelled by the first signal, after the watchdog has been armed. Its callbacks run on the thread of the signal.</summary>
    public CancellationToken Token => _stopping.Token;

    /// <summary>Listens until the handle is disposed of.</summary>
    /// <param name="grace">How long the shutdown may take from the first signal on; as for <see cref="ShutdownWatchdog.Arm"/>, 3 s by default.</param>
    /// <param name="exitCode">What the parent sees if the watchdog or a second signal ends the process, 0 to 255. By default 128 + the
    /// number of the signal: 143 for SIGTERM, 130 for SIGINT, 129 for SIGHUP, as shells show it.</param>
    /// <param name="signals">Instead of SIGTERM, SIGINT and SIGHUP; SIGQUIT is possible too. Leave SIGHUP out where it means to read the configuration again.</param>
    /// <returns>A handle that need not be kept: a collected one still listens.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is out of range, or a signal is not one of the four.</exception>
    /// <exception cref="PlatformNotSupportedException">The system has no signals: a browser, iOS, tvOS, Android.</exception>
    public static ShutdownSignals Listen(TimeSpan? grace = null, int? exitCode = null, params PosixSignal[] signals)
    {
        ArgumentNullException.ThrowIfNull(signals);
        (TimeSpan due, _) = ShutdownWatchdog.InRange(grace, exitCode ?? 0);
        foreach (PosixSignal signal in signals)
        {
            _ = ExitCodeOf(signal);
        }

        var listener = new ShutdownSignals(due, exitCode);
        Listening[listener] = [.. (signals.Length == 0 ? Usual : signals).Select(signal => PosixSignalRegistration.Create(signal, listener.OnSignal))];
        return listener;
    }

    /// <summary>Stops listening; may be called again. A watchdog that a signal has armed stays armed: the process was told to end.</summary>
    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in Listening.TryRemove(this, out PosixSignalRegistration[]? registrations) ? registrations : [])
        {
            registration.Dispose();
        }
    }

    private static int ExitCodeOf(PosixSignal signal) => 128 + signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGQUIT => 3,
        PosixSignal.SIGTERM => 15,
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "Not a signal that asks a process to end."),
    };

    private void OnSignal(PosixSignalContext context)
    {
        int exitCode = _exitCode ?? ExitCodeOf(context.Signal);
        if (Interlocked.Exchange(ref _received, 1) != 0)
        {
            ProcessEnd.Now(exitCode);
        }

        context.Cancel = true;
        _ = ShutdownWatchdog.Arm(_grace, exitCode);
        _stopping.Cancel();
    }
}
#endif
