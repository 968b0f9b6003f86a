// Reported by LOCK201, LOCK202. Told to stop by Environment.Exit.
using System;
using System.Threading;
using LockAnalyzers.Runtime;

namespace Wedges;

/// <summary>The same behind Environment.Exit, which waits for the handlers; a second call waits as well.</summary>
internal static class ExitHandlerTakesMutex
{
    private static readonly Mutex Turn = new();

    public static void Run()
    {
        AppDomain.CurrentDomain.ProcessExit += OnExit;
        if (!Turn.WaitOne(0))
        {
            throw new InvalidOperationException("Somebody else has it.");
        }

        Ready.Say();
        Environment.Exit(0);
    }

    private static void OnExit(object? sender, EventArgs e)
    {
        ShutdownWatchdog.Arm();
        // Raised on another thread than the owner's.
        Turn.WaitOne();
        Turn.ReleaseMutex();
    }
}
