namespace LockAnalyzers.Benchmarks;

internal sealed record Distribution(double Lowest, double Median, double P90, double P99, double Highest)
{
    public static Distribution Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new Distribution(sorted[0], At(0.5), At(0.9), At(0.99), sorted[^1]);

        double At(double part) => sorted[(int)((sorted.Length - 1) * part)];
    }

    public override string ToString() => FormattableString.Invariant($"{Lowest:N0} | {Median:N0} | {P90:N0} | {P99:N0} | {Highest:N0}");

    public static void Print(FormattableString line) => Console.WriteLine(FormattableString.Invariant(line));
}
