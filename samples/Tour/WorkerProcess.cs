using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LockAnalyzers.Tour;

/// <summary>A running worker, seen with the eyes of the program that started it.</summary>
internal sealed partial class WorkerProcess
{
    private const int SIGTERM = 15;

    // For what a worker on a busy machine needs to start or to answer; nothing that is measured.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;
    private readonly Reaper _reaper;
    private readonly Task<string> _log;

    private WorkerProcess(Process process, Reaper reaper)
    {
        _process = process;
        _reaper = reaper;
        _log = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    /// <summary>What the worker wrote, once it has ended.</summary>
    public Task<string> Log => _log;

    public static WorkerProcess Start(Surroundings surroundings, Reaper reaper, string build, string store, string journal)
    {
        ProcessStartInfo start = surroundings.InConsumer(Surroundings.Dotnet, surroundings.Below(build, "Worker.dll"), store, journal);
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        Process process = Process.Start(start)!;
        reaper.Watch(process.Id);
        return new WorkerProcess(process, reaper);
    }

    public async Task<string> PingAsync(CancellationToken cancellationToken)
    {
        await SendAsync("ping", cancellationToken);
        try
        {
            return await _process.StandardOutput.ReadLineAsync(cancellationToken).AsTask().WaitAsync(Patience, cancellationToken) ?? "gone";
        }
        catch (TimeoutException)
        {
            return "no answer";
        }
    }

    public async Task<bool> IsReadyAsync(CancellationToken cancellationToken) =>
        (await PingAsync(cancellationToken)).StartsWith("ready", StringComparison.Ordinal);

    public async Task UntilReadyAsync(CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        while (!await IsReadyAsync(cancellationToken))
        {
            if (HasExited || Stopwatch.GetElapsedTime(start) > Patience)
            {
                throw new TourException($"Worker {Id} did not open its registry: {(HasExited ? await Log : "no log yet")}");
            }

            await Task.Delay(20, cancellationToken);
        }
    }

    public Task CloseAsync(CancellationToken cancellationToken) => SendAsync("close", cancellationToken);

    /// <summary>Tells the worker to close.</summary>
    /// <returns>Whether it ended at once and in good order.</returns>
    public async Task<bool> ClosesWellAsync(CancellationToken cancellationToken)
    {
        await CloseAsync(cancellationToken);
        return await EndsWithinAsync(Stage.AtOnce, cancellationToken) && ExitCode == 0;
    }

    public void Disconnect() => _process.StandardInput.Close();

    public void Terminate()
    {
        if (kill(Id, SIGTERM) != 0)
        {
            throw new TourException($"SIGTERM did not reach worker {Id}.");
        }
    }

    /// <summary>Waits for the worker's end.</summary>
    /// <returns>Whether it came in time.</returns>
    public async Task<bool> EndsWithinAsync(TimeSpan time, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(time);
        try
        {
            await _process.WaitForExitAsync(limit.Token);
            _reaper.Forget(Id);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }

    public async Task KillAsync(CancellationToken cancellationToken)
    {
        _process.Kill();
        await _process.WaitForExitAsync(cancellationToken);
        _reaper.Forget(Id);
    }

    private async Task SendAsync(string message, CancellationToken cancellationToken)
    {
        try
        {
            await _process.StandardInput.WriteLineAsync(message.AsMemory(), cancellationToken);
            await _process.StandardInput.FlushAsync(cancellationToken);
        }
        catch (IOException)
        {
            // The worker is gone; whoever waits for its answer or its end will see that.
        }
    }

    [LibraryImport("libc")]
    private static partial int kill(int processId, int signal);
}
