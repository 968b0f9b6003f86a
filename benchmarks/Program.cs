using System.Globalization;
using BenchmarkDotNet.Running;
using LockAnalyzers.Benchmarks;

if (ExitProcess.Is(args))
    return;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
switch (args)
{
    case ["--project", var path, .. var rest]:
        var benchmark = new ProjectBenchmark(Take("--rounds", ref rest, [5])[0]);
        var copies = Take("--copies", ref rest, [1, 4, 16]);
        var project = RealProject.Build(path, rest);
        await benchmark.CompareAsync(project);
        await benchmark.GrowAsync(copies.Select(count => Copies.Of(project, count)), Peers.Ours);
        break;

    case ["--shutdown", .. var rest]:
        var files = Take("--files", ref rest, [137, 345, 685, 1370]);
        await new ProjectBenchmark(Take("--rounds", ref rest, [3])[0]).GrowAsync(files.Select(count => GeneratedCode.Project(count, Source.Chained)), Peers.OfShutdown);
        break;

    case ["--typing", .. var rest]:
        await TypingBenchmark.RunAsync(Take("--files", ref rest, [137, 1370]).Select(count => GeneratedCode.Project(count, Source.Chained)));
        break;

    case ["--locks"]:
        var directory = Directory.CreateTempSubdirectory("LockAnalyzers");
        UncontendedBenchmark.Run(Path.Combine(directory.FullName, "lock"));
        HandOffBenchmark.Run(Path.Combine(directory.FullName, "handed-on"));
        directory.Delete(recursive: true);
        break;

    case ["--exit"]:
        ExitBenchmark.Run();
        break;

    case ["--lock-holder", var file]:
        LockProcess.Serve(file);
        break;

    case ["--lock-waiters", var file, var count]:
        LockProcess.Wait(file, int.Parse(count));
        break;

    default:
        BenchmarkSwitcher.FromAssembly(typeof(RulesBenchmark).Assembly).Run(args);
        break;
}

static int[] Take(string option, ref string[] arguments, int[] otherwise)
{
    if (arguments is not [var name, var values, .. var rest] || name != option)
        return otherwise;
    arguments = rest;
    return [.. values.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)];
}
