using System.Diagnostics;

namespace LockAnalyzers.Benchmarks;

/// <summary>This program once more, with other arguments.</summary>
internal static class ChildProcess
{
    public static Process Start(params string[] arguments)
    {
        string[] itself = Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet" ? [typeof(ChildProcess).Assembly.Location] : [];
        return Process.Start(new ProcessStartInfo(Environment.ProcessPath!, [.. itself, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }
}
