namespace LockAnalyzers.Runtime;

/// <summary>Starts whatever ends this process most reliably here.</summary>
internal static class ExitTimer
{
    /// <summary>How long after the exit timer the kernel kills: time enough for the C library to start its thread and call <c>_exit</c>.</summary>
    private static readonly TimeSpan KillDelay = TimeSpan.FromSeconds(0.5);

    /// <summary>Returns what must be disposed of to disarm.</summary>
    public static IDisposable[] Start(TimeSpan due, int exitCode)
    {
        if (!LinuxTimer.IsSupported)
        {
            return [BackgroundThreadTimer.Start(due, exitCode)];
        }

        // Both, because each covers the other's gap: _exit also ends PID 1, which no SIGKILL of its own can; SIGKILL needs no new thread.
        IDisposable? kill = LinuxTimer.TryKill(due + KillDelay);
        IDisposable? exit = LinuxTimer.TryExit(due, exitCode);
        exit ??= TryThread(due, exitCode, isLastResort: kill is null);
        return kill is null ? (exit is null ? [] : [exit]) : exit is null ? [kill] : [kill, exit];
    }

    private static BackgroundThreadTimer? TryThread(TimeSpan due, int exitCode, bool isLastResort)
    {
        try
        {
            return BackgroundThreadTimer.Start(due, exitCode);
        }
        catch (Exception e) when (!isLastResort && e is OutOfMemoryException or ThreadStartException)
        {
            return null;
        }
    }
}
