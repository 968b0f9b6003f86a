// Reported by LOCK202. Told to stop by return.
using System;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Wedges;

/// <summary>The exit waits for the finalizer thread, even with no handler registered.</summary>
internal sealed class Finalizer
{
    private static readonly ManualResetEventSlim Running = new();
    private static readonly ManualResetEventSlim Work = new();

    ~Finalizer()
    {
        Running.Set();
        Work.Wait();
    }

    public static void Run()
    {
        Abandon();
        GC.Collect();
        Running.Wait(TimeSpan.FromSeconds(30));
        Ready.Say();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Abandon() => _ = new Finalizer();
}
