namespace LockAnalyzers.Runtime;

/// <summary>The waits that have begun and not ended: always kept, so that whoever comes when the process is stuck can read them.</summary>
/// <remarks>A list through the acquisitions themselves, so that to enter and to leave it allocates nothing.</remarks>
internal static class PendingWaits
{
    private static readonly object Sync = new();
    private static Acquisition? _oldest;
    private static Acquisition? _youngest;
    private static int _count;

    public static int Count => Volatile.Read(ref _count);

    public static void Add(Acquisition wait)
    {
        lock (Sync)
        {
            wait.Older = _youngest;
            if (_youngest is null)
            {
                _oldest = wait;
            }
            else
            {
                _youngest.Younger = wait;
            }

            _youngest = wait;
            _count++;
        }
    }

    public static void Remove(Acquisition wait)
    {
        lock (Sync)
        {
            if (wait.Older is null)
            {
                _oldest = wait.Younger;
            }
            else
            {
                wait.Older.Younger = wait.Younger;
            }

            if (wait.Younger is null)
            {
                _youngest = wait.Older;
            }
            else
            {
                wait.Younger.Older = wait.Older;
            }

            wait.Older = wait.Younger = null;
            _count--;
        }
    }

    /// <summary>All of them, the oldest first.</summary>
    public static IReadOnlyList<Acquisition> Snapshot()
    {
        List<Acquisition> waits = [];
        lock (Sync)
        {
            for (Acquisition? wait = _oldest; wait is not null; wait = wait.Younger)
            {
                waits.Add(wait);
            }
        }

        return waits;
    }
}
