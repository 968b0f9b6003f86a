// Reported by LOCK204. Told to stop by return.
using System.Diagnostics;
using System.Threading;

namespace Wedges;

/// <summary>The same for a child process, which here waits for input that never comes.</summary>
internal static class ForegroundWaitsForChild
{
    public static void Run()
    {
        var child = Process.Start(new ProcessStartInfo("cat") { RedirectStandardInput = true })!;
        var thread = new Thread(() => child.WaitForExit()) { IsBackground = true };
        thread.Start();
        Ready.Say();
    }
}
