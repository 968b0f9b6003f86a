using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;

namespace LockAnalyzers.Runtime.Child;

/// <summary>The ways in which a shutdown of .NET does not end. A wedge that fails shows by <see cref="NotWedged"/>.</summary>
internal static class Wedges
{
    /// <summary>The exit code of a shutdown that ended by itself.</summary>
    private const int NotWedged = 3;

    private const int MoreThanAPipeHolds = 1 << 20;

    private static PosixSignalRegistration? _registration;

    public static int Enter(string wedge, Action arm)
    {
        Action enter = wedge switch
        {
            "foreground-thread" => static () => new Thread(StuckCall.ForEver) { IsBackground = false }.Start(),
            "process-exit-handler" => static () => AppDomain.CurrentDomain.ProcessExit += static (_, _) => StuckCall.ForEver(),
            "finalizer" => BlockFinalizer,
            "full-pool" => static () =>
            {
                PoolFiller.Fill();
                AppDomain.CurrentDomain.ProcessExit += static (_, _) => StuckCall.ForEver();
            },
            "signal-handler" => () => OnSignal(arm, static () =>
            {
                StuckCall.ForEver();
                Environment.Exit(NotWedged);
            }),
            "unloading-handler" => static () => AssemblyLoadContext.Default.Unloading += static _ => StuckCall.ForEver(),
            "second-exit" => static () =>
            {
                AppDomain.CurrentDomain.ProcessExit += static (_, _) => StuckCall.ForEver();
                new Thread(static () => Environment.Exit(NotWedged)).Start();
            },
            "native-exit-handler" => StuckCall.ForEverAtExit,
            "full-pipe" => static () => AppDomain.CurrentDomain.ProcessExit += static (_, _) => Console.Write(new string('-', MoreThanAPipeHolds)),
            "main" => StuckCall.ForEver,
            "swallowed-signal" => () => OnSignal(arm, static () => { }),
            "cancel-key" => () => BlockCancelKey(arm),
            "exit-in-process-exit" => static () => AppDomain.CurrentDomain.ProcessExit += static (_, _) => Environment.Exit(NotWedged),
            "suspended-runtime" => SuspendRuntime,
            _ => throw new ArgumentException(wedge),
        };

        if (wedge is not ("signal-handler" or "swallowed-signal" or "cancel-key"))
        {
            ArmAndTell(arm);
        }

        enter();
        return NotWedged;
    }

    /// <summary>Tells the parent, on the system-wide monotonic clock, the earliest moment from which the grace can count.</summary>
    private static void ArmAndTell(Action arm)
    {
        long before = Stopwatch.GetTimestamp();
        arm();
        Console.WriteLine(before);
    }

    private static void BlockFinalizer()
    {
        using var running = new ManualResetEventSlim();
        Abandon(running);
        GC.Collect();
        running.Wait();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Abandon(ManualResetEventSlim running) => _ = new StuckFinalizer(running);

    /// <summary>The handler takes the signal for itself, so that it does not end the process.</summary>
    private static void OnSignal(Action arm, Action then)
    {
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
        {
            context.Cancel = true;
            ArmAndTell(arm);
            then();
        });
        AwaitSignal();
    }

    private static void BlockCancelKey(Action arm)
    {
        Console.CancelKeyPress += (_, _) =>
        {
            ArmAndTell(arm);
            StuckCall.ForEver();
        };
        AwaitSignal();
    }

    private static void AwaitSignal()
    {
        Console.WriteLine("waiting for a signal");
        Thread.Sleep(Timeout.Infinite);
    }

    /// <summary>A collection must suspend all threads first, and one of them is in a call that never lets it.</summary>
    private static void SuspendRuntime()
    {
        using var blocking = new ManualResetEventSlim();
        new Thread(() => StuckCall.ForEverWithoutGCTransition(blocking.Set)) { IsBackground = true }.Start();
        blocking.Wait();

        // The thread may still be a step before the call: a collection that ends is followed by another.
        for (int i = 0; i < 100; i++)
        {
            GC.Collect();
            Thread.Sleep(1);
        }
    }

    private sealed class StuckFinalizer(ManualResetEventSlim running)
    {
        ~StuckFinalizer()
        {
            running.Set();
            StuckCall.ForEver();
        }
    }
}
