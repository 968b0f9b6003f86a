using System.Diagnostics;
using System.Runtime.InteropServices;

namespace LockAnalyzers.Tour;

/// <summary>
/// A second process that outlives the tour for a moment, however the tour ends: when the pipe from it closes, it kills every process that the
/// tour started and removes the tour's folder. A wedged worker heeds nobody else.
/// </summary>
internal sealed partial class Reaper : IDisposable
{
    /// <summary>The first argument that makes this program the reaper.</summary>
    public const string Argument = "--reap";

    private const int SIGKILL = 9;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Process _process;

    private Reaper(Process process, string folder)
    {
        _process = process;
        Folder = folder;
    }

    /// <summary>The tour's folder: made and removed by the reaper.</summary>
    public string Folder { get; }

    public static Reaper Start()
    {
        var start = new ProcessStartInfo(Surroundings.Dotnet, [Path.Combine(AppContext.BaseDirectory, "Tour.dll"), Argument])
        {
            WorkingDirectory = "/",
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        Process process = Process.Start(start)!;
        return process.StandardOutput.ReadLine() is { } folder
            ? new Reaper(process, folder)
            : throw new TourException("The process that cleans up after the tour did not start.");
    }

    /// <summary>Names a process to end; needed only where processes cannot be found by their environment.</summary>
    public void Watch(int processId) => Tell($"+{processId}");

    public void Forget(int processId) => Tell($"-{processId}");

    /// <summary>Ends whatever still runs, and removes the folder; without the reaper, should it have been killed.</summary>
    /// <returns>Whether nothing is left.</returns>
    public bool Finish()
    {
        try
        {
            _process.StandardInput.Close();
        }
        catch (IOException)
        {
            // As in Tell.
        }

        bool done = _process.WaitForExit(Patience * 2) && _process.ExitCode == 0;
        return done || CleanUp(Folder, []);
    }

    public void Dispose() => _process.Dispose();

    /// <summary>The reaper itself.</summary>
    public static int Run()
    {
        // Ctrl+C in a terminal reaches the whole group: leave it.
        _ = setsid();
        string folder = Directory.CreateTempSubdirectory("lockanalyzers-tour-").FullName;
        var named = new HashSet<int>();
        try
        {
            Console.WriteLine(folder);
            while (Console.ReadLine() is { } line)
            {
                int processId = int.Parse(line.AsSpan(1));
                _ = line[0] == '+' ? named.Add(processId) : named.Remove(processId);
            }
        }
        catch (IOException)
        {
            // The tour ended before it read the first line.
        }

        return CleanUp(folder, named) ? 0 : 1;
    }

    private static bool CleanUp(string folder, HashSet<int> named)
    {
        // Twice in a row nobody: a process is found only once it runs its own program.
        int emptyRounds = 0;
        for (long start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start) < Patience; Thread.Sleep(20))
        {
            List<int> living = Living(folder, named);
            living.ForEach(processId => _ = kill(processId, SIGKILL));
            named.Clear();
            emptyRounds = living.Count == 0 ? emptyRounds + 1 : 0;
            if (emptyRounds >= 2 && Removed(folder))
            {
                return true;
            }
        }

        return false;
    }

    private void Tell(string line)
    {
        try
        {
            lock (_process)
            {
                _process.StandardInput.WriteLine(line);
                _process.StandardInput.Flush();
            }
        }
        catch (IOException)
        {
            // Somebody killed the reaper: Finish makes up for it.
        }
    }

    private static List<int> Living(string folder, HashSet<int> named)
    {
        if (!File.Exists("/proc/self/environ"))
        {
            return [.. named];
        }

        var marked = new List<int>();
        foreach (string entry in Directory.GetDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(entry), out int processId) && IsMarked(entry, $"{Surroundings.Mark}={folder}"))
            {
                marked.Add(processId);
            }
        }

        return marked;
    }

    private static bool IsMarked(string process, string mark)
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "environ")).Split('\0').Contains(mark);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Ended meanwhile, or somebody else's.
            return false;
        }
    }

    private static bool Removed(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return !Directory.Exists(folder);
        }

        return true;
    }

    [LibraryImport("libc")]
    private static partial int setsid();

    [LibraryImport("libc")]
    private static partial int kill(int processId, int signal);
}
