using System.Diagnostics;

namespace LockAnalyzers.Tour;

/// <summary>A command that ran to its end: exit code and all that it wrote.</summary>
internal sealed record Command(int ExitCode, string Output)
{
    public static async Task<Command> RunAsync(ProcessStartInfo start, Reaper reaper, CancellationToken cancellationToken)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using Process process = Process.Start(start)!;
        reaper.Watch(process.Id);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellationToken);
        Task<string> errors = process.StandardError.ReadToEndAsync(cancellationToken);
        string all = await output + await errors;
        await process.WaitForExitAsync(cancellationToken);
        reaper.Forget(process.Id);
        return new Command(process.ExitCode, all);
    }

    public Command OrStop(string what) =>
        ExitCode == 0 ? this : throw new TourException($"{what} ended with exit code {ExitCode}:{Environment.NewLine}{Tail()}");

    public string Tail() => string.Join(Environment.NewLine, Output.TrimEnd().Split('\n').TakeLast(30));
}
