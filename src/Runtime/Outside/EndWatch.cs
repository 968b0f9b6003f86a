#if NET
namespace LockAnalyzers.Runtime;

/// <summary>A background thread of its own that waits for something outside of this process to end: its parent, the writer of a pipe.</summary>
internal abstract class EndWatch : IDisposable
{
    /// <summary>How often a system is asked that cannot wake us.</summary>
    protected static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    /// <summary>Stops waiting. May be called again, and by any thread, the watching one too.</summary>
    public abstract void Dispose();

    /// <summary>Begins to wait, and calls <paramref name="ended"/> on the thread that waited.</summary>
    /// <exception cref="OutOfMemoryException">The system gives no thread.</exception>
    public EndWatch Start(Action ended)
    {
        new Thread(() =>
        {
            if (WaitForEnd())
            {
                ended();
            }
        })
        { IsBackground = true, Name = GetType().Name }.Start();
        return this;
    }

    /// <summary>Whether it has ended; <see langword="false"/> if nobody waits any more, or if it cannot be known.</summary>
    protected abstract bool WaitForEnd();
}
#endif
