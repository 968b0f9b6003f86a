#if NET
using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>
/// The way out of a program that is told to stop: the first termination signal cancels <see cref="Token"/> and arms a
/// <see cref="ShutdownWatchdog"/>, the second one ends the process at once. The end of the parent or of the input stops it too, if asked for. Not in the
/// netstandard2.0 build.
/// </summary>
/// <remarks>
/// <para>The first signal does not end the process by itself (<see cref="PosixSignalContext.Cancel"/> is set): the program ends when it
/// has cleaned up, with its own exit code, or the watchdog ends it.</para>
/// <para>Handlers of one signal run one after the other, the youngest first. One that is registered later and blocks keeps this one from being
/// called; so may one that sets <c>Cancel</c>, and this one sets it. So listen last, and let other code use <see cref="Token"/>.</para>
/// <para>SIGTERM and SIGINT are handled on a thread of their own, SIGHUP on the thread pool, where a full pool keeps it waiting
/// (both: <c>PosixSignalRegistration.Unix.cs</c> of dotnet/runtime). A signal that was inherited as ignored (<c>nohup</c>, a job of a non-interactive shell) is not seen,
/// SIGTERM excepted.</para>
/// <para>Windows raises SIGINT for Ctrl+C, SIGQUIT for Ctrl+Break, SIGHUP when the console is closed, SIGTERM when the system shuts down
/// (<c>PosixSignalRegistration.Windows.cs</c>). It ends the process as soon as the handler of one of the last two returns (HandlerRoutine,
/// CTRL_CLOSE_EVENT, CTRL_SHUTDOWN_EVENT), so this one does not return before the grace is over; and after 5 s in any case. Not run.</para>
/// <para>A launcher that passes on a Ctrl+C which the terminal has given to the program already makes two signals of one.</para>
/// <para>All members are thread safe.</para>
/// </remarks>
/// <example><code>using var signals = ShutdownSignals.Listen().OrParentDeath().OrInputEnd();</code></example>
public sealed class ShutdownSignals : IDisposable
{
    private static readonly PosixSignal[] Usual = [PosixSignal.SIGTERM, PosixSignal.SIGINT, PosixSignal.SIGHUP];

    /// <summary>A collected registration is one that has ended, so whoever listens is kept until told otherwise.</summary>
    private static readonly ConcurrentDictionary<ShutdownSignals, ConcurrentBag<IDisposable>> Listening = new();

    private readonly CancellationTokenSource _stopping = new();
    private readonly TimeSpan _grace;
    private readonly int? _exitCode;
    private int _signals;
    private int _stops;
    private volatile bool _isInHandler;

    private ShutdownSignals(TimeSpan grace, int? exitCode) => (_grace, _exitCode) = (grace, exitCode);

    /// <summary>Is cancelled when the program is told to stop, after the watchdog has been armed. Its callbacks run on the thread that has seen it.</summary>
    public CancellationToken Token => _stopping.Token;

    /// <summary>Listens until the handle is disposed of.</summary>
    /// <param name="grace">How long the shutdown may take from the first signal on; as for <see cref="ShutdownWatchdog.Arm"/>, 3 s by default.</param>
    /// <param name="exitCode">What the parent sees if the watchdog or a second signal ends the process, 0 to 255. By default 128 + the
    /// number of the signal: 143 for SIGTERM, 130 for SIGINT, 129 for SIGHUP, as shells show it; 137 without a signal.</param>
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

