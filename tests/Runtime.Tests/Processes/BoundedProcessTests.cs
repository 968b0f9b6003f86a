using System.Diagnostics;

namespace LockAnalyzers.Runtime.Tests.Processes;

/// <summary>With real children. The first story is what LOCK111 reports, the next what its fix makes of it.</summary>
public sealed class BoundedProcessTests
{
    /// <summary>More than any pipe holds.</summary>
    private const int Much = 1_000_000;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);

    [Theory]
    [InlineData(Much, 0)]
    [InlineData(0, Much)]
    public async Task A_child_whose_pipe_is_full_does_not_end_until_somebody_reads(int output, int error)
    {
        using Process process = Start("write", $"{output}", $"{error}");

        Assert.False(process.WaitForExit(TimeSpan.FromSeconds(3)));

        Task<string> standardError = process.StandardError.ReadToEndAsync();
        Assert.Equal(output, process.StandardOutput.ReadToEnd().Length);
        Assert.Equal(error, (await standardError.WaitAsync(InTime.Limit)).Length);
        Assert.True(process.WaitForExit(InTime.Limit));
    }

    [Theory]
    [InlineData(Much, Much)]
    [InlineData(Much, 0)]
    [InlineData(3, 5)]
    public void Both_streams_are_read_to_their_ends(int output, int error)
    {
        using Process process = Start("write", $"{output}", $"{error}");

        ChildOutput read = BoundedProcess.ReadToEnd(process, InTime.Limit);

        Assert.Equal(new string('o', output), read.StandardOutput);
        Assert.Equal(new string('e', error), read.StandardError);
        Assert.Equal(3, process.ExitCode);
    }

    [Fact]
    public async Task The_same_without_a_thread_of_the_caller()
    {
        using Process process = Start("write", $"{Much}", $"{Much}");

        ChildOutput read = await BoundedProcess.ReadToEndAsync(process, InTime.Limit).WaitAsync(InTime.Limit);

        Assert.Equal((Much, Much), (read.StandardOutput.Length, read.StandardError.Length));
    }

    [Fact]
    public void A_stream_that_is_not_redirected_is_left_alone()
    {
        ProcessStartInfo info = Child.Info("write", "7", "0");
        info.RedirectStandardOutput = true;
        using Process process = Process.Start(info)!;

        ChildOutput read = BoundedProcess.ReadToEnd(process, InTime.Limit);

        Assert.Equal(("ooooooo", ""), (read.StandardOutput, read.StandardError));
    }

    [Fact]
    public void What_was_read_before_is_not_read_again()
    {
        using Process process = Start("build");
        process.StandardOutput.Read();

        Assert.StartsWith("NETCoreApp", BoundedProcess.ReadToEnd(process, InTime.Limit).StandardOutput, StringComparison.Ordinal);
    }

    [Fact]
    public void A_child_that_does_not_end_is_killed_at_the_limit()
    {
        using Process process = Start("stay");

        var timeout = Assert.Throws<TimeoutException>(() => BoundedProcess.ReadToEnd(process, Soon));

        Assert.Contains("within 1 s", timeout.Message, StringComparison.Ordinal);
        Assert.True(process.HasExited);
    }

    [Fact]
    public void A_cancelled_token_ends_the_wait_and_the_child()
    {
        using Process process = Start("stay");
        using var cancellation = new CancellationTokenSource(Soon);

        var cancelled = Assert.Throws<OperationCanceledException>(() => BoundedProcess.ReadToEnd(process, InTime.Limit, cancellation.Token));

        Assert.Equal(cancellation.Token, cancelled.CancellationToken);
        Assert.True(process.HasExited);
    }

    [Fact]
    public void A_grandchild_that_keeps_the_output_open_does_not_outlast_the_limit()
    {
        using Process process = Start("leave", "stay");

        Assert.Throws<TimeoutException>(() => BoundedProcess.ReadToEnd(process, TimeSpan.FromSeconds(3)));

        Assert.True(process.HasExited);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void A_limit_that_is_none_is_refused(int seconds)
    {
        using Process process = Start("build");

        Assert.Throws<ArgumentOutOfRangeException>("limit", () => BoundedProcess.ReadToEnd(process, TimeSpan.FromSeconds(seconds)));
        Assert.Throws<ArgumentNullException>("process", () => BoundedProcess.ReadToEnd(null!, Soon));
    }

    private static Process Start(params string[] arguments)
    {
        ProcessStartInfo info = Child.Info(arguments);
        info.RedirectStandardOutput = true;
        info.RedirectStandardError = true;
        return Process.Start(info)!;
    }
}
