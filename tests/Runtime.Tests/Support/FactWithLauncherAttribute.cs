using System.ComponentModel;
using System.Diagnostics;

namespace LockAnalyzers.Runtime.Tests;

/// <summary>A test that is skipped where the system does not permit a command that it needs.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class FactWithLauncherAttribute : FactAttribute
{
    public FactWithLauncherAttribute(params string[] launcher)
    {
        if (!Permits([.. launcher, "true"]))
        {
            Skip = $"Not permitted here: {string.Join(' ', launcher)}";
        }
    }

    private static bool Permits(string[] command)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (Win32Exception)
        {
            return false;
        }
    }
}
