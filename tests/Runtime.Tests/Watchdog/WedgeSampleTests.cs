using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using Xunit.Abstractions;

namespace LockAnalyzers.Runtime.Tests;

/// <summary>
/// samples/Wedges: the programs in Stuck do not end, what the code fixes made of them does, and so do those in Healthy. What is said of them by the
/// rules is held by Analyzers.Tests.
/// </summary>
public partial class WedgeSampleTests(ITestOutputHelper output)
{
    /// <summary>What ends by itself does so in a tenth of it.</summary>
    private static readonly TimeSpan LongAfter = TimeSpan.FromSeconds(4);

    [FactOnUnix]
    public async Task What_is_stuck_stays()
    {
        await All("Stuck", children =>
        {
            long start = Stopwatch.GetTimestamp();
            foreach ((string name, Child process) in children)
            {
                TimeSpan left = LongAfter - Stopwatch.GetElapsedTime(start);
                Assert.True(process.Survives(left > TimeSpan.Zero ? left : TimeSpan.Zero), name);
            }

            return Task.CompletedTask;
        });
    }

    [TheoryOnUnix]
    [InlineData("Fixed")]
    [InlineData("Healthy")]
    public async Task What_is_not_ends(string folder)
    {
        long start = Stopwatch.GetTimestamp();
        await All(folder, async children =>
        {
            foreach ((string name, Child process) in children)
            {
                int code = await process.ExitCode();
                output.WriteLine($"{name}: {code} by {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s");
                Assert.True(folder == "Fixed" || code == 0, $"{name}: {code}");
            }
        });
    }

    /// <summary>Starts all of them, tells each to stop in the way that its first line says, and checks.</summary>
    private static async Task All(string folder, Func<List<(string Name, Child Process)>, Task> check)
    {
        string path = Path.Combine(Child.Metadata("Wedges"), folder);
        string program = Path.Combine(path, Child.Metadata("WedgesOutput"), $"Wedges.{folder}.dll");
        var children = new List<(string Name, Child Process)>();
        try
        {
            foreach (string file in Directory.GetFiles(path, "*.cs").Order(StringComparer.Ordinal))
            {
                string name = Path.GetFileNameWithoutExtension(file);
                Child process = Child.StartProgram(program, name);
                children.Add((name, process));
                await process.Expect("ready");
                if (SignalLine().Match(File.ReadAllText(file)) is { Success: true } told)
                {
                    process.Send(Enum.Parse<PosixSignal>(told.Groups["signal"].Value));
                }
            }

            Assert.NotEmpty(children);
            await check(children);
        }
        finally
        {
            children.ForEach(child => child.Process.Dispose());
        }
    }

    [GeneratedRegex(@"\A// .*Told to stop by (?<signal>SIG[A-Z]+)\.")]
    private static partial Regex SignalLine();
}
