namespace LockAnalyzers.Runtime;

/// <summary>Windows: who has a file open, by the Restart Manager; a file opened with <see cref="FileShare.None"/> is open in one process only.</summary>
internal sealed class WindowsHolders(IRestartManager manager) : IHolderSource
{
    private const int MoreData = 234; // ERROR_MORE_DATA

    /// <summary>The list may grow between two calls; who opens and closes all the time must not keep us here.</summary>
    private const int MostCalls = 5;

    public IEnumerable<LockHolder> Find(string path, CancellationToken enough)
    {
        if (manager.Start(out uint session) != 0)
        {
            return [];
        }

        try
        {
            return manager.Register(session, path) == 0 ? [.. List(session, enough)] : [];
        }
        finally
        {
            _ = manager.End(session);
        }
    }

    private IEnumerable<LockHolder> List(uint session, CancellationToken enough)
    {
        var processes = new RestartManagerProcess[4];
        for (int call = 0; call < MostCalls && !enough.IsCancellationRequested; call++)
        {
            uint count = (uint)processes.Length;
            int error = manager.List(session, processes, out uint needed, ref count);
            if (error != MoreData)
            {
                return error == 0 ? processes.Take((int)count).Select(Holder) : [];
            }

            processes = new RestartManagerProcess[needed];
        }

        return [];
    }

    private static LockHolder Holder(RestartManagerProcess process)
    {
        LockHolder now = LockHolder.Of(process.ProcessId, HolderEvidence.OpenFile);
        var started = DateTimeOffset.FromFileTime(((long)process.StartHigh << 32) | process.StartLow);
        return new LockHolder(process.ProcessId, HolderEvidence.OpenFile, now.ProcessName, started);
    }
}
