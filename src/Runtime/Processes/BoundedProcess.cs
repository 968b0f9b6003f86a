using System.ComponentModel;
using System.Diagnostics;

namespace LockAnalyzers.Runtime;

/// <summary>Waits for a child process while its redirected streams are read, and ends it when it takes too long.</summary>
/// <remarks>
/// <para>A pipe holds a limited number of bytes (64 KiB on Linux). A child that writes more stops until somebody reads, so both streams have to be
/// read at the same time, and while the child is waited for.</para>
/// <para>All members are thread safe, but of one process only one caller may read the streams. No pool thread is needed: each
/// stream is read on a background thread of its own.</para>
/// </remarks>
public static class BoundedProcess
{
    /// <summary>How long to wait for a killed process to be gone.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>Reads the redirected streams of a child to their ends, both at once, and waits until it has ended.</summary>
    /// <param name="process">A child that was started by this object, and of which no stream is read by <see cref="Process.BeginOutputReadLine"/> or
    /// <see cref="Process.BeginErrorReadLine"/>.</param>
    /// <param name="limit">How long that may take, counted from the call: more than zero and at most <see cref="int.MaxValue"/> milliseconds.</param>
    /// <param name="cancellationToken">Ends the wait within 50 ms, and the child with it.</param>
    /// <returns>What was left to read. <see cref="Process.ExitCode"/> can be read afterwards.</returns>
    /// <remarks>
    /// When the time is up or the token is cancelled, the child is killed: with all its descendants on .NET 8 and later, alone in the
    /// netstandard2.0 build. A stream ends when nobody has it open any more, so a descendant that outlives the child counts as well.
    /// </remarks>
    /// <exception cref="ArgumentNullException"><paramref name="process"/> is <see langword="null"/>.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    /// <exception cref="InvalidOperationException">The process was not started by this object, or a stream is read asynchronously by its events.</exception>
    /// <exception cref="TimeoutException">The time is up; the child has been killed.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled before the end; the child has been killed.</exception>
    public static ChildOutput ReadToEnd(Process process, TimeSpan limit, CancellationToken cancellationToken = default)
    {
        if (process is null)
        {
            throw new ArgumentNullException(nameof(process));
        }

        WaitTime.InRange(limit, nameof(limit));
        ProcessStartInfo info = process.StartInfo;
        StreamReader? output = info.RedirectStandardOutput ? process.StandardOutput : null;
        StreamReader? error = info.RedirectStandardError ? process.StandardError : null;
        var standardOutput = new BackgroundRead(output);
        var standardError = new BackgroundRead(error);

        using WaitSession session = new(RetryBudget.Within(limit), cancellationToken, info.FileName, WaitForm.Process);
        try
        {
            bool isOver = session.Wait(Exits) && session.Wait(standardOutput.Join) && session.Wait(standardError.Join);
            session.Ended(isOver);
            if (isOver)
            {
                return new ChildOutput(standardOutput.Text, standardError.Text);
            }
        }
        catch (OperationCanceledException)
        {
            Kill(process);
            throw;
        }

        Kill(process);
        throw new TimeoutException(FormattableString.Invariant(
            $"The process '{info.FileName}' and its output did not end within {limit.TotalSeconds:0.###} s; it was killed."));

        bool Exits(TimeSpan time) => process.WaitForExit((int)Math.Ceiling(time.TotalMilliseconds));
    }

    /// <inheritdoc cref="ReadToEnd(Process, TimeSpan, CancellationToken)"/>
    /// <remarks>Waits on a background thread of its own, which ends with the wait.</remarks>
    public static Task<ChildOutput> ReadToEndAsync(Process process, TimeSpan limit, CancellationToken cancellationToken = default)
        => Task.Factory.StartNew(
            () => ReadToEnd(process, limit, cancellationToken),
            CancellationToken.None,
            TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach,
            TaskScheduler.Default);

    /// <summary>What hinders the kill must not hide why it was tried.</summary>
    private static void Kill(Process process)
    {
        try
        {
#if NET
            process.Kill(entireProcessTree: true);
#else
            process.Kill();
#endif
            process.WaitForExit((int)Grace.TotalMilliseconds);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or NotSupportedException or AggregateException)
        {
        }
    }
}