        Telling.Open();
        var listener = new ShutdownSignals(due, exitCode);
        Listening[listener] = [.. (signals.Length == 0 ? Usual : signals).Select(signal => PosixSignalRegistration.Create(signal, listener.OnSignal))];
        return listener;
    }

    /// <summary>Also stops when the process that started this one has ended, however it did. If it has ended already, at once.</summary>
    /// <remarks>
    /// <para>Linux 5.3 and later: a descriptor of the parent (pidfd_open(2)), which the kernel signals. macOS, other Unix, and where that call is
    /// refused: getppid(2), every 250 ms. Windows: a handle of the parent. A background thread waits.</para>
    /// <para>Call it early: a parent that has ended before cannot be told from the process that adopts orphans (Unix). Where the parent is outside of
    /// the container (PID 1, getppid(2) is 0) there is nothing to wait for, and nothing happens. A shell that has started the program in the background counts too.</para>
    /// </remarks>
    /// <returns>The same handle.</returns>
    /// <exception cref="ObjectDisposedException">Nobody listens any more.</exception>
    /// <exception cref="OutOfMemoryException">The system gives no thread.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">Windows forbids to wait for the parent.</exception>
    public ShutdownSignals OrParentDeath() => Or(Parent.Watch());

    /// <summary>Also stops when the parent has closed the pipe that is our standard input, or has ended, or when the terminal has gone.</summary>
    /// <remarks><inheritdoc cref="OrHangUp" path="/remarks/node()"/></remarks>
    /// <returns>The same handle.</returns>
    /// <exception cref="ObjectDisposedException">Nobody listens any more.</exception>
    /// <exception cref="OutOfMemoryException">The system gives no thread.</exception>
    public ShutdownSignals OrInputEnd() => Or(HangUp.Watch(null));

    /// <summary>Also stops when the other side of a pipe or socket, such as the channel to a parent, has been closed.</summary>
    /// <remarks>
    /// <para>Nothing is read, so the program may read what it likes, and an input that is empty is not an end: a file, <c>/dev/null</c> or a service
    /// manager's input never ends the program. Every copy of the writing end has to be closed, those in other children of the parent too.</para>
    /// <para>Linux: poll(2), POLLHUP and POLLRDHUP. macOS and other Unix: poll(2) every 250 ms. Windows: PeekNamedPipe every 250 ms, which sees the end when everything has been
    /// read, and waits as long as another thread's synchronous read does; pipes only. A background thread waits.</para>
    /// </remarks>
    /// <param name="channel">What to watch. It is kept open until it has hung up or this handle is disposed of.</param>
    /// <returns>The same handle.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="channel"/> is <see langword="null"/>.</exception>
    /// <exception cref="ObjectDisposedException">Nobody listens any more.</exception>
    /// <exception cref="OutOfMemoryException">The system gives no thread.</exception>
    public ShutdownSignals OrHangUp(SafeHandle channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return Or(HangUp.Watch(channel));
    }

    /// <summary>Stops the program as a first signal would: for whatever else may tell it to. Only the first call does anything; a signal after it is a first one.</summary>
    public void Stop() => Stop(_exitCode ?? ShutdownWatchdog.KilledExitCode);

    /// <summary>Stops listening; may be called again. A watchdog that a signal has armed stays armed: the process was told to end.</summary>
    public void Dispose()
    {
        // Windows lets nobody take a handler away while it runs, so that the program would wait here for its own watchdog.
        if (_isInHandler)
        {
            return;
        }

        if (Listening.TryRemove(this, out ConcurrentBag<IDisposable>? sources))
        {
            DisposeAll(sources);
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

    /// <summary>Whether the system ends the process when the handler returns, whatever that has answered.</summary>
    internal static bool EndsOnReturn(PosixSignal signal, bool isWindows) => isWindows && signal is (PosixSignal.SIGHUP or PosixSignal.SIGTERM);

    /// <summary>Takes what is there, so that each source is disposed of once even if <see cref="Or"/> adds one meanwhile.</summary>
    private static void DisposeAll(ConcurrentBag<IDisposable> sources)
    {
        while (sources.TryTake(out IDisposable? source))
        {
            source.Dispose();
        }
    }

    private ShutdownSignals Or(EndWatch? end)
    {
        if (!Listening.TryGetValue(this, out ConcurrentBag<IDisposable>? sources))
        {
            end?.Dispose();
            throw new ObjectDisposedException(nameof(ShutdownSignals));
        }

        if (end is not null)
        {
            sources.Add(end.Start(Stop));
            if (!Listening.ContainsKey(this))
            {
                DisposeAll(sources);
            }
        }

        return this;
    }

    private void OnSignal(PosixSignalContext context)
    {
        int exitCode = _exitCode ?? ExitCodeOf(context.Signal);
        if (Interlocked.Exchange(ref _signals, 1) != 0)
        {
            ProcessEnd.Now(exitCode);
        }

        context.Cancel = true;
        _isInHandler = EndsOnReturn(context.Signal, OperatingSystem.IsWindows());
        Stop(exitCode);
        if (_isInHandler)
        {
            Thread.Sleep(_grace);
        }
    }

    /// <summary>A parent that ends often closes our input and signals us as well: only two signals are somebody's impatience.</summary>
    private void Stop(int exitCode)
    {
        if (Interlocked.Exchange(ref _stops, 1) == 0)
        {
            _ = ShutdownWatchdog.Arm(_grace, exitCode);
            _stopping.Cancel();
        }
    }
}
#endif
