using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace LockAnalyzers.Runtime.Tests;

/// <summary>The build of the library that a child process runs on; the names are those of the project's metadata.</summary>
public enum Build
{
    Net8,
    NetStandard,
}

/// <summary>Another process, tests/Runtime.Child; killed when the test ends.</summary>
internal sealed class Child : IDisposable
{
    private readonly Process _process;

    private Child(Process process) => _process = process;

    public int Id => _process.Id;

    public static Child Start(params string[] arguments) => Start(Build.Net8, [], arguments);

    public static Child Start(Build build, params string[] arguments) => Start(build, [], arguments);

    /// <summary>Where the tests are a shell's background job, SIGINT is inherited as ignored and would never be seen.</summary>
    public static string[] WithSignals => OperatingSystem.IsLinux() ? ["env", "--default-signal=INT,HUP"] : [];

    /// <inheritdoc cref="WithSignals"/>
    public static Child StartWithSignals(params string[] arguments) => Start(Build.Net8, WithSignals, arguments);

    /// <summary>A program of another project; signals are not ignored, as in <see cref="StartWithSignals"/>.</summary>
    public static Child StartProgram(string assembly, params string[] arguments)
        => Start(WithSignals, assembly, arguments);

    /// <param name="build">The build of the library that it runs on.</param>
    /// <param name="launcher">A program, with its arguments, that starts the child.</param>
    /// <param name="arguments">The arguments of tests/Runtime.Child/Program.cs.</param>
    public static Child Start(Build build, string[] launcher, string[] arguments)
        => Start(launcher, Assembly(build), arguments);

    private static Child Start(string[] launcher, string assembly, string[] arguments)
    {
        ProcessStartInfo info = Info(launcher, assembly, arguments);
        info.RedirectStandardInput = true;
        info.RedirectStandardOutput = true;
        return new Child(Process.Start(info)!);
    }

    /// <summary>For a test that starts the child itself; nothing is redirected.</summary>
    public static ProcessStartInfo Info(params string[] arguments) => Info([], Assembly(Build.Net8), arguments);

    /// <summary>The number of the process that was started, which is the launcher if there is one.</summary>
    public int ProcessId => _process.Id;

    public DateTime StartTime => _process.StartTime;

    public async Task<string?> ReadLine() => await _process.StandardOutput.ReadLineAsync().WaitAsync(InTime.Limit);

    /// <summary>Waits for a moment that the child tells on the system-wide monotonic clock.</summary>
    public async Task<long> ReadTimestamp() => long.Parse((await ReadLine())!, CultureInfo.InvariantCulture);

    public async Task Expect(string line) => Assert.Equal(line, await ReadLine());

    /// <summary>As <see cref="Expect"/>, where others write to the same stream, as a host does.</summary>
    public async Task Until(string line)
    {
        string? read;
        do
        {
            read = await ReadLine();
        }
        while (read is not null && read != line);
        Assert.Equal(line, read);
    }

    public void WriteLine(string line = "") => _process.StandardInput.WriteLine(line);

    public void CloseInput() => _process.StandardInput.Close();

    public async Task<int> ExitCode()
    {
        await _process.WaitForExitAsync().WaitAsync(InTime.Limit);
        return _process.ExitCode;
    }

    /// <summary>The moment at which it ends; on Linux as the kernel tells it to a thread that does nothing else.</summary>
    public Task<long> Ended()
    {
        if (!OperatingSystem.IsLinux())
        {
            return _process.WaitForExitAsync().ContinueWith(static _ => Stopwatch.GetTimestamp(), TaskScheduler.Default);
        }

        var ended = new TaskCompletionSource<long>(TaskCreationOptions.RunContinuationsAsynchronously);
        DescriptorEnd.OfProcess(ProcessDescriptor.TryOpen(_process.Id)!).Start(() => ended.SetResult(Stopwatch.GetTimestamp()));
        return ended.Task;
    }

    /// <summary>Whether the child stays alive for so long. A wedged one always does, however slow the machine is.</summary>
    public bool Survives(TimeSpan time) => !_process.WaitForExit(time);

    public void Terminate() => Send(PosixSignal.SIGTERM);

    public void Send(PosixSignal signal) => Assert.Equal(0, Signal(_process.Id, Number(signal)));

    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private static int Number(PosixSignal signal) => signal switch
    {
        PosixSignal.SIGHUP => 1,
        PosixSignal.SIGINT => 2,
        PosixSignal.SIGTERM => 15,
        _ => throw new ArgumentOutOfRangeException(nameof(signal)),
    };

    private static ProcessStartInfo Info(string[] launcher, string assembly, string[] arguments)
    {
        string[] command = [.. launcher, Dotnet(), assembly, .. arguments];
        return new ProcessStartInfo(command[0], command[1..]);
    }

    /// <summary>What the project file says under this name.</summary>
    public static string Metadata(string key)
        => typeof(Child).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(metadata => metadata.Key == key).Value!;

    private static string Assembly(Build build) => Metadata(build.ToString());

    private static string Dotnet() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));

    [DllImport("libc", EntryPoint = "kill")]
    private static extern int Signal(int process, int signal);
}
