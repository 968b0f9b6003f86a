using System.Runtime.CompilerServices;

namespace LockAnalyzers.Runtime;

/// <summary>The times that may be waited: the one place where they are checked.</summary>
internal static class WaitTime
{
    /// <summary>About 24.8 days, the most that every wait of .NET takes.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromMilliseconds(int.MaxValue);

    /// <exception cref="ArgumentOutOfRangeException">Not more than zero, or too long.</exception>
    public static TimeSpan InRange(TimeSpan value, [CallerMemberName] string name = "")
        => value > TimeSpan.Zero && value <= Longest
            ? value
            : throw new ArgumentOutOfRangeException(name, value, $"Must be more than zero and at most {Longest}.");
}
