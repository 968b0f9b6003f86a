using System.Runtime.InteropServices;

namespace LockAnalyzers.Tour;

/// <summary>The incident's C# twin, from hang to cure, with the package as a consumer gets it: samples/README.md.</summary>
internal static class Program
{
    private static readonly string[] ExpectedIds = ["LOCK101", "LOCK102", "LOCK105", "LOCK201"];

    private static readonly Row[] Rows =
    [
        new StopRow("SIGTERM", StopRow.HeldLock.Registry, (worker, _) => { worker.Terminate(); return Task.CompletedTask; }),
        new StopRow("parent's close", StopRow.HeldLock.Registry, (worker, cancellationToken) => worker.CloseAsync(cancellationToken)),
        new StopRow("IPC disconnect", StopRow.HeldLock.Registry, (worker, _) => { worker.Disconnect(); return Task.CompletedTask; }),
        new StopRow("SIGTERM", StopRow.HeldLock.Journal, (worker, _) => { worker.Terminate(); return Task.CompletedTask; }),
        new LaunchRow(),
        new ToleranceRow(),
    ];

    private static async Task<int> Main(string[] args)
    {
        if (args is [Reaper.Argument])
        {
            return Reaper.Run();
        }

        if (OperatingSystem.IsWindows())
        {
            Console.Error.WriteLine("The incident is about flock, which Windows does not have. Run the tour on Linux: in WSL or a container, for example.");
            return 2;
        }

        using var stop = new CancellationTokenSource();
        int signal = 0;
        void OnSignal(PosixSignalContext context)
        {
            context.Cancel = true;
            signal = context.Signal switch { PosixSignal.SIGHUP => 1, PosixSignal.SIGINT => 2, PosixSignal.SIGQUIT => 3, _ => 15 };
            stop.Cancel();
        }

        PosixSignalRegistration[] signals =
            [.. new[] { PosixSignal.SIGHUP, PosixSignal.SIGINT, PosixSignal.SIGQUIT, PosixSignal.SIGTERM }
                .Select(which => PosixSignalRegistration.Create(which, OnSignal))];
        Reaper? reaper = null;
        int exitCode = 1;
        try
        {
            reaper = Reaper.Start();
            exitCode = await TourAsync(new Surroundings(reaper.Folder), reaper, stop.Token) ? 0 : 1;
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            Screen.Step("Interrupted.");
            exitCode = 128 + signal;
        }
        catch (Exception error) when (error is TourException or IOException)
        {
            Screen.Step(error.Message);
        }

        if (reaper?.Finish() == false)
        {
            Screen.Step($"Could not clean up: see '{reaper.Folder}'.");
            exitCode = exitCode == 0 ? 1 : exitCode;
        }

        reaper?.Dispose();
        GC.KeepAlive(signals);
        return exitCode;
    }

    private static async Task<bool> TourAsync(Surroundings surroundings, Reaper reaper, CancellationToken cancellationToken)
    {
        var consumer = new Consumer(surroundings, reaper);

        Screen.Step("A worker as it was written: copied out of the repository and built, without our package, warnings as errors.");
        consumer.Copy();
        SortedDictionary<string, string[]> written = consumer.Source();
        (await consumer.BuildAsync("before", cancellationToken)).OrStop("dotnet build");
        Screen.Detail("No complaint.");

        Screen.Title("The hang: in every row a worker waits for a lock that another process holds. Meanwhile our package is being packed.");
        Task<string> pack = consumer.PackAsync(cancellationToken);
        Outcome[] before = await PlayAsync(new Stage(surroundings, reaper, "before"), cancellationToken);
        foreach (IGrouping<string, Outcome> alike in before.Where(outcome => outcome.LastWords != "").GroupBy(outcome => outcome.LastWords))
        {
            Screen.Detail($"Last line in the log of {alike.Count()} of them: \"{alike.Key}\"");
        }

        string version = await Screen.PatientlyAsync(pack, "dotnet pack", cancellationToken);
        Screen.Title($"The diagnosis: LockAnalyzers {version} added to the worker's project from a folder feed, built again.");
        await consumer.AddPackageAsync(version, cancellationToken);
        Command build = await consumer.BuildAsync("diagnosed", cancellationToken);
        List<Consumer.Finding> findings = Consumer.Findings(build);
        foreach (Consumer.Finding finding in findings)
        {
            Screen.Detail($"{finding.Id}  {finding.Place}");
            Screen.Wrapped(finding.Message, indent: 4);
        }

        string[] ids = [.. findings.Select(finding => finding.Id).Distinct()];
        if (build.ExitCode == 0 || ExpectedIds.Except(ids).Any())
        {
            throw new TourException($"The build should have failed with {string.Join(", ", ExpectedIds)}. It ended with {build.ExitCode}:\n{build.Tail()}");
        }

        Screen.Title($"The cure: dotnet format analyzers --diagnostics {string.Join(' ', ids)}");
        await consumer.FixAsync(ids, cancellationToken);
        foreach ((string file, string[] lines) in consumer.Source())
        {
            string[] difference = [.. Lines.Difference(written[file], lines)];
            if (difference.Length > 0)
            {
                Screen.Detail(file);
                Array.ForEach(difference, line => Screen.Detail("  " + line));
            }
        }

        Screen.Title("The fixed worker: built, warnings as errors.");
        (await consumer.BuildAsync("after", cancellationToken)).OrStop("dotnet build");
        Screen.Detail("No complaint.");

        Screen.Title("The same rows again.");
        Outcome[] after = await PlayAsync(new Stage(surroundings, reaper, "after"), cancellationToken);
        return Report(before, after);
    }

    /// <summary>Plays all rows at the same time, and says every two seconds how many workers are still alive.</summary>
    private static async Task<Outcome[]> PlayAsync(Stage stage, CancellationToken cancellationToken)
    {
        Task<Outcome[]> play = Task.WhenAll(Rows.Select(row => row.PlayAsync(stage, cancellationToken)));
        while (await Task.WhenAny(play, Task.Delay(2000, cancellationToken)) != play)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (stage.Waiting > 0)
            {
                Screen.Step($"{stage.Waiting} of {stage.Told} workers that were told to stop are still alive.");
            }
        }

        return await play;
    }

    private static bool Report(Outcome[] before, Outcome[] after)
    {
        Console.WriteLine();
        Screen.Table(
            ["lifecycle", "before", "after", "seconds"],
            [.. Rows.Select((row, at) => (string[])[row.Name, before[at].Text, after[at].Text, $"{after[at].Time.TotalSeconds:0.00}"])]);
        Console.WriteLine("  seconds: of the fixed worker, from the order to its end; in the last two rows, from the holder's letting go to its answer \"ready\".");

        Outcome[] all = [.. before, .. after];
        Console.WriteLine($"  The other process kept its lock, answered and ended well in {all.Count(outcome => outcome.Unharmed)} of {all.Length} runs.");

        string[] wrong = [.. Rows.Where((row, at) => before[at].Verdict != row.Before || after[at].Verdict != Verdict.Good).Select(row => row.Name)];
        bool asExpected = wrong.Length == 0 && all.All(outcome => outcome.Unharmed);
        Console.WriteLine(wrong.Length == 0 ? "  Every row went as it should." : $"  Not as it should be: {string.Join("; ", wrong)}.");
        Console.WriteLine($"  The tour took {Screen.Elapsed.TotalSeconds:0} s.");
        return asExpected;
    }
}
