// Reported by LOCK201, LOCK202. Told to stop by return.
using System.Runtime.Loader;
using System.Threading;

namespace Wedges;

/// <summary>Unloading of the default context is raised at the exit, and has no limit either.</summary>
internal static class Unloading
{
    private static readonly SemaphoreSlim Turn = new(0);

    public static void Run()
    {
        AssemblyLoadContext.Default.Unloading += _ => Turn.Wait();
        Ready.Say();
    }
}
