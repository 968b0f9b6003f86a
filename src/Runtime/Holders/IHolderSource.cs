namespace LockAnalyzers.Runtime;

/// <summary>What a system tells about who has a file.</summary>
internal interface IHolderSource
{
    /// <summary>The holders, each as soon as it is found.</summary>
    /// <param name="path">A file that exists.</param>
    /// <param name="enough">Is cancelled when nobody waits for more.</param>
    public IEnumerable<LockHolder> Find(string path, CancellationToken enough);
}
