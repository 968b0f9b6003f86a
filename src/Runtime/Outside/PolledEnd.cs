#if NET
namespace LockAnalyzers.Runtime;

/// <summary>Asks again and again, where nothing wakes us.</summary>
/// <param name="hasEnded">Answers <see langword="null"/> if it cannot be known, now or later.</param>
internal sealed class PolledEnd(Func<bool?> hasEnded) : EndWatch
{
    private readonly ManualResetEventSlim _disposed = new();

    public override void Dispose() => _disposed.Set();

    protected override bool WaitForEnd()
    {
        bool? answer;
        while ((answer = hasEnded()) == false)
        {
            if (_disposed.Wait(Interval))
            {
                return false;
            }
        }

        return answer == true && !_disposed.IsSet;
    }
}
#endif
