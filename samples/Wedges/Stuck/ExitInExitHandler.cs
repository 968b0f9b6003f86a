// Reported by LOCK205. Told to stop by return.
using System;

namespace Wedges;

/// <summary>Environment.Exit waits for the handlers, this one among them.</summary>
internal static class ExitInExitHandler
{
    public static void Run()
    {
        AppDomain.CurrentDomain.ProcessExit += static (_, _) => Environment.Exit(3);
        Ready.Say();
    }
}
