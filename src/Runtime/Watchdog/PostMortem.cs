namespace LockAnalyzers.Runtime;

/// <summary>A background thread of its own that tells, shortly before the watchdog strikes, what the shutdown was about. It only tells: nothing waits for it.</summary>
internal sealed class PostMortem : IDisposable
{
    /// <summary>Chosen: a report is written in milliseconds, and the steps of the shutdown should keep most of the default grace.</summary>
    public static readonly TimeSpan DefaultReserve = TimeSpan.FromSeconds(0.5);

    private static Listener? _listener;

    /// <summary>The one that tells. A host arms several watchdogs for one shutdown, and who reads the report wants one.</summary>
    private static PostMortem? _teller;

    private readonly ManualResetEventSlim _disarmed = new();
    private readonly long _armed = TimeProvider.System.GetTimestamp();
    private readonly TimeSpan _grace;
    private readonly int _exitCode;
    private readonly Listener? _to;

    private PostMortem(TimeSpan grace, int exitCode, Listener? to) => (_grace, _exitCode, _to) = (grace, exitCode, to);

    public static void Listen(Action<ShutdownReport> tell, TimeSpan reserve) => Volatile.Write(ref _listener, new Listener(tell, reserve));

    /// <summary><see langword="null"/> if nobody listens, or if the system gives no thread: the watchdog strikes all the same.</summary>
    public static PostMortem? TryStart(TimeSpan grace, int exitCode)
    {
        Listener? listener = Volatile.Read(ref _listener);
        if (listener is null && !Telling.HearsStrikes)
        {
            return null;
        }

        var postMortem = new PostMortem(grace, exitCode, listener);
        try
        {
            new Thread(postMortem.Run) { IsBackground = true, Name = nameof(PostMortem) }.Start();
            return postMortem;
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _disarmed.Set();
        Interlocked.CompareExchange(ref _teller, null, this);
    }

    private void Run()
    {
        TimeSpan reserve = TimeSpan.FromTicks(Math.Min((_to?.Reserve ?? DefaultReserve).Ticks, _grace.Ticks / 2));
        TimeSpan wait = _grace - reserve - Elapsed();
        if ((wait > TimeSpan.Zero && _disarmed.Wait(wait)) || _disarmed.IsSet || Interlocked.CompareExchange(ref _teller, this, null) is not null)
        {
            return;
        }

        Telling.WatchdogFired(_exitCode);
        try
        {
            _to?.Tell(new ShutdownReport(_grace, Elapsed(), _exitCode, ShutdownStep.Current, LockDiagnostics.GetPendingWaits()));
        }
        catch (Exception)
        {
            // On a thread of ours it would end the process with another exit code than the promised one.
        }
    }

    private TimeSpan Elapsed() => TimeProvider.System.GetElapsedTime(_armed);

    private sealed class Listener(Action<ShutdownReport> tell, TimeSpan reserve)
    {
        public Action<ShutdownReport> Tell { get; } = tell;

        public TimeSpan Reserve { get; } = reserve;
    }
}
