using BenchmarkDotNet.Running;
using LockAnalyzers.Benchmarks;

BenchmarkSwitcher.FromAssembly(typeof(RulesBenchmark).Assembly).Run(args);
