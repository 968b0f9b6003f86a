using System.Globalization;
using BenchmarkDotNet.Running;
using LockAnalyzers.Benchmarks;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is not ["--project", var path, .. var rest])
{
    BenchmarkSwitcher.FromAssembly(typeof(RulesBenchmark).Assembly).Run(args);
    return;
}

var rounds = 5;
int[] sizes = [1, 4, 16];
if (rest is ["--rounds", var count, ..])
    (rounds, rest) = (int.Parse(count), rest[2..]);
if (rest is ["--copies", var copies, ..])
    (sizes, rest) = ([.. copies.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse)], rest[2..]);

var benchmark = new ProjectBenchmark(RealProject.Build(path, rest), rounds);
await benchmark.CompareAsync();
await benchmark.GrowAsync(sizes);
