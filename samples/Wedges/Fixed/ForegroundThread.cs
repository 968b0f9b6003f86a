// Reported by LOCK204. Told to stop by return.
using System.Threading;

namespace Wedges;

/// <summary>The runtime waits for every foreground thread before it lets the process end.</summary>
internal static class ForegroundThread
{
    private static readonly ManualResetEventSlim Work = new();

    public static void Run()
    {
        new Thread(() => Work.Wait()) { IsBackground = true }.Start();
        Ready.Say();
    }
}
