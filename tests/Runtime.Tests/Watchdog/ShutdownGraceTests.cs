namespace LockAnalyzers.Runtime.Tests;

public class ShutdownGraceTests
{
    [Theory]
    [InlineData(90, 85)]
    [InlineData(30, 27)]
    [InlineData(10, 9)]
    [InlineData(1, 0.9)]
    public void A_tenth_is_left_to_the_one_around_and_at_most_5_s(double outer, double inner)
        => Assert.Equal(TimeSpan.FromSeconds(inner), ShutdownGrace.Inside(TimeSpan.FromSeconds(outer)));

    [Theory]
    [MemberData(nameof(ShutdownWatchdogTests.OutOfRange), MemberType = typeof(ShutdownWatchdogTests))]
    public void A_patience_out_of_range_is_refused(TimeSpan outer)
        => Assert.Throws<ArgumentOutOfRangeException>("outer", () => ShutdownGrace.Inside(outer));
}
