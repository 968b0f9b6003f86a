// Told to stop by return.
using System.Threading;

namespace Wedges;

/// <summary>So is the thread of a long-running task.</summary>
internal static class LongRunningTask
{
    private static readonly ManualResetEventSlim Work = new();

    public static void Run()
    {
        _ = System.Threading.Tasks.Task.Factory.StartNew(Work.Wait, System.Threading.Tasks.TaskCreationOptions.LongRunning);
        Ready.Say();
    }
}
