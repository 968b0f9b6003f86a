// Reported by LOCK202. Told to stop by return.
using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using LockAnalyzers.Runtime;

namespace Wedges;

/// <summary>A handle that nobody disposes of is released by the finalizer thread.</summary>
internal sealed class ReleasedHandle() : SafeHandle(1, ownsHandle: true)
{
    private static readonly ManualResetEventSlim Running = new();
    private static readonly ManualResetEventSlim Work = new();

    public override bool IsInvalid => false;

    public static void Run()
    {
        Abandon();
        GC.Collect();
        Running.Wait(TimeSpan.FromSeconds(30));
        Ready.Say();
    }

    protected override bool ReleaseHandle()
    {
        Running.Set();
        if (!BoundedWait.TryFor(Work.Wait))
            return false;
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Abandon() => _ = new ReleasedHandle();
}
