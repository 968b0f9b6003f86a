// Told to stop by return.
using System.Runtime.InteropServices;

namespace Wedges;

/// <summary>An object that is alive at the exit is not finalized.</summary>
internal sealed class LivingObjectWithFinalizer
{
    private static readonly LivingObjectWithFinalizer Kept = new();

    private readonly nint _memory = Marshal.AllocHGlobal(16);

    ~LivingObjectWithFinalizer() => Marshal.FreeHGlobal(_memory);

    public static void Run()
    {
        _ = Kept._memory;
        Ready.Say();
    }
}
