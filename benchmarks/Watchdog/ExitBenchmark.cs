namespace LockAnalyzers.Benchmarks;

/// <summary>Whether a healthy process with an armed watchdog ends later than one without: pairs of processes, one after the other, in alternating order.</summary>
internal static class ExitBenchmark
{
    private const int Pairs = 100, WarmUps = 5;

    public static void Run()
    {
        Distribution.Print($"\n{Pairs} pairs of processes, µs to the end of the process:\n\n| from | without, median | armed, median | difference, median | 95 % of it between |\n|---|---|---|---|---|");
        Compare("the return from `Main`, settled", new ExitProcess.Order(Settled: true, ByExit: false));
        Compare("`Environment.Exit`, settled", new ExitProcess.Order(Settled: true, ByExit: true));
        Compare("its start, with the first `Arm`", new ExitProcess.Order(Settled: false, ByExit: false));
    }

    private static void Compare(string from, ExitProcess.Order order)
    {
        var without = new List<double>();
        var armed = new List<double>();
        for (var i = -WarmUps; i < Pairs; i++)
        {
            double first = ExitProcess.Time(order with { Armed = i % 2 == 0 }), second = ExitProcess.Time(order with { Armed = i % 2 != 0 });
            if (i < 0)
                continue;
            (i % 2 == 0 ? armed : without).Add(first);
            (i % 2 == 0 ? without : armed).Add(second);
        }

        double[] differences = [.. armed.Zip(without, static (a, b) => a - b).Order()];
        Distribution.Print($"| {from} | {Distribution.Of(without).Median:N0} | {Distribution.Of(armed).Median:N0} | {Distribution.Of(differences).Median:N0} | {differences[Rank]:N0} to {differences[^(Rank + 1)]:N0} |");
    }

    /// <summary>The median of what was drawn from lies between the values of this rank from below and from above, with 95 %, whatever the distribution (sign test, normal approximation).</summary>
    private static int Rank => (int)(Pairs / 2.0 - 1.96 * Math.Sqrt(Pairs) / 2);
}
