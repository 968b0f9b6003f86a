namespace LockAnalyzers.Runtime;

/// <summary>A wait for a mutex that tells abandonment by a value: the exception that .NET throws for it hides that the mutex is owned.</summary>
internal sealed class MutexWait(Mutex mutex)
{
    public bool WasAbandoned { get; private set; }

    public bool Owns(TimeSpan time)
    {
        try
        {
            return mutex.WaitOne(time);
        }
        catch (AbandonedMutexException)
        {
            return WasAbandoned = true;
        }
    }
}
