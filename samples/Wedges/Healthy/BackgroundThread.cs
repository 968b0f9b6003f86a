// Told to stop by return.
using System.Threading;

namespace Wedges;

/// <summary>A background thread is left behind.</summary>
internal static class BackgroundThread
{
    private static readonly ManualResetEventSlim Work = new();

    public static void Run()
    {
        new Thread(Work.Wait) { IsBackground = true }.Start();
        Ready.Say();
    }
}
