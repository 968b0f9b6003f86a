using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime;

/// <summary>Finds out who holds a file, for a wait that has failed: never throws, and never takes longer than <see cref="Limit"/>.</summary>
/// <remarks>
/// On a thread of its own, because a look at a file can itself wait without an end (a dead file server), and because the pool may be full. A
/// thread that is stuck like that is left behind; it is a background thread, and there are never more than a few.
/// </remarks>
internal static class HolderSearch
{
    /// <summary>The most that a search adds to a wait that has failed. The first in a process took about 60 ms on an idle machine, most of it the compiler's; later ones 2 ms.</summary>
    public static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);

    private const int MostAtOnce = 4;

    private static readonly IHolderSource? System = OfThisSystem();

    private static int _running;

    /// <param name="path">What was waited for; only when it is the path of a file is there anything to find.</param>
    public static IReadOnlyList<LockHolder> Find(string? path) => path is null || System is null ? [] : Find(path, System, Limit);

    internal static IReadOnlyList<LockHolder> Find(string path, IHolderSource source, TimeSpan limit)
    {
        if (Interlocked.Increment(ref _running) > MostAtOnce)
        {
            Interlocked.Decrement(ref _running);
            return [];
        }

        List<LockHolder> found = [];
        var enough = new CancellationTokenSource();
        try
        {
            var thread = new Thread(() => Run(path, source, found, enough.Token)) { IsBackground = true, Name = "LockAnalyzers: who holds it" };
            thread.Start();
            _ = thread.Join(limit);
        }
        catch (ThreadInterruptedException)
        {
            Thread.CurrentThread.Interrupt(); // The caller's next wait is the one to be told.
        }
        catch (Exception e) when (e is OutOfMemoryException or ThreadStartException)
        {
            Interlocked.Decrement(ref _running); // The system gives no thread.
        }

        enough.Cancel();
        lock (found)
        {
            return [.. found];
        }
    }

    private static void Run(string path, IHolderSource source, List<LockHolder> found, CancellationToken enough)
    {
        try
        {
            if (!File.Exists(path))
            {
                return;
            }

            foreach (LockHolder holder in source.Find(Path.GetFullPath(path), enough))
            {
                lock (found)
                {
                    found.Add(holder);
                }
            }
        }
        catch (Exception)
        {
            // Whatever the system could not tell must neither end the process nor hide the timeout that is to be thrown.
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    private static IHolderSource? OfThisSystem()
        => RuntimeInformation.IsOSPlatform(OSPlatform.Linux) ? new ProcLocks()
            : RuntimeInformation.IsOSPlatform(OSPlatform.Windows) ? new WindowsHolders(new RestartManager())
            : RuntimeInformation.IsOSPlatform(OSPlatform.OSX) ? new MacHolders(LibProc.ListProcessesOf)
            : null;
}
