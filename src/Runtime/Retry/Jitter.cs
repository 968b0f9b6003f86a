namespace LockAnalyzers.Runtime;

/// <summary>Chance, so that processes that collided once do not meet again at each retry.</summary>
internal static class Jitter
{
#if !NET
    // Seeded by a GUID: the clock that seeds Random on .NET Framework is the same in two processes started together.
    [ThreadStatic]
    private static Random? _random;
#endif

    /// <summary>A time between one half and the whole of <paramref name="delay"/>.</summary>
    public static TimeSpan Equal(TimeSpan delay) => TimeSpan.FromTicks((long)(delay.Ticks * (0.5 + (0.5 * NextDouble()))));

    private static double NextDouble() =>
#if NET
        Random.Shared.NextDouble();
#else
        (_random ??= new Random(Guid.NewGuid().GetHashCode())).NextDouble();
#endif
}
