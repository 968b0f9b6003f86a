namespace LockAnalyzers.Runtime;

/// <summary>macOS: who has a file open. Nobody tells there who holds a <c>flock</c>.</summary>
/// <param name="list">Writes numbers of processes and returns the bytes written, <see cref="LibProc.ListProcessesOf"/>.</param>
internal sealed class MacHolders(Func<string, int[], int> list) : IHolderSource
{
    private const int Most = 64;

    public IEnumerable<LockHolder> Find(string path, CancellationToken enough)
    {
        var processes = new int[Most];
        int bytes = list(path, processes);
        return processes.Take(Math.Max(0, bytes) / sizeof(int)).Where(static process => process > 0)
            .TakeWhile(_ => !enough.IsCancellationRequested)
            .Select(static process => LockHolder.Of(process, HolderEvidence.OpenFile));
    }
}
