using System.ComponentModel;
using System.Diagnostics;

namespace LockAnalyzers.Runtime;

/// <summary>A process that stands in the way of an acquisition, as the system told it at that moment.</summary>
/// <remarks>It may have let go, or have ended, since. Instances are immutable and may be shared between threads.</remarks>
public sealed class LockHolder
{
    internal LockHolder(int processId, HolderEvidence evidence, string? processName, DateTimeOffset? startTime)
        => (ProcessId, Evidence, ProcessName, StartTime) = (processId, evidence, processName, startTime);

    /// <summary>The number of the process, in the pid namespace of the caller.</summary>
    public int ProcessId { get; }

    /// <summary>The name of the process, as <see cref="Process.ProcessName"/> gives it; <see langword="null"/> when the system does not tell.</summary>
    public string? ProcessName { get; }

    /// <summary>When the process was started: together with <see cref="ProcessId"/> this tells it from a later process with the same number. <see langword="null"/> when the system does not tell.</summary>
    public DateTimeOffset? StartTime { get; }

    /// <summary>What is known of the process.</summary>
    public HolderEvidence Evidence { get; }

    /// <summary>One line, such as <c>dotnet (process 4711, started 2026-11-29 11:31:25Z)</c>.</summary>
    /// <returns>The line.</returns>
    public override string ToString()
        => FormattableString.Invariant($"{OneLine.Of(ProcessName ?? "a process")} (process {ProcessId}{Started})");

    /// <summary>Asks the system for the name and the start of a process.</summary>
    internal static LockHolder Of(int processId, HolderEvidence evidence)
    {
        try
        {
            using Process process = Process.GetProcessById(processId);
            return new LockHolder(processId, evidence, Ask(() => process.ProcessName), Ask(() => (DateTimeOffset?)process.StartTime));
        }
        catch (ArgumentException)
        {
            return new LockHolder(processId, evidence, null, null); // It has ended.
        }
    }

    private string Started => StartTime is { } time ? FormattableString.Invariant($", started {time.UtcDateTime:yyyy-MM-dd HH:mm:ss}Z") : "";

    private static T? Ask<T>(Func<T?> question)
    {
        try
        {
            return question();
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or NotSupportedException or IOException or UnauthorizedAccessException)
        {
            return default; // It has ended meanwhile, or belongs to somebody else.
        }
    }
}
