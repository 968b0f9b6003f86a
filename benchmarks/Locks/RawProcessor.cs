using System.Runtime.InteropServices;

namespace LockAnalyzers.Benchmarks;

/// <summary>On which processor a thread runs, and the threads and processes that it starts from now on: sched_setaffinity(2).</summary>
internal static unsafe class RawProcessor
{
    /// <param name="number">Counted from zero; <see langword="null"/> for any.</param>
    public static void Use(int? number)
    {
        var mask = number is { } one ? 1UL << one : ulong.MaxValue;
        _ = SetAffinity(0, sizeof(ulong), &mask);
    }

    [DllImport("libc", EntryPoint = "sched_setaffinity")]
    private static extern int SetAffinity(int thread, nuint size, ulong* mask);
}
