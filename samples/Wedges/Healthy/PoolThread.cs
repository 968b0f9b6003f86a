// Told to stop by return.
using System.Threading;

namespace Wedges;

/// <summary>The runtime does not join its pool.</summary>
internal static class PoolThread
{
    private static readonly ManualResetEventSlim Work = new();

    public static void Run()
    {
        _ = System.Threading.Tasks.Task.Run(Work.Wait);
        Ready.Say();
    }
}
