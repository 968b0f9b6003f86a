namespace LockAnalyzers.Tour;

/// <summary>One build of the worker, on which the rows are played at the same time, each in a folder of its own.</summary>
internal sealed class Stage(Surroundings surroundings, Reaper reaper, string build)
{
    /// <summary>How soon a sound worker has done what it was told, or has got what became free.</summary>
    public static readonly TimeSpan AtOnce = TimeSpan.FromSeconds(2);

    /// <summary>How long a worker that was told to stop is watched.</summary>
    public static readonly TimeSpan CutOff = TimeSpan.FromSeconds(10);

    /// <summary>How long a lock is held in the rows where it is let go.</summary>
    public static readonly TimeSpan Held = TimeSpan.FromSeconds(2);

    private int _told;
    private int _waiting;

    public string Build => build;

    /// <summary>How many workers have been told to stop.</summary>
    public int Told => _told;

    /// <summary>How many of them are watched and still alive.</summary>
    public int Waiting => _waiting;

    public string Folder(string row) => Directory.CreateDirectory(surroundings.Below("runs", build, row)).FullName;

    public WorkerProcess Start(string store, string journal) => WorkerProcess.Start(surroundings, reaper, build, store, journal);

    /// <summary>Waits for the end of a worker that has been told to stop.</summary>
    public async Task<bool> EndsAsync(WorkerProcess worker, CancellationToken cancellationToken)
    {
        Interlocked.Increment(ref _told);
        Interlocked.Increment(ref _waiting);
        try
        {
            return await worker.EndsWithinAsync(CutOff, cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }
}
