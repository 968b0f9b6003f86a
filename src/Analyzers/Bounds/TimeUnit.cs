using LockAnalyzers.Naming;

namespace LockAnalyzers.Bounds;

/// <summary>In which unit a number counts time, told by the name of its parameter or property.</summary>
internal static class TimeUnit
{
    /// <summary>One unit of it: milliseconds where the name says nothing.</summary>
    public static TimeSpan Of(string name)
    {
        foreach (var word in Words.Of(name))
        {
            switch (word)
            {
                case "seconds" or "secs" or "sec":
                    return TimeSpan.FromSeconds(1);
                case "minutes" or "mins":
                    return TimeSpan.FromMinutes(1);
                case "hours":
                    return TimeSpan.FromHours(1);
            }
        }

        return TimeSpan.FromMilliseconds(1);
    }
}
