using System;
using System.Threading.Tasks;

namespace Wedges;

/// <summary>Runs the sample that the first argument names.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        var run = Type.GetType($"Wedges.{args[0]}", throwOnError: true)!.GetMethod("Run")!;
        return run.Invoke(null, null) is Task<int> task ? await task : 0;
    }
}
