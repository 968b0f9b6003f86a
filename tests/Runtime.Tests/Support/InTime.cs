namespace LockAnalyzers.Runtime.Tests;

/// <summary>Turns a wait without end, the fault this library is against, into a failed test.</summary>
internal static class InTime
{
    public static readonly TimeSpan Limit = TimeSpan.FromMinutes(1);

    public static Task Run(Func<Task> action) => Task.Run(action).WaitAsync(Limit);
}
